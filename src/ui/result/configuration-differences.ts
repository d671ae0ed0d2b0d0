/** What a configuration changes in the system as it begins. */
import type { ComponentDescription } from '../../core/system/component';
import {
  sameValue,
  type Configuration,
  type ConfigurationSlot,
  type SlotValue,
} from '../../core/system/configuration';

export interface ConfigurationDifference {
  readonly component: string;
  readonly name: string;
  readonly slot: ConfigurationSlot;
  readonly from: SlotValue;
  readonly to: SlotValue;
}

/** In the order of the components and their slots; `total` counts all slots. */
export function configurationDifferences(
  components: readonly ComponentDescription[],
  configuration: Configuration,
): { readonly differences: readonly ConfigurationDifference[]; readonly total: number } {
  const all = components.flatMap(({ name: component, slots }) =>
    Object.entries(slots).map(([name, slot]): ConfigurationDifference => {
      const from = slot.initial;
      return { component, name, slot, from, to: configuration[component]?.[name] ?? from };
    }),
  );
  return { differences: all.filter(({ from, to }) => !sameValue(from, to)), total: all.length };
}
