/** Inputs for examples and hidden tests: ordinary ones, and those on which rules and limits show. */
import { pick, shuffled, type RandomStream } from '../../../core/random/stream';
import { FILTER } from './operations';
import { SOURCES } from './sources';
import type { RuleId, TaskSpec } from './types';

export type InputKind = 'easy' | 'ordinary' | 'limit' | 'nothing' | 'blank' | RuleId;

const WORDS = (
  'apple banana cat stamp atlas comet pasta ant bus tea map cape tram east moss peach arm bean ' +
  'pear tomato camp basket mice sea crab at be me mat tent sabre bamboo cab steam top palm scale arc'
).split(' ');

/** An input of the kind that the task takes, or for `type` of another. */
export function makeInput(spec: TaskSpec, kind: InputKind, random: RandomStream): unknown {
  if (kind === 'type') {
    const others: unknown[] = [null, 7];
    if (spec.source !== 'text' && spec.source !== 'dictionary') others.push('abc');
    return pick(others, random);
  }
  if (kind === 'blank') return wrapped(spec, []);
  const words = SOURCES[spec.source].entries === 'word';
  const entries: unknown[] = words
    ? wordEntries(spec, kind, random)
    : numberEntries(spec, kind, random);
  if (kind === 'skip') {
    const odd: unknown[] = words ? [7, null] : ['7', null, true];
    entries.splice(1, 0, ...shuffled(odd, random).slice(0, 2));
  }
  return wrapped(spec, entries, kind);
}

function wrapped({ source }: TaskSpec, entries: readonly unknown[], kind?: InputKind): unknown {
  switch (source) {
    case 'text':
      return kind === 'spaces' ? `  ${entries.join('   ')} ` : entries.join(' ');
    case 'records':
      return entries.map((price) => ({ price }));
    case 'dictionary':
      return Object.fromEntries(entries.map((value, i) => ['abcdefghijklmnop'[i]!, value]));
    default:
      return entries;
  }
}

function numberEntries(spec: TaskSpec, kind: InputKind, random: RandomStream): number[] {
  const n = typeof spec.filterBy === 'number' ? spec.filterBy : 0;
  const passes = (x: number): boolean =>
    FILTER.get(spec.filter)!.compute(x as never, spec.filterBy);
  const within = (low: number, high: number): number => low + random.below(high - low + 1);
  if (kind === 'nothing' || kind === 'empty') {
    return Array.from({ length: 40 }, () => within(-9, 15))
      .filter((x) => !passes(x))
      .slice(0, 3);
  }
  const draw = (count: number, high: number): number[] =>
    Array.from({ length: count }, () => within(kind === 'easy' ? 1 : -9, high));
  const kept = draw(80, 15).filter((x) => passes(x) && x !== n);
  if (kind === 'easy') return kept.slice(0, 4);
  const length = kind === 'first' ? 7 : within(4, 5);
  const entries = draw(length, kind === 'cap' ? 40 : 12);
  if (kind === 'limit') entries.splice(random.below(3), 2, n, n);
  // Two that are kept at the least, so that steps after the filter have work.
  return [...entries.slice(0, length - 2), ...kept.slice(0, 2)];
}

function wordEntries(spec: TaskSpec, kind: InputKind, random: RandomStream): string[] {
  const passes = (x: string): boolean =>
    FILTER.get(spec.filter)!.compute(x as never, spec.filterBy);
  const mixed = shuffled(WORDS, random);
  if (kind === 'nothing' || kind === 'empty') return mixed.filter((x) => !passes(x)).slice(0, 3);
  const near = (x: string): boolean =>
    typeof spec.filterBy === 'number'
      ? x.length === spec.filterBy
      : x.includes(String(spec.filterBy)) && !passes(x);
  if (kind === 'easy') return mixed.filter((x) => passes(x) && !near(x)).slice(0, 3);
  const length = kind === 'first' ? 7 : 4 + random.below(2);
  const others = mixed.filter((x) => !near(x));
  const kept = mixed.filter((x) => passes(x) && !near(x)).slice(0, 2);
  const entries = [...others.slice(0, length - kept.length), ...kept];
  if (kind === 'limit') entries.splice(1, 2, ...mixed.filter(near).slice(0, 2));
  if (kind === 'ordinary') entries.push(entries[0]!);
  if (kind === 'lower')
    return entries.map((x, i) =>
      i % 2 === 0 ? x[0]!.toUpperCase() + x.slice(1) : x.toUpperCase(),
    );
  return entries;
}
