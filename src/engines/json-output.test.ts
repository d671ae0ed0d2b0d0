import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../core/random/hash';
import { ModelError } from '../core/system/chat-model';
import { jsonOutput } from './json-output';

const SCHEMA = {
  type: 'object',
  properties: { answer: { type: 'string' }, sure: { type: 'number', minimum: 0 } },
  required: ['answer'],
  additionalProperties: false,
};

function failure(text: string, schema: Record<string, unknown> = SCHEMA): ModelError {
  try {
    jsonOutput(text, schema);
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    return error as ModelError;
  }
  throw new Error('it is JSON');
}

describe('JSON in an answer', () => {
  it('is read as it stands, with sorted keys and no spaces', () => {
    expect(jsonOutput(' {"sure": 0.50, "answer": "a\\u00e9"}\n', SCHEMA)).toBe(
      '{"answer":"aé","sure":0.5}',
    );
  });

  it.each([
    ['a code fence', '```json\n{"answer": "x"}\n```'],
    ['a fence among sentences', 'Sure!\n```\n{"answer": "x"}\n```\nAnything else? {no}'],
    ['a fence that is not closed', '```json\n{"answer": "x"}'],
    ['sentences', 'As [1] and {2} say, "it" is {"answer": "x"}. Good luck :}'],
    ['a bracket that is never closed', 'See [1: {"answer": "x"}'],
    ['mismatched brackets', 'In [0, 1) and [a} it is {"answer": "x"}'],
    ['single quotes and a comma', "{'answer': 'x',}"],
    ['a missing brace', '{"answer": "x"'],
    ['a fence with broken JSON', 'Here [1]:\n```json\n{answer: "x"}\n```\n'],
  ])('is taken out of %s', (_, text) => {
    expect(jsonOutput(text, SCHEMA)).toBe('{"answer":"x"}');
  });

  it('is the first value that the schema allows', () => {
    const text = 'Not {"question": "?"} but {"answer": "}\\""} or {"answer": "b"}.';
    expect(jsonOutput(text, SCHEMA)).toBe('{"answer":"}\\""}');
  });

  it('may be any kind of value', () => {
    expect(jsonOutput('```\n[1, 2]\n```', { type: 'array' })).toBe('[1,2]');
    expect(jsonOutput('0.5', { type: 'number' })).toBe('0.5');
    expect(jsonOutput('null', {})).toBe('null');
  });

  it('is not made out of words alone', () => {
    expect(failure('I do not know.', { type: 'string' }).message).toMatch(/no JSON stands in it/);
    expect(failure('').problem).toBe('not-json');
  });

  it('is refused with the reason where the schema does not allow it', () => {
    const wrong = failure('{"answer": "x", "sure": -1}');
    expect(wrong).toMatchObject({ problem: 'not-json', lasting: false });
    expect(wrong.message).toBe(
      "The model's answer is not the JSON that was asked for: sure: -1 is less than 0.",
    );
    expect(failure('{"answer": 3}').message).toMatch(/answer: Instance type "number" is invalid/);
    expect(failure('{"sure": 3}').message).toMatch(/required property "answer"/);
  });

  it('shows no more than a line of what it quotes', () => {
    const { message } = failure(`{"a\\n\\u202e${'b'.repeat(5000)}": 1}`);
    expect(message.length).toBeLessThan(300);
    expect(message).not.toMatch(/[\n\u202e]/);
  });

  it('is repaired up to a length', () => {
    const broken = (n: number) => `{"answer": "${'x'.repeat(n)}",}`;
    expect(jsonOutput(broken(4000), SCHEMA)).toHaveLength('{"answer":""}'.length + 4000);
    expect(failure(broken(5000)).problem).toBe('not-json');
  });

  it('is not repaired where the answer was cut off', () => {
    const cut = '{"answer": "Par';
    expect(jsonOutput(cut, SCHEMA)).toBe('{"answer":"Par"}');
    expect(() => jsonOutput(cut, SCHEMA, 'length')).toThrow(/cut off/);
    expect(() => jsonOutput('{"x": {"answer": "a"}, ', SCHEMA, 'length')).toThrow(/cut off/);
    expect(jsonOutput('{"answer": "a"} and', SCHEMA, 'length')).toBe('{"answer":"a"}');
  });

  it('holds no number that JSON cannot write', () => {
    expect(failure('{"answer": "x", "sure": 1e999}').message).toMatch(/sure: Instance type "null"/);
  });

  it('keeps keys that objects are born with', () => {
    const text = '{"__proto__":{"answer":"x"},"constructor":1}';
    expect(jsonOutput(text, { type: 'object' })).toBe(text);
    expect(failure('{"__proto__": {"answer": "x"}}').message).toMatch(
      /__proto__: Nothing is allowed/,
    );
  });

  it('blames a schema that cannot be used, and leaves a good one as it was', () => {
    expect(failure('{}', { $ref: '#/$defs/none' }).problem).toBe('bad-request');
    expect(failure('"a"', { pattern: '(' }).problem).toBe('bad-request');
    const frozen = Object.freeze({ type: 'object', properties: Object.freeze({}) });
    expect(jsonOutput('{}', frozen)).toBe('{}');
    expect(Reflect.ownKeys(frozen)).toEqual(['type', 'properties']);
  });
});

describe('hostile text', () => {
  const recursive = { $ref: '#/$defs/x', $defs: { x: { items: { $ref: '#/$defs/x' } } } };

  it.each([
    ['deep arrays', '['.repeat(100_000) + ']'.repeat(100_000), recursive],
    ['open arrays', '['.repeat(60_000), recursive],
    ['open objects', '{"a":'.repeat(12_000), SCHEMA],
    ['quotes', `{"a":${'"'.repeat(60_000)}`, SCHEMA],
    ['missing commas', `[${'1 '.repeat(30_000)}`, { type: 'object' }],
    ['open strings', `[${', "b'.repeat(13_000)}`, { type: 'object' }],
    [
      'many items',
      `[${Array.from({ length: 30_000 }, (_, i) => i).join()}]`,
      { uniqueItems: true },
    ],
    ['many fences', '```\n'.repeat(50_000), SCHEMA],
    ['a long text', `{"answer": "${'x'.repeat(300_000)}"}`, SCHEMA],
  ])('of %s is refused in time', (_, text, schema) => {
    const start = performance.now();
    expect(failure(text, schema)).toMatchObject({ problem: 'not-json', lasting: false });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('gives a canonical value or a ModelError, whatever it is', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ',',
      ':',
      '\\',
      '```',
      '\n',
      'a',
      '1',
    );
    const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }).map((p) => p.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom<'stop' | 'length'>('stop', 'length'), (any, reason) => {
        try {
          const json = jsonOutput(any, { type: ['object', 'array'] }, reason);
          expect(canonicalJson(JSON.parse(json))).toBe(json);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ModelError', problem: 'not-json' });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('does not hide a value that stands between sentences without brackets', () => {
    const words = fc.stringMatching(/^[a-z "',.:!\n]*$/);
    fc.assert(
      fc.property(words, fc.dictionary(fc.string(), fc.string()), words, (before, value, after) => {
        const json = jsonOutput(`${before}${JSON.stringify(value)}${after}`, { type: 'object' });
        expect(JSON.parse(json)).toEqual(value);
      }),
    );
  });
});
