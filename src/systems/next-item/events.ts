/**
 * A session as text, read back: what was looked at or bought, in order. Lines as `renderEvent`
 * writes them give all there is to know; of other texts, each line or sentence is an event.
 */
import { BESIDE, titleOf } from './choices';
import { kindIn, wordsOf, type Kind } from './kinds';

export interface SessionEvent {
  readonly title: string;
  readonly bought: boolean;
  readonly kind?: Kind;
  readonly category?: string;
  readonly brand?: string;
  /** In the currency of the text. */
  readonly price?: number;
}

/** Events that belong together: things of one family, or with the same last word. */
export interface Thread {
  readonly events: readonly SessionEvent[];
  /** What the events are about, for people. */
  readonly name: string;
  /** Place of its last event from 0 (the first event) to 1 (the last). */
  readonly latest: number;
  /** What goes with its things and was not met in the session yet. */
  readonly with: readonly string[];
}

const BOUGHT = /\b(bought|buys?|purchased?|ordered|added to (?:the )?(?:cart|basket))\b/i;
const ACTION =
  /^(?:\d+[.)]\s*)?(?:[-*•]\s*)?(?:(?:viewed|bought|clicked|searched|purchased|ordered)\s*:?\s+)?/i;
const PRICE =
  /[$€£]\s?(\d+(?:[.,]\d+)?)|(\d+(?:[.,]\d+)?)\s?(?:euros?|dollars?|pounds?|usd|eur)\b/i;

/** Enough for any session; a longer text is read from its end, which is what matters. */
const MOST_EVENTS = 30;

export function parseEvents(session: string): SessionEvent[] {
  const lines = parts(session, /\n+/);
  const written = lines.length > 1 ? lines : parts(session, /(?<=[.!?;])\s+/);
  return written.slice(-MOST_EVENTS).map((line): SessionEvent => {
    const [, ...attributes] = line.split(BESIDE);
    const title =
      titleOf(line)
        .replace(ACTION, '')
        .replace(/[.;!?]+$/, '') || line;
    const kind = kindIn(title);
    const brand = attributes.find((text) => text.startsWith('brand '))?.slice('brand '.length);
    const price = PRICE.exec(line);
    const category = attributes[0] ?? kind?.category;
    return {
      title,
      bought: BOUGHT.test(line),
      ...(kind && { kind }),
      ...(category !== undefined && { category }),
      ...(brand !== undefined && { brand }),
      ...(price && { price: Number((price[1] ?? price[2])!.replace(',', '.')) }),
    };
  });
}

function parts(text: string, between: RegExp): string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The threads of a session, the one with the latest event first. */
export function threadsOf(events: readonly SessionEvent[]): Thread[] {
  const groups = new Map<string, number[]>();
  events.forEach((event, i) => {
    const name = event.kind?.family ?? wordsOf(event.title).at(-1) ?? '';
    groups.set(name, [...(groups.get(name) ?? []), i]);
  });
  const met = new Set(events.flatMap(({ kind }) => (kind ? [kind.name] : [])));
  return [...groups.values()]
    .map((places): Thread => {
      const own = places.map((place) => events[place]!);
      const last = own.at(-1)!;
      return {
        events: own,
        name: last.kind?.name ?? wordsOf(last.title).slice(-2).join(' '),
        latest: events.length < 2 ? 1 : places.at(-1)! / (events.length - 1),
        with: (last.kind?.with ?? []).filter((name) => !met.has(name)),
      };
    })
    .sort((a, b) => b.latest - a.latest);
}

/** The most frequent value, the latest of equals, with its share of all events. */
export function mostFrequent(
  events: readonly SessionEvent[],
  value: (event: SessionEvent) => string | undefined,
): { readonly value: string; readonly share: number } | undefined {
  const counts = new Map<string, number>();
  for (const event of events) {
    const own = value(event);
    if (own === undefined) continue;
    const count = (counts.get(own) ?? 0) + 1;
    // Set anew, so that the latest stands last.
    counts.delete(own);
    counts.set(own, count);
  }
  let best: { value: string; share: number } | undefined;
  for (const [own, count] of counts) {
    const share = count / events.length;
    if (best === undefined || share >= best.share) best = { value: own, share };
  }
  return best;
}
