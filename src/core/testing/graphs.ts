/** Small systems for tests: components that only join their inputs, wired as wanted. */
import type { Component } from '../system/component';
import { compoundSystem, type CompoundSystem, type Example } from '../system/compound-system';

export function example(id: string, question = id): Example {
  return { id, inputs: { question }, expected: [] };
}

/** A component named like its output, e.g. `left` of `root` writes `left(…)`. */
export function joining(
  name: string,
  inputs: readonly string[],
  more: Partial<Component> = {},
): Component {
  return {
    name,
    description: name,
    inputs,
    output: name,
    slots: {},
    run: async (fields) => `${name}(${inputs.map((field) => fields[field]).join('+')})`,
    ...more,
  };
}

export function systemOf(
  components: readonly Component[],
  output: string,
  score: (example: Example, output: string) => number = () => 1,
): CompoundSystem {
  return compoundSystem({
    name: 'graph',
    title: 'Graph',
    description: 'A graph of a test.',
    inputs: ['question'],
    components,
    output,
    reward: { name: 'score', score, beside: { length: (_, text) => text.length } },
  });
}

/** Counts runs by component: wraps every `run` of the given components. */
export function counted(components: readonly Component[]): {
  readonly components: Component[];
  readonly runs: Record<string, number>;
} {
  const runs: Record<string, number> = {};
  return {
    runs,
    components: components.map((component) => ({
      ...component,
      run: (...args) => {
        runs[component.name] = (runs[component.name] ?? 0) + 1;
        return component.run(...args);
      },
    })),
  };
}

/** root → (left ∥ right) → join, with a number slot `n` on `left` that its output shows. */
export function diamond(): Component[] {
  return [
    joining('root', ['question']),
    joining('left', ['root'], {
      slots: { n: { kind: 'number', initial: 1, options: [1, 2, 3] } },
      run: async (fields, configuration) => `left${configuration['n']}(${fields['root']})`,
    }),
    joining('right', ['root']),
    joining('join', ['left', 'right']),
  ];
}
