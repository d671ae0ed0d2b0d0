import { describe, expect, it } from 'vitest';
import type { ChatMessage, ChatParameters } from '../../core/system/chat-model';
import { chatRequest, withoutThought, type PromptStyle } from './request';

const PLAIN: PromptStyle = { templated: new Set(['system']), thinks: false };
const ask = (messages: readonly ChatMessage[], parameters: ChatParameters = {}, style = PLAIN) =>
  chatRequest(messages, parameters, style);
const system = (content: string): ChatMessage => ({ role: 'system', content });
const user = (content: string): ChatMessage => ({ role: 'user', content });
const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });

describe("a call in WebLLM's words", () => {
  it('streams, tells the usage, and is greedy unless told otherwise', () => {
    expect(ask([user('hi')])).toEqual({
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 1e-5,
      seed: 0,
      max_tokens: 256,
    });
  });

  it('passes on temperature, seed, length and stops, and leaves top_p to the model', () => {
    const request = ask([user('hi')], { temperature: 0.7, seed: 4e9, maxTokens: 9, stop: ['.'] });
    expect(request).toMatchObject({ temperature: 0.7, seed: 4e9, max_tokens: 9, stop: ['.'] });
    expect(request).not.toHaveProperty('top_p');
  });

  it('asks for JSON with the schema as a text', () => {
    const json = { type: 'object', properties: { a: { type: 'string' } } };
    expect(ask([user('hi')], { json }).response_format).toEqual({
      type: 'json_object',
      schema: JSON.stringify(json),
    });
  });

  it('tells models that think aloud not to', () => {
    const request = ask([user('hi')], {}, { ...PLAIN, thinks: true });
    expect(request.extra_body).toEqual({ enable_thinking: false });
    expect(ask([user('hi')])).not.toHaveProperty('extra_body');
  });
});

describe('the order of messages', () => {
  const order = (...messages: ChatMessage[]) =>
    ask(messages).messages.map(({ role, content }) => `${role}: ${String(content)}`);

  it.each([
    [
      [system('s'), user('u')],
      ['system: s', 'user: u'],
    ],
    [
      [system('s'), user('a'), assistant('b'), user('c')],
      ['system: s', 'user: a', 'assistant: b', 'user: c'],
    ],
    [
      [user('a'), system('s')],
      ['system: s', 'user: a'],
    ],
    [
      [system('s'), system('t'), user('a')],
      ['system: s\n\nt', 'user: a'],
    ],
    [[user('a'), user('b')], ['user: a\n\nb']],
    [[system('alone')], ['user: alone']],
    [[system('one'), system('two')], ['user: one\n\ntwo']],
  ])('%j becomes %j', (messages, expected) => {
    expect(order(...messages)).toEqual(expected);
  });

  it.each([[[]], [[user('a'), assistant('b')]]])('refuses %j: nobody has asked', (messages) => {
    expect(() => ask(messages)).toThrow(
      expect.objectContaining({ problem: 'bad-request', lasting: false }),
    );
  });
});

describe('a template', () => {
  it('leaves dollars as they are, though WebLLM puts texts into it by String.replace', () => {
    const style: PromptStyle = { templated: new Set(['system', 'user']), thinks: false };
    const text = "costs $$5, $& or $' each";
    const { messages } = ask([system(text), assistant(text), user(text)], {}, style);
    const written = messages.map(({ role, content }) => {
      const placeholder = `{${role}}`;
      const given = String(content);
      return style.templated.has(role as 'user') ? placeholder.replace(placeholder, given) : given;
    });
    expect(written).toEqual([text, text, text]);
  });
});

describe('a thought that was not had', () => {
  it.each([
    ['', ''],
    ['<thi', ''],
    ['<think>\n\n</think>\n\n', ''],
    ['<think>\n\n</think>\n\nyes', 'yes'],
    ['<think>\nI wonder', '<think>\nI wonder'],
    ['<b>', '<b>'],
    ['yes', 'yes'],
  ])('%j is shown as %j', (text, shown) => {
    expect(withoutThought(text)).toBe(shown);
  });
});
