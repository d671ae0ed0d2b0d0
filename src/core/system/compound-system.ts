/** Compound systems: a directed acyclic graph of components and a global reward `R(x, y)`. */
import type { Component, Fields } from './component';
import { definitionProblem, slotProblem, type Configuration } from './configuration';

/** One input of the system with what the reward needs to judge the outcome. */
export interface Example {
  /** Unique in its data set; seeds and splits depend on it. */
  readonly id: string;
  readonly inputs: Fields;
  /** Accepted outcomes; the reward's business alone, no component sees it. */
  readonly expected: readonly string[];
}

export interface Reward {
  /** Name of the metric, e.g. `F1`. */
  readonly name: string;
  /**
   * Global reward in [0, 1], larger is better. A judge that cannot decide throws: the example has
   * then failed, and is not scored.
   */
  score(example: Example, output: string, signal?: AbortSignal): number | Promise<number>;
  /** Further metrics shown beside the reward, by name. */
  readonly beside?: Readonly<
    Record<
      string,
      (example: Example, output: string, signal?: AbortSignal) => number | Promise<number>
    >
  >;
}

export interface CompoundSystem {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Fields an example brings. */
  readonly inputs: readonly string[];
  /** In a topological order. */
  readonly components: readonly Component[];
  /** Field that the reward judges. */
  readonly output: string;
  readonly reward: Reward;
}

export class SystemError extends Error {
  override readonly name = 'SystemError';
}

/**
 * Checks the wiring and returns the system with its components in topological order (ties keep
 * the given order).
 * @throws SystemError that names the component and the field when a name is used twice, a field
 *   is read that nobody writes, the graph has a cycle, or a slot's initial value is not allowed.
 */
export function compoundSystem(system: CompoundSystem): CompoundSystem {
  const writers = new Map<string, string>();
  const names = new Set<string>();
  for (const component of system.components) {
    if (names.has(component.name)) {
      throw new SystemError(`two components are called "${component.name}"`);
    }
    names.add(component.name);
    const other = writers.get(component.output);
    if (other !== undefined || system.inputs.includes(component.output)) {
      throw new SystemError(
        `component "${component.name}" writes the field "${component.output}", which ${other === undefined ? 'is an input of the system' : `"${other}" writes too`}`,
      );
    }
    writers.set(component.output, component.name);
    for (const [slot, definition] of Object.entries(component.slots)) {
      const problem = definitionProblem(definition) ?? slotProblem(definition, definition.initial);
      if (problem !== undefined) {
        throw new SystemError(`component "${component.name}", slot "${slot}": ${problem}`);
      }
      if (definition.kind === 'weights' && component.policy?.slot !== slot) {
        throw new SystemError(
          `component "${component.name}", slot "${slot}": no policy uses these weights; build the component with policyComponent(), or remove the slot`,
        );
      }
    }
  }
  if (!writers.has(system.output)) {
    throw new SystemError(`no component writes the system's output "${system.output}"`);
  }

  const ordered: Component[] = [];
  const known = new Set(system.inputs);
  let waiting = [...system.components];
  while (waiting.length > 0) {
    const ready = waiting.find((c) => c.inputs.every((field) => known.has(field)));
    if (ready === undefined) {
      for (const component of waiting) {
        const missing = component.inputs.find((f) => !known.has(f) && !writers.has(f));
        if (missing !== undefined) {
          throw new SystemError(
            `component "${component.name}" reads the field "${missing}", which nobody writes`,
          );
        }
      }
      throw new SystemError(
        `the graph has a cycle through ${waiting.map((c) => `"${c.name}"`).join(', ')}`,
      );
    }
    ordered.push(ready);
    known.add(ready.output);
    waiting = waiting.filter((c) => c !== ready);
  }
  return { ...system, components: ordered };
}

/** Every slot at its initial value: `v` before optimisation. */
export function initialConfiguration(system: CompoundSystem): Configuration {
  return Object.fromEntries(
    system.components
      .filter((c) => Object.keys(c.slots).length > 0)
      .map((c) => [
        c.name,
        Object.fromEntries(Object.entries(c.slots).map(([name, slot]) => [name, slot.initial])),
      ]),
  );
}

/** @throws SystemError when there is no such component. */
export function componentNamed(system: CompoundSystem, name: string): Component {
  const found = system.components.find((c) => c.name === name);
  if (found === undefined) {
    throw new SystemError(`the system "${system.name}" has no component "${name}"`);
  }
  return found;
}

/** Names of the components that read, directly or through others, what `name` writes; not itself. */
export function descendants(system: CompoundSystem, name: string): ReadonlySet<string> {
  const fields = new Set([componentNamed(system, name).output]);
  const found = new Set<string>();
  for (const component of system.components) {
    if (component.inputs.some((field) => fields.has(field))) {
      found.add(component.name);
      fields.add(component.output);
    }
  }
  return found;
}

/** Edges of the graph, for drawing: which component's output another one reads. */
export function edges(system: CompoundSystem): { from: string; to: string; field: string }[] {
  const writers = new Map(system.components.map((c) => [c.output, c.name]));
  return system.components.flatMap((to) =>
    to.inputs.flatMap((field) => {
      const from = writers.get(field);
      return from === undefined ? [] : [{ from, to: to.name, field }];
    }),
  );
}
