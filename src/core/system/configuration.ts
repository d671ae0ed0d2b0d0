/**
 * Configurations `v_k`: what a component lets an optimiser change, and the values it has now.
 *
 * A slot says what values are allowed, a value is plain JSON, and a configuration is an immutable
 * map component → slot → value with a content hash. Each kind of slot is a file in `slots`, and
 * its optimiser one in `core/optimize/local`.
 */
import { canonicalJson, contentHash } from '../random/hash';
import {
  choiceDefinitionProblem,
  choiceProblem,
  isRouted,
  type ChoiceSlot,
  type Routed,
} from './slots/choice';
import { demosDefinitionProblem, demosProblem, type Demo, type DemosSlot } from './slots/demos';
import { numberDefinitionProblem, numberProblem, type NumberSlot } from './slots/number';
import { promptProblem, type PromptSlot } from './slots/prompt';
import { weightsDefinitionProblem, weightsProblem, type WeightsSlot } from './slots/weights';

export type ConfigurationSlot = PromptSlot | ChoiceSlot | NumberSlot | DemosSlot | WeightsSlot;
export type SlotValue = string | number | Routed | readonly Demo[] | readonly number[];

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

/** Whether some choice is made for each input anew, by local rewards. */
export function needsRewards(configuration: Configuration): boolean {
  return Object.values(configuration).some((slots) => Object.values(slots).some(isRouted));
}

/** Values are equal by content: lists and routed choices are not compared by identity. */
export function valueKey(value: SlotValue): string {
  return canonicalJson(value);
}

export function sameValue(a: SlotValue, b: SlotValue): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && valueKey(a) === valueKey(b));
}

/** What is wrong with a slot's definition, as a sentence, or `undefined` if it can be optimised. */
export function definitionProblem(slot: ConfigurationSlot): string | undefined {
  switch (slot.kind) {
    case 'prompt':
      return undefined;
    case 'choice':
      return choiceDefinitionProblem(slot);
    case 'number':
      return numberDefinitionProblem(slot);
    case 'demos':
      return demosDefinitionProblem(slot);
    case 'weights':
      return weightsDefinitionProblem(slot);
  }
}

/**
 * What is wrong with `value` for `slot`, as a sentence, or `undefined` if it is allowed.
 * The caller adds which component and slot it is about.
 */
export function slotProblem(slot: ConfigurationSlot, value: unknown): string | undefined {
  switch (slot.kind) {
    case 'prompt':
      return promptProblem(value);
    case 'choice':
      return choiceProblem(slot, value);
    case 'number':
      return numberProblem(slot, value);
    case 'demos':
      return demosProblem(slot, value);
    case 'weights':
      return weightsProblem(slot, value);
  }
}
