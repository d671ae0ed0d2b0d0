import { describe, expect, it } from 'vitest';
import { profiles, PROFILER_FEATURES } from './candidate-profiler';
import { renderChoices } from './choices';
import { parseEvents, threadsOf } from './events';
import { analyses, ANALYZER_FEATURES } from './session-analyzer';

const SESSION = [
  '1. viewed: Arlun Bexo compact camera | photography | brand Arlun | 200 euros',
  '2. bought: Dovo Elmik compact camera | photography | brand Dovo | 230 euros',
  '3. viewed: Arlun Farro inkjet printer | office | brand Arlun | 120 euros',
].join('\n');

/** Features of an action by name. */
function named(names: readonly string[], features: readonly number[]): Record<string, number> {
  expect(features).toHaveLength(names.length);
  return Object.fromEntries(names.map((name, i) => [name, features[i]!]));
}

describe('reading a session', () => {
  it('finds title, action, kind, brand and price of each line', () => {
    const [first, second, third] = parseEvents(SESSION);
    expect(first).toMatchObject({ title: 'Arlun Bexo compact camera', bought: false, price: 200 });
    expect(second).toMatchObject({ bought: true, brand: 'Dovo', category: 'photography' });
    expect(third!.kind!.name).toBe('inkjet printer');
  });

  it('puts events of one family together, the latest first', () => {
    const threads = threadsOf(parseEvents(SESSION));
    expect(threads.map(({ name, latest, events }) => [name, latest, events.length])).toEqual([
      ['inkjet printer', 1, 1],
      ['compact camera', 0.5, 2],
    ]);
    expect(threads[1]!.with).toEqual(['memory card', 'wrist strap', 'lens cloth']);
  });

  it('wants no kind again that the session has', () => {
    const events = parseEvents('bought: Arlun memory card\nbought: Dovo lens cloth');
    const [thread, ...others] = threadsOf(events);
    expect(others).toEqual([]);
    expect(thread!.with).toEqual(['wrist strap']);
  });

  it('takes the sentences of a free text as events, known kinds or not', () => {
    const text =
      'The user viewed Garden gnome blue. Then they purchased two compact cameras for $20.';
    const [gnome, camera] = parseEvents(text);
    expect(gnome!.kind).toBeUndefined();
    expect(camera).toMatchObject({ bought: true, price: 20 });
    expect(camera!.kind!.name).toBe('compact camera');
    expect(analyses('A gnome').length).toBeGreaterThan(0);
  });
});

describe('what the session analyzer could write', () => {
  const actions = analyses(SESSION);
  const outputs = actions.map(({ output }) => output);

  it('is one summary for each thread, and by kind, brand and price, all different', () => {
    expect(outputs).toEqual([
      'Equips for Arlun Farro inkjet printer.\nNext: ink cartridge, glossy sheets or USB cable.',
      'Equips for Arlun Bexo compact camera, Dovo Elmik compact camera.\nNext: memory card, wrist strap or lens cloth.',
      'Compares Arlun Farro inkjet printer.\nNext: another inkjet printer.',
      'Stays with Arlun: Arlun Bexo compact camera, Arlun Farro inkjet printer.\nNext: more by Arlun.',
      'Ended with Arlun Farro inkjet printer.\nNext: something for about 200 euros.',
    ]);
  });

  it('is described by what speaks for it', () => {
    expect(named(ANALYZER_FEATURES, actions[1]!.features)).toMatchObject({
      'goes with': 1,
      'goes with: further events': 1,
      'goes with: latest': 0.5,
      'goes with: bought': 0.5,
      'brand: of every event': 0,
    });
    const loyal = analyses(SESSION.replaceAll('Dovo', 'Arlun'));
    const brand = loyal.find(({ output }) => output.startsWith('Stays with'))!;
    expect(named(ANALYZER_FEATURES, brand.features)['brand: of every event']).toBe(1);
    expect(actions[3]!.features.every((value) => value === 0)).toBe(true);
  });

  it('is the same for equal sessions, and finite for odd ones', () => {
    expect(analyses(SESSION)).toEqual(actions);
    for (const odd of ['x', '|', '1. ', '- '.repeat(5000), 'viewed: | | |']) {
      for (const { features } of analyses(odd)) expect(features.every(Number.isFinite)).toBe(true);
      expect(analyses(odd).length, odd.slice(0, 20)).toBeGreaterThan(0);
    }
  });
});

describe('what the candidate profiler could write', () => {
  const choices = renderChoices([
    'Gilto Hyra memory card | photography | brand Gilto | 20 euros',
    'Dovo Kemda compact camera | photography | brand Dovo | 220 euros',
    'Munto pet bowl | pets | brand Munto | 120 euros',
  ]);
  const actions = profiles(analyses(SESSION)[1]!.output, choices);

  it('is every ordered pair of candidates', () => {
    expect(actions).toHaveLength(6);
    expect(actions[0]!.output).toBe(
      '1. A) Gilto Hyra memory card (wanted next: memory card)\n' +
        '2. B) Dovo Kemda compact camera (seen before: dovo compact camera)',
    );
    expect(actions[5]!.output).toMatch(/^1\. C\) Munto pet bowl \(nothing in common\)\n2\. B\)/);
  });

  it('is described by what each of the two has to do with the analysis', () => {
    // B: "dovo", "compact", "camera" of dovo, kemda, compact, camera, photography, 220.
    expect(named(PROFILER_FEATURES, actions[0]!.features)).toEqual({
      'first: is wanted next': 1,
      'first: shares words with what was seen': 0,
      'first: new words': 4 / 6,
      'first: costs little': 1,
      'second: is wanted next': 0,
      'second: shares words with what was seen': 3 / 6,
      'second: new words': 3 / 6,
      'second: costs little': 0,
    });
  });

  it('is one profile for one choice, and none without choices', () => {
    expect(profiles('Next: x', 'A) only one').map(({ output }) => output)).toEqual([
      '1. A) only one (nothing in common)',
    ]);
    expect(profiles('Next: x', '')).toEqual([]);
  });
});
