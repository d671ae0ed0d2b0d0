/**
 * Configurations `v_k`: what a component lets an optimiser change, and the values it has now.
 *
 * A slot says what values are allowed, a value is plain JSON, and a configuration is an immutable
 * map component → slot → value with a content hash.
 */
import { contentHash } from '../random/hash';

/** Natural-language instructions of a language-model component. */
export interface PromptSlot {
  readonly kind: 'prompt';
  readonly initial: string;
  /**
   * Sentences an edit operator may add to the prompt. Good, useless and harmful ones alike: it is
   * the optimiser's work to find out which are which.
   */
  readonly directives: readonly string[];
}

/** A number out of a finite grid. */
export interface NumberSlot {
  readonly kind: 'number';
  readonly initial: number;
  /** Allowed values, ascending. */
  readonly options: readonly number[];
}

export type ConfigurationSlot = PromptSlot | NumberSlot;
export type SlotValue = string | number;

/** The values of one component: slot name → value. */
export type ComponentConfiguration = Readonly<Record<string, SlotValue>>;

/** The values of a whole system: component name → slot name → value. */
export type Configuration = Readonly<Record<string, ComponentConfiguration>>;

/** A copy of `configuration` with one slot replaced. The original is untouched. */
export function withValue(
  configuration: Configuration,
  component: string,
  slot: string,
  value: SlotValue,
): Configuration {
  return {
    ...configuration,
    [component]: { ...configuration[component], [slot]: value },
  };
}

/** Hash that is equal exactly when two configurations hold equal values. */
export function configurationHash(configuration: Configuration | ComponentConfiguration): string {
  return contentHash(configuration);
}

/**
 * What is wrong with `value` for `slot`, as a sentence, or `undefined` if it is allowed.
 * The caller adds which component and slot it is about.
 */
export function slotProblem(slot: ConfigurationSlot, value: unknown): string | undefined {
  switch (slot.kind) {
    case 'prompt':
      if (typeof value !== 'string') return `expected a text, got ${typeof value}`;
      return value.trim() === '' ? 'the prompt is empty' : undefined;
    case 'number':
      return slot.options.includes(value as number)
        ? undefined
        : `expected one of ${slot.options.join(', ')}, got ${JSON.stringify(value)}`;
  }
}
