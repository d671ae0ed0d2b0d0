/** What a task's function gives: computed from the description, not by running a program. */
import { AGGREGATE, FILTER, MAP } from './operations';
import { SOURCES } from './sources';
import type { TaskSpec, Value } from './types';

/** `undefined` where the task does not say: the result of nothing, an input of another kind. */
export function rightAnswer(spec: TaskSpec, input: unknown): Value | undefined {
  const { source, rules, filter, filterBy, map, aggregate, by } = spec;
  const given = entriesOf(spec, input);
  if (given === undefined) return rules.type;
  const kind = SOURCES[source].entries === 'number' ? 'number' : 'string';
  const looked = rules.first === undefined ? given : given.slice(0, Number(rules.first));
  const typed = rules.skip === undefined ? looked : looked.filter((x) => typeof x === kind);
  if (typed.some((x) => typeof x !== kind)) return undefined;
  const lowered = rules.lower === undefined ? typed : typed.map((x) => String(x).toLowerCase());
  const kept = lowered
    .filter((x) => FILTER.get(filter)!.compute(x as never, filterBy))
    .map((x) => MAP.get(map)!.compute(x as never, 0));
  if (kept.length === 0) return rules.empty;
  let result = AGGREGATE.get(aggregate)!.compute(kept as never, by);
  if (rules.round !== undefined) result = Math.round(Number(result) * 100) / 100;
  if (rules.cap !== undefined) result = Math.min(Number(rules.cap), Number(result));
  return Object.is(result, -0) ? 0 : result;
}

/** `undefined` where the input is not of the kind that the task takes. */
function entriesOf({ source, rules }: TaskSpec, input: unknown): unknown[] | undefined {
  switch (source) {
    case 'numbers':
    case 'words':
      return Array.isArray(input) ? [...(input as unknown[])] : undefined;
    case 'records':
      return Array.isArray(input)
        ? (input as { price: unknown }[]).map(({ price }) => price)
        : undefined;
    case 'dictionary':
      return typeof input === 'object' && input !== null ? Object.values(input) : undefined;
    case 'text':
      if (typeof input !== 'string') return undefined;
      return rules.spaces === undefined
        ? input.split(' ')
        : input.split(/\s+/).filter((word) => word !== '');
  }
}
