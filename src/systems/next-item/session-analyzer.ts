/** What a session may be about: the summaries that could be written of it, and what tells them apart. */
import type { PolicyAction } from '../../core/policy/policy';
import { policyComponent } from '../../core/policy/policy-component';
import type { Component } from '../../core/system/component';
import { mostFrequent, parseEvents, threadsOf, type SessionEvent, type Thread } from './events';

/** Between what was seen and what is wanted next. */
export const NEXT = 'Next:';

/** In the order of an action's numbers; all of order one. */
export const ANALYZER_FEATURES = [
  'goes with',
  'goes with: further events',
  'goes with: latest',
  'goes with: bought',
  'brand: of every event',
] as const;

type Feature = (typeof ANALYZER_FEATURES)[number];

/** A draft: what was looked at last is what matters. Small: learning can overturn it. */
const INITIAL: Readonly<Partial<Record<Feature, number>>> = { 'goes with: latest': 0.1 };

const MOST_THREADS = 6;

export function sessionAnalyzer(): Component {
  return policyComponent({
    name: 'session_analyzer',
    description: 'Says in one of several ways what the session is about.',
    inputs: ['session'],
    output: 'analysis',
    slot: 'weights',
    features: ANALYZER_FEATURES,
    initial: ANALYZER_FEATURES.map((name) => INITIAL[name] ?? 0),
    actions: ({ session }) => analyses(session!),
  });
}

/** Distinct summaries of a session, each with what speaks for it. */
export function analyses(session: string): PolicyAction[] {
  const events = parseEvents(session);
  const threads = threadsOf(events);
  const all = [
    ...threads.slice(0, MOST_THREADS).map(ofThread),
    ...ofKind(threads[0]),
    ...ofBrand(events),
    ...ofPrice(events),
  ];
  return all.filter(({ output }, i) => all.findIndex((other) => other.output === output) === i);
}

function ofThread(thread: Thread): PolicyAction {
  const { events, name, latest } = thread;
  const bought = events.filter((event) => event.bought).length / events.length;
  const wanted = thread.with.length > 0 ? orList(thread.with) : `what is used with ${name}`;
  return action(`Equips for ${titles(events)}.`, `${wanted}.`, {
    'goes with': 1,
    // At most two: more say nothing more.
    'goes with: further events': Math.min(2, events.length - 1),
    'goes with: latest': latest,
    'goes with: bought': bought,
  });
}

/** More of what was looked at last. */
function ofKind(thread: Thread | undefined): PolicyAction[] {
  if (thread === undefined) return [];
  const { events, name } = thread;
  return [action(`Compares ${titles(events)}.`, `another ${name}.`, {})];
}

function ofBrand(events: readonly SessionEvent[]): PolicyAction[] {
  const brand = mostFrequent(events, (event) => event.brand);
  if (brand === undefined) return [];
  const own = events.filter((event) => event.brand === brand.value);
  return [
    action(`Stays with ${brand.value}: ${titles(own)}.`, `more by ${brand.value}.`, {
      'brand: of every event': brand.share === 1 ? 1 : 0,
    }),
  ];
}

/** Spending says little, but it can always be said. */
function ofPrice(events: readonly SessionEvent[]): PolicyAction[] {
  const prices = events.flatMap(({ price }) => (price === undefined ? [] : [price]));
  const last = events.at(-1)?.title;
  if (prices.length === 0 || last === undefined) return [];
  const middle = [...prices].sort((a, b) => a - b)[Math.floor(prices.length / 2)]!;
  return [action(`Ended with ${last}.`, `something for about ${middle} euros.`, {})];
}

function action(
  seen: string,
  next: string,
  features: Readonly<Partial<Record<Feature, number>>>,
): PolicyAction {
  return {
    output: `${seen}\n${NEXT} ${next}`,
    features: ANALYZER_FEATURES.map((name) => features[name] ?? 0),
  };
}

function titles(events: readonly SessionEvent[]): string {
  return [...new Set(events.map(({ title }) => title))].join(', ');
}

function orList(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
