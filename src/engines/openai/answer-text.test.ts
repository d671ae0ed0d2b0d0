import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerText } from './answer-text';

function read(pieces: readonly string[]): { told: string; text: string } {
  const answer = new AnswerText();
  const told = pieces.map((piece) => answer.add(piece)).join('');
  return { told, text: answer.end() };
}

describe('the text of an answer', () => {
  it.each([
    ['Ada', 'Ada'],
    [' \nAda\n', ' \nAda\n'],
    ['<think>Who?</think>\n\nAda', 'Ada'],
    ['\n<think></think>Ada </think>', 'Ada </think>'],
    ['<think>never ends', ''],
    ['<think>no answer</think>\n', ''],
    ['<thinking>Ada', '<thinking>Ada'],
    ['a < b, <think> is a mark </think>', 'a < b, <think> is a mark </think>'],
    ['<th', '<th'],
    ['', ''],
  ])('of %j is %j', (all, text) => {
    expect(read([all]).text).toBe(text);
  });

  it('lacks thoughts that the prompt opened, once it is whole', () => {
    expect(read(['Who?</th', 'ink>\nAda'])).toEqual({ told: 'Who?</think>\nAda', text: 'Ada' });
  });

  it('is told alike however it is cut, and told whole', () => {
    const part = fc.constantFrom('<think>', '</think>', '<', '</', 'think>', ' ', '\n', 'a', 'b');
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 10 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (parts, cuts) => {
          const all = parts.join('');
          const places = [...new Set(cuts.map((cut) => cut % (all.length + 1)))].sort(
            (a, b) => a - b,
          );
          const pieces = [0, ...places].map((from, i) => all.slice(from, places[i]));
          const { told, text } = read(pieces);
          expect(text).toBe(read([all]).text);
          // What was not told is the rest that turned out not to be a mark, at the very end.
          if (!told.includes('</think>')) expect(text.startsWith(told)).toBe(true);
          expect('<think>'.startsWith(text.slice(told.length).trimStart())).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
