import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../run/run-event';
import { linearRewards } from '../../testing/linear-rewards';
import { logOf, ofType, stateOf, wordProblem } from '../../testing/runs';
import { wordData, wordModel } from '../../testing/word-system';
import { optimas } from './optimas';

const inAlignment = (event: RunEvent): boolean =>
  event.type === 'progress' && event.phase === 'alignment';

describe('fresh pairs under the final configuration', () => {
  it('take the rest of the budget and no more', async () => {
    // Far more train examples than the budget can roll out.
    const data = wordData(200);
    for (const deterministic of [true, false]) {
      for (const limit of [150, 201.5, 300]) {
        const problem = wordProblem({ data, limit, seed: 3, model: wordModel(deterministic) });
        const log = await logOf(problem, { finalShare: 0.3 });
        expect(log.some(inAlignment)).toBe(true);
        expect(problem.budget.spent.systemRuns).toBeLessThanOrEqual(limit);
        expect(problem.budget.left).toBeLessThan(1);
        expect(stateOf(log).result!.budget.systemRuns).toBe(problem.budget.spent.systemRuns);
      }
    }
  });

  it('come after the last change, and the heads are fitted on them', async () => {
    const rewardModel = linearRewards();
    const problem = wordProblem({ data: wordData(200), limit: 150, seed: 3, rewardModel });
    const log = await logOf(problem, { finalShare: 0.3 });
    const first = log.findIndex(inAlignment);
    const last = log.findLastIndex(inAlignment);
    const fitted = log.findLastIndex(({ type }) => type === 'heads.fitted');
    expect(log.findLastIndex(({ type }) => type === 'change')).toBeLessThan(first);
    expect(fitted).toBeGreaterThan(last);
    const iterations = ofType(log, 'component.chosen').map(({ iteration }) => iteration);
    expect(log[fitted]).toMatchObject({ iteration: Math.max(...iterations) + 1 });
    const [before, after] = rewardModel.fits.slice(-2).map(({ pairs }) => pairs.length);
    expect(after).toBeGreaterThan(before!);
  });

  it('are of train examples that stage 1 did not roll out', async () => {
    const model = wordModel();
    const problem = wordProblem({ data: wordData(200), limit: 150, seed: 3, model });
    /** Train questions asked up to an event, by the phase in force. */
    const questions: Record<string, Set<string>> = {};
    let phase = '';
    let heard = 0;
    for await (const event of optimas(problem, { finalShare: 0.3 })) {
      const asked = (questions[phase] ??= new Set());
      // What was asked before a phase's first progress may still belong to the phase before it.
      for (const { messages } of model.asked.slice(heard)) asked.add(messages[1]!.content);
      heard = model.asked.length;
      if (event.type === 'progress') phase = event.phase;
    }
    const [first, last] = [questions['rollouts']!, questions['alignment']!];
    const fresh = [...last].filter((question) => question.includes('train'));
    expect(fresh.length).toBeGreaterThan(2);
    for (const question of fresh) expect(first.has(question)).toBe(false);
  });

  it('report progress in system runs that only rises to its total', async () => {
    const problem = wordProblem({ data: wordData(200), limit: 150, seed: 3 });
    const log = await logOf(problem, { finalShare: 0.3 });
    let before = 0;
    for (const event of log) {
      if (event.type !== 'progress' || event.phase !== 'alignment') continue;
      expect(event.unit).toBe('system runs');
      expect(event.done).toBeGreaterThanOrEqual(before);
      expect(event.done).toBeLessThanOrEqual(event.total);
      before = event.done;
    }
    expect(before).toBeGreaterThan(0);
  });

  it('leave the share kept for them to them', async () => {
    const data = wordData(200);
    const runsFor = async (finalShare: number): Promise<number> => {
      const log = await logOf(wordProblem({ data, limit: 150, seed: 3 }), { finalShare });
      const first = log.find(inAlignment);
      return first?.type === 'progress' ? first.total : 0;
    };
    expect(await runsFor(0.5)).toBeGreaterThan(await runsFor(0.1));
    // The last iteration may reach into the share, but it does not start in it.
    expect(await runsFor(0.5)).toBeGreaterThan(25);
  });
});
