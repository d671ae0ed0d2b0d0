import { hash } from '../text';
import type { Draft, Passage } from '../types';
import type { World } from '../world';
import { allAsks, type Ask } from './asks';
import type { Hop } from './hop';
import { allHops } from './hops';

/** Most questions of one relation pair; fewer where places are asked for, which abound. */
const PER_PAIR = { place: 4, other: 5 };
/** Most questions that ask the same thing of the same second entity. */
const PER_GOAL = 2;
/** Most questions that start from the same entity. */
const PER_START = 2;

/** True if `words` stand in `text` as whole words, whatever their case. */
export function mentions(text: string, words: string, exact = false): boolean {
  const pattern = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, exact ? 'u' : 'iu').test(
    text,
  );
}

/** Relation pairs that make no sensible question. */
function odd(hop: Hop, ask: Ask): boolean {
  return hop.relation === 'element-namesake' && ask.relation === 'position';
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The three wordings of a chain, each with the forms that `salt` picks. */
function wordings(hop: Hop, ask: Ask, salt: number): string[] {
  const at = <T>(items: T[]): T | undefined => items[salt % Math.max(items.length, 1)];
  const phrase = at(hop.phrases);
  const direct = at(ask.direct);
  const lead = at(hop.leads);
  const tail = at(ask.tails);
  const out: string[] = [];
  if (phrase !== undefined && direct !== undefined) out.push(direct.replace('{y}', phrase));
  if (lead !== undefined && tail !== undefined) out.push(`${lead} ${tail}`);
  if (lead !== undefined && direct !== undefined && direct.endsWith('?'))
    out.push(`${lead}; ${lower(direct).replace('{y}', `that ${hop.noun}`)}`);
  return out;
}

/** A person's last name or the whole name of anything else must not stand in the question. */
function names(question: string, to: string, world: World): boolean {
  if (mentions(question, to)) return true;
  const last = world.person.has(to) ? to.split(' ').pop() : undefined;
  return last !== undefined && last.length > 2 && mentions(question, last);
}

/** Throws if one phrase speaks of two different entities: its questions would have two answers. */
function checkPhrases(hops: Hop[]): void {
  const seen = new Map<string, string>();
  for (const hop of hops) {
    for (const phrase of [...hop.phrases, ...hop.leads]) {
      const other = seen.get(phrase);
      if (other !== undefined && other !== hop.to)
        throw new Error(`"${phrase}" means both ${other} and ${hop.to}`);
      seen.set(phrase, hop.to);
    }
  }
}

/** Chooses bridge questions: few a relation pair, wordings in turn, answers not given away. */
export function bridgeDrafts(world: World, passages: Passage[]): Draft[] {
  const text = new Map(passages.map((p) => [p.title, p.text]));
  const hops = allHops(world);
  checkPhrases(hops);
  const asks = new Map<string, Ask[]>();
  for (const ask of allAsks(world)) asks.set(ask.of, [...(asks.get(ask.of) ?? []), ask]);

  const chains = hops.flatMap((hop) =>
    (asks.get(hop.to) ?? [])
      .filter((ask) => !odd(hop, ask))
      .map((ask) => ({ hop, ask, pair: `${hop.relation} > ${ask.relation}` })),
  );
  const rank = (c: (typeof chains)[number]): number => hash(`${c.pair}|${c.hop.from}|${c.hop.to}`);
  chains.sort((a, b) => rank(a) - rank(b));

  const taken = new Map<string, number>();
  const count = (key: string): number => taken.get(key) ?? 0;
  const drafts: Draft[] = [];
  for (const { hop, ask, pair } of chains) {
    const keys = [`pair:${pair}`, `goal:${ask.of}:${ask.relation}`, `start:${hop.from}`];
    const most = ask.kind === 'place' ? PER_PAIR.place : PER_PAIR.other;
    const [inPair, ofGoal, ofStart] = keys.map(count);
    if ((inPair ?? 0) >= most || (ofGoal ?? 0) >= PER_GOAL || (ofStart ?? 0) >= PER_START) continue;
    const first = text.get(hop.from) ?? '';
    const second = text.get(hop.to) ?? '';
    if (!mentions(first, hop.to)) throw new Error(`${hop.from} does not lead to ${hop.to}`);
    if (!mentions(second, ask.answer, true))
      throw new Error(`${hop.to} does not tell its ${ask.relation}: ${ask.answer}`);
    if (mentions(first, ask.answer)) continue;
    const turn = inPair ?? 0;
    const options = wordings(hop, ask, turn + (hash(pair) % 3));
    const question = options[turn % options.length];
    if (question === undefined || names(question, hop.to, world)) continue;
    if (mentions(question, ask.answer)) continue;
    drafts.push({
      question,
      answer: ask.answer,
      type: 'bridge',
      supporting: [hop.from, hop.to],
      kind: ask.kind,
      relation: pair,
    });
    for (const key of keys) taken.set(key, count(key) + 1);
  }
  return drafts;
}
