/** How a system is executed, and the ways in which one component then runs. */
import type { Budget } from '../run/budget';
import type { Component, Fields } from './component';
import { withValue, type Configuration } from './configuration';
import { isRouted } from './slots/choice';
import type { Trace } from './trace';

export interface ExecutionOptions {
  readonly configuration: Configuration;
  /** Whose limit and counters this execution uses. */
  readonly budget: Budget;
  /** Index of the sample: other samples draw other seeds. Default 0. */
  readonly sample?: number;
  /** Index of the sample for single components, where it differs from `sample`. */
  readonly samples?: Readonly<Record<string, number>>;
  /** Sampling temperature by component; absent means 0. */
  readonly temperatures?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
  /** Picks among outputs where a choice is routed or the best of several samples goes on. */
  readonly selector?: LocalSelector;
  /**
   * Outputs written by a component of which the one with the highest local reward goes on ("best
   * of N"): N by component; absent means 1. The first is written at the component's temperature,
   * the others at `BEST_OF_TEMPERATURE` at least.
   */
  readonly bestOf?: Readonly<Record<string, number>>;
  /** Re-run only `component` and its descendants; every other step comes from `trace`. */
  readonly from?: { readonly component: string; readonly trace: Trace };
}

/** Inference with local rewards: which of several outputs of a component goes on. */
export interface LocalSelector {
  /** Index of the output with the highest `r_k(inputs, output)`. @param outputs at least two */
  best(component: Component, inputs: Fields, outputs: readonly string[]): Promise<number>;
}

/** What the further outputs of best-of-N are sampled at. */
export const BEST_OF_TEMPERATURE = 0.7;

/** Every option of every routed choice, each as often as outputs are wanted. */
export function variants(component: Component, options: ExecutionOptions): ExecutionOptions[] {
  const { name } = component;
  let ways: ExecutionOptions[] = [options];
  for (const [slotName, slot] of Object.entries(component.slots)) {
    if (slot.kind !== 'choice' || !isRouted(options.configuration[name]?.[slotName])) continue;
    ways = ways.flatMap((way) =>
      slot.options.map((option) => ({
        ...way,
        configuration: withValue(way.configuration, name, slotName, option),
      })),
    );
  }
  const wanted = options.bestOf?.[name] ?? 1;
  if (wanted <= 1) return ways;
  const temperature = options.temperatures?.[name] ?? 0;
  const sample = options.samples?.[name] ?? options.sample ?? 0;
  return ways.flatMap((way) =>
    Array.from({ length: wanted }, (_, n): ExecutionOptions => ({
      ...way,
      samples: { ...way.samples, [name]: sample * wanted + n },
      temperatures: {
        ...way.temperatures,
        [name]: n === 0 ? temperature : Math.max(temperature, BEST_OF_TEMPERATURE),
      },
    })),
  );
}
