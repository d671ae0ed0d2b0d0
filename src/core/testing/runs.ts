/** Whole Optimas runs of the word system, with their logs. */
import type { OptimizationProblem } from '../optimize/optimizer';
import { optimas } from '../optimize/optimas/optimas';
import type { OptimasOptions } from '../optimize/optimas/options';
import { Budget } from '../run/budget';
import { EMPTY_RUN, fold, type RunState } from '../run/fold';
import type { RunEvent } from '../run/run-event';
import { linearRewards } from './linear-rewards';
import { wordData, wordModel, wordSystem } from './word-system';

export interface RunParts extends Partial<Omit<OptimizationProblem, 'budget'>> {
  /** System runs. */
  readonly limit?: number;
}

export function wordProblem({ limit = 120, ...parts }: RunParts = {}): OptimizationProblem {
  const system = parts.system ?? wordSystem();
  return {
    system,
    data: wordData(),
    references: { chance: null, majority: 0.25, heuristic: null },
    engine: 'obedient',
    model: wordModel(),
    rewardModel: linearRewards(),
    seed: 1,
    ...parts,
    budget: new Budget(limit, system.components.length),
  };
}

/** Runs to the end. */
export async function logOf(
  problem: OptimizationProblem,
  options: Partial<OptimasOptions> = {},
): Promise<RunEvent[]> {
  const log: RunEvent[] = [];
  for await (const event of optimas(problem, options)) log.push(event);
  return log;
}

export function ofType<T extends RunEvent['type']>(
  log: readonly RunEvent[],
  type: T,
): Extract<RunEvent, { type: T }>[] {
  return log.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
}

export const stateOf = (log: readonly RunEvent[]): RunState => log.reduce(fold, EMPTY_RUN);
