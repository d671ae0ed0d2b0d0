/** A configuration from outside, a file say: every value is checked against the system it is for. */
import type { CompoundSystem } from './compound-system';
import { initialConfiguration } from './compound-system';
import { slotProblem, type Configuration, type SlotValue } from './configuration';
import { isRouted } from './slots/choice';

/** A configuration cannot be used; the message names the place and what was expected. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * @param value what a run's result is written as: an object with `system` and `configuration`
 * @returns a value for every slot of the system; slots the file leaves out keep their initial value
 * @throws ConfigurationError
 */
export function readConfiguration(system: CompoundSystem, value: unknown): Configuration {
  const file = objectOf(value, 'the file');
  const name = file['system'];
  if (typeof name !== 'string') {
    throw new ConfigurationError(
      'the field "system" is missing; expected a configuration as this project writes it',
    );
  }
  if (name !== system.name) {
    throw new ConfigurationError(
      `it was made for the system “${name}”, and this is “${system.name}”; choose that system first`,
    );
  }
  const given = objectOf(file['configuration'], 'the field "configuration"');
  const initial = initialConfiguration(system);
  const unknown = Object.keys(given).find((component) => !Object.hasOwn(initial, component));
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `it sets the component "${unknown}", which this system does not have or does not configure; it has ${Object.keys(initial).join(', ')}`,
    );
  }
  return Object.fromEntries(
    system.components
      .filter(({ name: component }) => Object.hasOwn(initial, component))
      .map((component) => [component.name, slotsOf(component.name, component.slots, given)]),
  );

  function slotsOf(
    component: string,
    slots: CompoundSystem['components'][number]['slots'],
    all: Readonly<Record<string, unknown>>,
  ): Record<string, SlotValue> {
    const values = Object.hasOwn(all, component)
      ? objectOf(all[component], `the component "${component}"`)
      : {};
    const stray = Object.keys(values).find((slot) => !Object.hasOwn(slots, slot));
    if (stray !== undefined) {
      throw new ConfigurationError(
        `component "${component}" has no slot "${stray}"; it has ${Object.keys(slots).join(', ')}`,
      );
    }
    return Object.fromEntries(
      Object.entries(slots).map(([slot, definition]) => {
        if (!Object.hasOwn(values, slot)) return [slot, definition.initial];
        const problem =
          isRouted(values[slot]) && file['localRewards'] === undefined
            ? 'it is chosen for each input by local rewards, which this file does not hold'
            : slotProblem(definition, values[slot]);
        if (problem !== undefined) {
          throw new ConfigurationError(`component "${component}", slot "${slot}": ${problem}`);
        }
        return [slot, values[slot] as SlotValue];
      }),
    );
  }
}

function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new ConfigurationError(`${what} is ${value === undefined ? 'missing' : 'no object'}`);
}
