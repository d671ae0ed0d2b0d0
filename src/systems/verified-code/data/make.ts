/** Draws descriptions of tasks, their examples, hidden tests and pools. Seeded. */
import { pick, randomStream, shuffled, type RandomStream } from '../../../core/random/stream';
import { rightAnswer } from './answer';
import { drawPool } from './draw-pool';
import { makeInput, type InputKind } from './inputs';
import { AGGREGATES } from './aggregates';
import { FILTERS, MAPS } from './operations';
import { literal, RULE_ORDER, SOURCES } from './sources';
import type {
  Case,
  Operation,
  Parameter,
  Rules,
  SourceId,
  TaskRow,
  TaskSpec,
  Value,
} from './types';

const SEED = 'verified-code-1';
const SPLITS = [
  ['train', 100],
  ['validation', 80],
  ['test', 130],
] as const;
const HIDDEN = 8;

/** Rows in order of their splits. No two have the same source, filter, map and aggregate. */
export async function makeRows(
  accept: (row: TaskRow) => Promise<TaskRow | undefined>,
): Promise<TaskRow[]> {
  const rows: TaskRow[] = [];
  const steps = new Set<string>();
  const names = new Set<string>();
  const wanted = SPLITS.flatMap(([split, count]) => Array.from({ length: count }, () => split));
  for (let draw = 0; rows.length < wanted.length; draw++) {
    const random = randomStream(SEED, draw);
    const spec = drawSpec(random);
    const { source, filter, map, aggregate, name } = spec;
    const key = [source, filter, map, aggregate].join('/');
    if (steps.has(key) || names.has(name)) continue;
    const cases = drawCases(spec, random);
    if (cases === undefined) continue;
    const split = wanted[rows.length]!;
    const row = await accept({
      id: `${split}-${rows.length + 1}`,
      split,
      spec,
      ...cases,
      pool: drawPool(spec, random),
    });
    if (row === undefined) continue;
    rows.push(row);
    steps.add(key);
    names.add(name);
  }
  return rows;
}

function drawSpec(random: RandomStream): TaskSpec {
  const source = pick<SourceId>(
    ['numbers', 'numbers', 'words', 'words', 'text', 'text', 'records', 'dictionary'],
    random,
  );
  const { entries, parameters } = SOURCES[source];
  const fits = (kind: string) => (operation: Operation<unknown>) =>
    operation.takes === 'any' || operation.takes === kind;
  const plain = random.uniform() < 0.15;
  const filter = plain ? FILTERS[0]! : pick(FILTERS.slice(1).filter(fits(entries)), random);
  const map = random.uniform() < 0.4 ? MAPS[0]! : pick(MAPS.slice(1).filter(fits(entries)), random);
  const aggregate = pick(AGGREGATES.filter(fits(map.gives ?? entries)), random);
  const parameter = pick(parameters, random);
  const by = (operation: Operation<unknown>): Parameter =>
    operation.parameters === undefined ? 0 : pick(operation.parameters, random);
  return {
    name: camel(
      aggregate.id,
      ...(filter.id === 'all' ? [] : [filter.id]),
      ...(map.id === 'same' ? [] : [map.id]),
      parameter,
    ),
    parameter,
    source,
    filter: filter.id,
    filterBy: by(filter),
    map: map.id,
    aggregate: aggregate.id,
    by: by(aggregate),
    rules: drawRules(source, aggregate, random),
  };
}

function drawRules(source: SourceId, aggregate: Operation<unknown>, random: RandomStream): Rules {
  const chance = (p: number): boolean => random.uniform() < p;
  const word = SOURCES[source].entries === 'word';
  const values = shuffled<Value>(
    [null, 'none', -1, 'empty', false, 'nothing', 'invalid', 'error'],
    random,
  );
  const [left, other] = values as [Value, Value];
  const drawn: Rules = {
    ...(chance(0.55) && { type: other }),
    ...(source === 'text' && chance(0.6) && { spaces: true }),
    ...(chance(0.25) && { first: 3 + random.below(2) }),
    ...(source !== 'text' && chance(0.45) && { skip: true }),
    ...(word && chance(0.4) && { lower: true }),
    ...(chance(0.8) && { empty: left }),
    ...(aggregate.gives === 'number' &&
      aggregate.id !== 'average' &&
      chance(0.3) && { cap: pick([2, 3, 10, 20, 25], random) }),
    ...(aggregate.id === 'average' && { round: true }),
  };
  if (Object.keys(drawn).length >= 2) return drawn;
  return { ...drawn, type: other, empty: left };
}

function camel(...parts: readonly string[]): string {
  return parts.map((part, i) => (i === 0 ? part : part[0]!.toUpperCase() + part.slice(1))).join('');
}

/** Three examples, the first an easy one, and hidden tests of every rule; no input twice. */
function drawCases(
  spec: TaskSpec,
  random: RandomStream,
): { examples: readonly Case[]; hidden: readonly Case[] } | undefined {
  const seen = new Set<string>();
  const draw = (kind: InputKind): Case | undefined => {
    for (let attempt = 0; attempt < 8; attempt++) {
      const input = makeInput(spec, kind, random);
      const expected = rightAnswer(spec, input);
      const call = `${spec.name}(${literal(input)})`;
      if (expected === undefined || !isPlain(expected) || seen.has(call)) continue;
      seen.add(call);
      return [call, literal(expected)];
    }
    return undefined;
  };
  const rules = RULE_ORDER.filter((rule) => spec.rules[rule] !== undefined);
  const edges: InputKind[] = [...rules, 'limit'];
  // Hidden first: an empty list has one form only, and the rule says itself what it gives.
  const hidden = [
    draw('ordinary'),
    ...shuffled(edges, random).map(draw),
    draw('blank'),
    draw('limit'),
    draw('ordinary'),
    draw('ordinary'),
  ]
    .filter((one) => one !== undefined)
    .slice(0, HIDDEN);
  const examples = [draw('easy'), ...shuffled(edges, random).slice(0, 3).map(draw)].filter(
    (one) => one !== undefined,
  );
  if (hidden.length < 6 || examples.length < 3) return undefined;
  return { examples, hidden };
}

function isPlain(value: Value): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return !Array.isArray(value) || value.every((one) => isPlain(one as Value));
}
