import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatMessage, ChatParameters } from '../core/system/chat-model';
import { callKey } from './call-cache-key';

const DETERMINISTIC = { id: 'm', deterministic: true };
const SERVER = { id: 's', deterministic: false };
const QUESTION: ChatMessage[] = [{ role: 'user', content: 'Who?' }];

const key = (parameters: ChatParameters, model = DETERMINISTIC, messages = QUESTION) =>
  callKey(model, messages, parameters);

describe('the address of a call', () => {
  it('is the same where the answer must be', () => {
    expect(key({})).toMatch(/^[0-9a-f]{16}$/);
    for (const equal of [{ temperature: 0 }, { temperature: -0 }, { stop: [] }, { seed: 7 }]) {
      expect(key(equal)).toBe(key({}));
    }
    expect(key({ stop: ['a', 'b', 'a'] })).toBe(key({ stop: ['b', 'a'] }));
    expect(key({ json: { type: 'object' } })).toBe(key({ json: { type: 'object' } }));
  });

  it('differs where the answer may', () => {
    const keys = [
      key({}),
      key({}, SERVER),
      key({}, { ...DETERMINISTIC, id: 'n' }),
      key({}, DETERMINISTIC, [{ role: 'system', content: 'Who?' }]),
      key({}, DETERMINISTIC, [{ role: 'user', content: 'Who? ' }]),
      key({}, DETERMINISTIC, [...QUESTION, ...QUESTION]),
      key({ maxTokens: 5 }),
      key({ stop: ['\n'] }),
      key({ json: {} }),
      key({ json: { properties: { a: {}, b: {} } } }),
      // A model held to a schema writes the fields in its order.
      key({ json: { properties: { b: {}, a: {} } } }),
      key({ temperature: 1, seed: 0 }),
      key({ temperature: 1, seed: 1 }),
      key({ temperature: 0.5, seed: 1 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('knows the seed where a model may answer differently under another', () => {
    expect(key({ seed: 1 }, SERVER)).not.toBe(key({ seed: 2 }, SERVER));
    expect(key({ seed: 1 }, SERVER)).not.toBe(key({}, SERVER));
  });

  it('is none where a new draw is asked for', () => {
    expect(key({ temperature: 1 })).toBeUndefined();
    expect(key({ temperature: 1, seed: 0 })).toBeDefined();
  });

  it('tells messages apart however their texts are cut', () => {
    const role = fc.constantFrom<'system' | 'user' | 'assistant'>('system', 'user', 'assistant');
    const messages = fc.array(
      fc.record({
        role,
        content: fc.string({ unit: fc.constantFrom('a', '"', ',', '\ud800', '\udfff') }),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(messages, messages, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(key({}, DETERMINISTIC, one) === key({}, DETERMINISTIC, other)).toBe(same);
      }),
    );
  });
});
