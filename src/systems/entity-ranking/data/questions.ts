/** Questions that join relations with a trait, their answers, and candidates that mislead. */
import { pick, randomStream, shuffled, type RandomStream } from '../../../core/random/stream';
import { traitsOf, type Thing } from './knowledge';

export interface Condition {
  readonly verb: string;
  readonly object: string;
}

/** What a question asks for: everything in it must hold. */
export interface Asked {
  /** `animal`, `plant` or a kind. */
  readonly type: string;
  readonly realm: Thing['realm'];
  readonly conditions: readonly Condition[];
  /** Keys of `traits.ts`. */
  readonly traits: readonly string[];
}

export interface Draft {
  readonly asked: Asked;
  readonly question: string;
  /** In the order in which they are shown: seeded, so that the place says nothing. */
  readonly candidates: readonly Thing[];
  readonly answers: readonly Thing[];
}

const FEWEST = 8;
const MOST = 15;
const MOST_ANSWERS = 3;

export const holds = (thing: Thing, { verb, object }: Condition): boolean =>
  thing.facts.some((fact) => fact.verb === verb && fact.objects.includes(object));

export const isOf = (thing: Thing, type: string): boolean =>
  thing.kind === type || thing.realm === type;

export const fits = (thing: Thing, asked: Asked): boolean =>
  thing.realm === asked.realm &&
  isOf(thing, asked.type) &&
  asked.conditions.every((condition) => holds(thing, condition)) &&
  asked.traits.every((trait) => thing.traits.includes(trait));

/** A question belongs to one part only: all questions on the same conditions and trait do. */
export const keyOf = ({ realm, conditions, traits }: Asked): string =>
  [
    realm,
    ...conditions.map(({ verb, object }) => `${verb} ${object}`).sort(),
    ...[...traits].sort(),
  ].join('|');

/** How the verbs are asked for; the first is as the relations have it. */
const ASKS: Readonly<Record<string, readonly string[]>> = {
  'lives in': ['lives in', 'lives in', 'is at home in'],
  'grows in': ['grows in', 'grows in', 'is at home in'],
  'is found in': ['is found in', 'occurs in', 'is found in'],
  eats: ['eats', 'eats', 'feeds on'],
  'is pollinated by': ['is pollinated by', 'is pollinated by', 'has flowers pollinated by'],
  'is eaten by': ['is eaten by', 'is eaten by', 'falls prey to'],
  'is used for': ['is used for', 'is used for', 'gives people'],
};

const PLURALS: Readonly<Record<string, string>> = {
  forest: 'forests',
  rainforest: 'rainforests',
  grassland: 'grasslands',
  town: 'towns',
  savanna: 'savannas',
  desert: 'deserts',
  wetland: 'wetlands',
  river: 'rivers',
  lake: 'lakes',
  coast: 'coastal waters',
  ocean: 'the oceans',
  cave: 'caves',
  reef: 'reefs',
  mountains: 'the mountains',
  tundra: 'the tundra',
  Arctic: 'the Arctic',
};

function conditionText({ verb, object }: Condition, random: RandomStream): string {
  const prey = verb === 'is eaten by';
  const asks = prey ? ASKS[verb]!.slice(0, 2) : ASKS[verb]!;
  return `${pick(asks, random)} ${PLURALS[object] ?? object}`;
}

function wording(asked: Asked, random: RandomStream): string {
  const relations = asked.conditions
    .map((condition) => conditionText(condition, random))
    .join(' and ');
  const traits = shuffled(asked.traits, random)
    .map((trait) => pick(traitsOf(asked.realm)[trait]!.asks, random))
    .join(' and ');
  // "people keep" has a subject of its own and fits only behind "that".
  if (traits.includes('people keep')) return `Which ${asked.type} that ${traits} ${relations}?`;
  return pick(
    [
      `Which ${asked.type} ${relations} and ${traits}?`,
      `Which ${asked.type} that ${relations} ${traits}?`,
      `Which ${asked.type} that ${traits} ${relations}?`,
      `Name the ${asked.type} that ${relations} and that ${traits}.`,
    ],
    random,
  );
}

/**
 * Every combination of a type with one or two relations and one or two traits that one to three
 * things meet.
 */
export function askable(things: readonly Thing[]): Asked[] {
  const found = new Map<string, Asked>();
  for (const thing of things) {
    const relations = thing.facts.flatMap(({ verb, objects }) =>
      objects.map((object): Condition => ({ verb, object })),
    );
    const pairs = relations.flatMap((one, i) =>
      relations.slice(i + 1).flatMap((two) => (two.verb === one.verb ? [] : [[one, two]])),
    );
    const add = (conditions: readonly Condition[], traits: readonly string[]): void => {
      for (const type of [thing.realm, thing.kind]) {
        const asked: Asked = { type, realm: thing.realm, conditions, traits };
        found.set(`${type}|${keyOf(asked)}`, asked);
      }
    };
    for (const one of thing.traits) {
      for (const relation of relations) {
        add([relation], [one]);
        for (const two of thing.traits) if (one < two) add([relation], [one, two]);
      }
      for (const pair of pairs) add(pair, [one]);
    }
  }
  return [...found.values()].filter((asked) => {
    const answers = things.filter((thing) => fits(thing, asked)).length;
    return answers >= 1 && answers <= MOST_ANSWERS;
  });
}

/** `undefined` where too few things mislead: the question would be too easy. */
export function draftOf(asked: Asked, things: readonly Thing[], seed: number): Draft | undefined {
  const random = randomStream(seed, 'question', asked.type, keyOf(asked));
  const answers = things.filter((thing) => fits(thing, asked));
  const others = things.filter((thing) => !answers.includes(thing));
  const meetsAll = (thing: Thing): boolean =>
    asked.conditions.every((condition) => holds(thing, condition));
  const meetsOne = (thing: Thing): boolean =>
    asked.conditions.some((condition) => holds(thing, condition));
  const hasAll = (thing: Thing): boolean =>
    asked.traits.every((trait) => thing.traits.includes(trait));
  const hasOne = (thing: Thing): boolean =>
    asked.traits.some((trait) => thing.traits.includes(trait));
  const denies = (thing: Thing): boolean =>
    asked.traits.some((trait) => thing.without.includes(trait));
  /** Names the same thing in another relation: eats it instead of being eaten by it. */
  const turned = (thing: Thing): boolean =>
    thing.facts.some(({ verb, objects }) =>
      asked.conditions.some(
        (condition) => condition.verb !== verb && objects.includes(condition.object),
      ),
    );
  const groups: [(thing: Thing) => boolean, number][] = [
    [(thing) => meetsAll(thing) && isOf(thing, asked.type) && denies(thing), 3],
    [(thing) => meetsAll(thing) && isOf(thing, asked.type), 2],
    [(thing) => meetsAll(thing) && hasAll(thing), 1],
    [(thing) => hasAll(thing) && isOf(thing, asked.type) && (meetsOne(thing) || turned(thing)), 2],
    [(thing) => hasAll(thing) && isOf(thing, asked.type), 2],
    [(thing) => hasOne(thing) && meetsOne(thing), 1],
    [(thing) => hasOne(thing) && isOf(thing, asked.type) && turned(thing), 1],
    [(thing) => isOf(thing, asked.type), 2],
    [(thing) => thing.realm === asked.realm, MOST],
  ];
  const size = FEWEST + random.below(MOST - FEWEST + 1);
  const chosen = new Set<Thing>();
  let misleading = 0;
  groups.forEach(([belongs, most], i) => {
    const free = shuffled(
      others.filter((thing) => !chosen.has(thing) && belongs(thing)),
      random,
    );
    for (const thing of free.slice(0, Math.min(most, size - answers.length - chosen.size))) {
      chosen.add(thing);
      if (i < 2) misleading += 1;
    }
  });
  if (misleading === 0 || answers.length + chosen.size < FEWEST) return undefined;
  return {
    asked,
    question: wording(asked, random),
    candidates: shuffled([...answers, ...chosen], random),
    answers,
  };
}
