import { an, cap, flag, join, pick, shuffle } from '../text';
import type { Work } from '../types';
import type { World } from '../world';
import { adaptedSentence } from './mentions';

const PICTURES = new Set(['painting', 'watercolour', 'sculpture']);
const STAGE = new Set(['play', 'opera', 'ballet', 'musical', 'oratorio', 'symphony']);

/** How the making of a work of this kind is told: participle for the creator. */
export function madeBy(kind: string): string {
  if (kind === 'film') return 'directed';
  if (kind === 'painting' || kind === 'watercolour') return 'painted';
  if (kind === 'sculpture') return 'created';
  if (
    [
      'opera',
      'ballet',
      'oratorio',
      'symphony',
      'orchestral work',
      'musical tale',
      'musical',
    ].includes(kind)
  )
    return 'composed';
  return 'written';
}

/** What is said of the year of a work of this kind: `published`, `first performed`, ... */
export function yearVerb(kind: string): string {
  if (kind === 'film') return 'released';
  if (PICTURES.has(kind)) return 'completed';
  if (STAGE.has(kind) || madeBy(kind) === 'composed') return 'first performed';
  return 'published';
}

/** Plays with a date of performance and all other works share one noun for their maker. */
export function makerNoun(work: Work): string {
  if (work.kind === 'film') return 'director';
  if (madeBy(work.kind) === 'composed') return 'composer';
  if (work.kind === 'sculpture') return 'sculptor';
  if (PICTURES.has(work.kind)) return 'painter';
  if (work.kind === 'play') return 'playwright';
  if (work.kind === 'poem') return 'poet';
  return 'author';
}

/** A passage on a work. */
export function workText(w: Work, world: World): string {
  const say = (slot: string, forms: string[]): string => pick(`${w.title}:${slot}`, forms);
  const creator = world.person.get(w.by);
  const who =
    creator && flag(`${w.title}:who`, 0.6) ? `the ${creator.nat} ${creator.role} ${w.by}` : w.by;
  const made = madeBy(w.kind);
  const dated = yearVerb(w.kind);
  const picture = PICTURES.has(w.kind);
  const noun = w.kind === 'scientific book' ? 'book' : w.kind;

  const openings: string[] = [
    `${w.title} is ${an(w.kind)} by ${who}.`,
    picture
      ? `${w.title} is one of the best-known works of ${who}.`
      : `${cap(made)} by ${who}, ${w.title} is ${an(w.kind)}.`,
  ];
  if (w.year !== undefined) {
    openings.push(
      `${w.title} is ${an(`${w.year} ${w.kind}`)} by ${who}.`,
      `${w.title} is ${an(w.kind)} by ${who} that was ${dated} in ${w.year}.`,
      `${w.title}, ${dated} in ${w.year}, is ${an(w.kind)} by ${who}.`,
    );
  }
  const opening = say('opening', openings);
  const needsYear = w.year !== undefined && !opening.includes(` ${w.year}`);

  const about =
    w.about &&
    (picture
      ? say('about', [
          `It shows ${w.about}.`,
          `The ${noun} depicts ${w.about}.`,
          `Its subject is ${w.about}.`,
        ])
      : say('about', [
          `It tells of ${w.about}.`,
          `It is about ${w.about}.`,
          `The ${noun} deals with ${w.about}.`,
        ]));
  const source = w.after === undefined ? undefined : world.work.get(w.after);
  const middle: (string | undefined)[] = [
    needsYear
      ? say('year', [`It was ${dated} in ${w.year}.`, `The ${noun} was ${dated} in ${w.year}.`])
      : undefined,
    w.setting &&
      say('setting', [
        `It is set in ${w.setting}.`,
        `The story takes place in ${w.setting}.`,
        `Its setting is ${w.setting}.`,
      ]),
    w.premiere &&
      say('premiere', [
        `Its first performance was given in ${w.premiere}.`,
        `The premiere took place in ${w.premiere}.`,
        `It had its premiere in ${w.premiere}.`,
      ]),
    w.held &&
      say('held', [
        w.kind === 'sculpture'
          ? `It stands in ${world.institutionRef(w.held)}.`
          : `It hangs in ${world.institutionRef(w.held)}.`,
        `It belongs to the collection of ${world.institutionRef(w.held)}.`,
        `The ${noun} is held by ${world.institutionRef(w.held)}.`,
      ]),
    source &&
      say('after', [
        `It is based on ${source.title}, a ${source.kind} of much earlier date.`,
        `Its plot is drawn from the ${source.kind} ${source.title}.`,
        `The story is adapted from the ${source.kind} ${source.title}.`,
      ]),
    w.note,
  ];
  const rest = shuffle(
    `${w.title}:order`,
    [...middle, about].filter((s): s is string => Boolean(s)),
  );
  const others = [
    ...(creator?.works ?? []),
    ...world
      .worksBy(w.by)
      .map((o) => o.title)
      .filter((t) => t !== w.title),
  ];
  const other =
    others.length > 0 && (rest.length < 2 || flag(`${w.title}:other`, 0.55))
      ? say('other', [
          `Another work by the same ${makerNoun(w)} is ${say('which', others)}.`,
          `The same ${makerNoun(w)} was also responsible for ${say('which', others)}.`,
          `Its ${makerNoun(w)} is known for ${say('which', others)} as well.`,
        ])
      : undefined;
  return join([opening, ...rest, adaptedSentence(w, world), other]);
}
