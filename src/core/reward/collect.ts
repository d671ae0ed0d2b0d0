/**
 * Collection of preference data for one component and one example (stage 1 of section 5, and the
 * mini-batches of stage 2): sample outputs of `C_k`, hold everything that is not downstream fixed,
 * run the downstream a few times for each distinct output, and average the global reward.
 */
import type { Component } from '../system/component';
import type { Example } from '../system/compound-system';
import type { Configuration } from '../system/configuration';
import type { ExecutionOptions, Executor } from '../system/execute';
import { sideBySide } from '../system/side-by-side';
import { isComplete, type Trace } from '../system/trace';
import { mean } from '../statistics/bootstrap';
import type { RolloutGroup } from './preference-pair';

/** One way to draw another output: a configuration, and a temperature for the component itself. */
export interface Alternative {
  readonly configuration: Configuration;
  readonly temperature: number;
}

export interface CollectionOptions {
  /** Ways to draw further outputs, tried in turn. */
  readonly alternatives: readonly Alternative[];
  /** Distinct outputs after which no further alternative is tried, the incumbent's included. */
  readonly distinct: number;
  /**
   * An output known to be right (the ground truth, for the component that writes the system's
   * output): judged by the reward, executed by nobody.
   */
  readonly known?: { readonly output: string; readonly reward: number };
  /** Monte-Carlo runs of the downstream for each alternative; 1 where nothing downstream samples. */
  readonly rollouts: number;
  readonly execution: Pick<ExecutionOptions, 'budget' | 'signal' | 'configuration'>;
  /** Executions side by side, see `sideBySide`; default one after the other. */
  readonly ahead?: number;
  readonly mayStart?: (started: number) => boolean;
}

export interface Collected {
  readonly group: RolloutGroup;
  /** Traces that failed; they take no part in any pair. */
  readonly failures: readonly Trace[];
}

/**
 * @param base complete trace of the example under the incumbent configuration
 * @returns the incumbent's output and every other distinct one, with mean rewards; equal outputs
 *   of different alternatives are one output, their rewards averaged
 */
export async function collectGroup(
  executor: Executor,
  component: Component,
  example: Example,
  base: Trace,
  options: CollectionOptions,
): Promise<Collected> {
  const { alternatives, distinct, known, rollouts, execution, ahead = 1, mayStart } = options;
  const incumbent = base.steps[component.name]!;
  const rewards = new Map<string, number[]>();
  const failures: Trace[] = [];
  const record = (trace: Trace): void => {
    if (!isComplete(trace)) {
      failures.push(trace);
      return;
    }
    const { output } = trace.steps[component.name]!;
    const measured = rewards.get(output);
    if (measured === undefined) rewards.set(output, [trace.reward]);
    else measured.push(trace.reward);
  };

  const incumbentWay: Alternative = { configuration: execution.configuration, temperature: 0 };
  const ways = [incumbentWay, ...alternatives];
  for (let next = 0; next < ways.length && rewards.size < distinct;) {
    // As many as are wanted at least: one after the other would have drawn them all, too.
    const start = next;
    const wanted = ways.slice(start, start + distinct - rewards.size);
    next += wanted.length;
    const tasks = wanted.flatMap(({ configuration, temperature }, i) =>
      Array.from(
        { length: rollouts },
        (_, rollout) => () =>
          executor.execute(example, {
            ...execution,
            configuration,
            temperatures: { [component.name]: temperature },
            // The component's own draw differs by alternative, the downstream's by rollout: the
            // same rollout index means the same random numbers for every alternative.
            sample: rollout,
            samples: { [component.name]: start + i },
            from: { component: component.name, trace: base },
          }),
      ),
    );
    for await (const trace of sideBySide(tasks, ahead, mayStart)) record(trace);
  }
  return {
    group: {
      component: component.name,
      exampleId: example.id,
      inputs: incumbent.inputs,
      outputs: [
        ...[...rewards].map(([output, values]) => ({
          output,
          reward: mean(values),
          incumbent: output === incumbent.output,
        })),
        ...(known === undefined || rewards.has(known.output)
          ? []
          : [{ ...known, incumbent: false, known: true }]),
      ],
    },
    failures,
  };
}
