/** Values of configuration slots in a few words. */
import type { ConfigurationSlot, SlotValue } from '../../core/system/configuration';
import { plural } from '../shared/format';

/** Lines of a prompt that are one of the slot's directives. */
export function directivesIn(
  slot: Extract<ConfigurationSlot, { kind: 'prompt' }>,
  prompt: SlotValue,
): string[] {
  return String(prompt)
    .split('\n')
    .filter((line) => slot.directives.includes(line));
}

export function shortValue(name: string, slot: ConfigurationSlot, value: SlotValue): string {
  switch (slot.kind) {
    case 'number':
      return `${name} = ${value}`;
    case 'prompt':
      return plural(directivesIn(slot, value).length, 'directive');
  }
}
