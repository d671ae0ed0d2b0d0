import { describe, expect, it } from 'vitest';
import { wordSystem } from '../testing/word-system';
import { initialConfiguration } from './compound-system';
import { ConfigurationError, readConfiguration } from './read-configuration';
import { ROUTED } from './slots/choice';

const SYSTEM = wordSystem();
const GOOD = { system: 'words', configuration: { picker: { prompt: 'Pick.' }, cutter: { k: 4 } } };

describe('a configuration from a file', () => {
  it('is taken where every value is allowed', () => {
    expect(readConfiguration(SYSTEM, GOOD)).toEqual(GOOD.configuration);
  });

  it('survives being written and read', () => {
    const configuration = initialConfiguration(SYSTEM);
    const file: unknown = JSON.parse(JSON.stringify({ system: 'words', configuration }));
    expect(readConfiguration(SYSTEM, file)).toEqual(configuration);
  });

  it('keeps the initial value of what it leaves out', () => {
    const file = { system: 'words', configuration: { cutter: { k: 8 } } };
    expect(readConfiguration(SYSTEM, file)).toEqual({
      picker: { prompt: 'Pick words.' },
      cutter: { k: 8 },
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['a list', [], /the file is no object/],
    ['nothing', null, /the file is no object/],
    ['no system', { configuration: {} }, /field "system" is missing/],
    [
      'another system',
      { ...GOOD, system: 'next-item' },
      /made for the system “next-item”.*“words”/,
    ],
    ['no configuration', { system: 'words' }, /field "configuration" is missing/],
    [
      'a stranger',
      { system: 'words', configuration: { closer: {} } },
      /component "closer".*picker, cutter|component "closer".*cutter, picker/,
    ],
    [
      'a prototype',
      { system: 'words', configuration: JSON.parse('{"__proto__": {"k": 1}}') as unknown },
      /component "__proto__"/,
    ],
    ['a strange slot', { system: 'words', configuration: { cutter: { q: 1 } } }, /no slot "q".*k/],
    [
      'a wrong number',
      { system: 'words', configuration: { cutter: { k: 3 } } },
      /"cutter", slot "k"/,
    ],
    [
      'a wrong kind',
      { system: 'words', configuration: { picker: { prompt: 7 } } },
      /slot "prompt"/,
    ],
    [
      'a part that is no object',
      { system: 'words', configuration: { cutter: 4 } },
      /"cutter" is no object/,
    ],
    [
      'a routed choice',
      { system: 'words', configuration: { cutter: { k: ROUTED } } },
      /local rewards, which this file does not hold|expected/,
    ],
  ])('is refused with its place: %s', (_, file, message) => {
    expect(() => readConfiguration(SYSTEM, file)).toThrow(ConfigurationError);
    expect(() => readConfiguration(SYSTEM, file)).toThrow(message);
  });
});
