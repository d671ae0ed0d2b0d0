/**
 * A three-step system for tests of whole runs. A question is a row of words, some of them names;
 * wanted are the names. `picker` (a prompt) copies the question, or only its names when told so;
 * `cutter` (a number) keeps the first k words; `closer` is fixed. The best configuration has the
 * directive NAMES and a large k.
 */
import { randomStream, pick, shuffled } from '../random/stream';
import { compoundSystem, type CompoundSystem, type Example } from '../system/compound-system';
import type { Component } from '../system/component';
import { modelThat, type AskedModel } from './chat-models';
import type { DataSplits } from '../optimize/optimizer';

export const NAMES = 'Keep only the names.';
export const REVERSE = 'Turn the order around.';
export const POLITE = 'Say please.';

const PLAIN = 'and then of the a with under green seven old river road'.split(' ');
const PEOPLE = 'Ada Bob Cem Dora Emil Fay Gus Hana Ivo Jin Kim Lev'.split(' ');

/** Every question ends in a number of its own, so inputs of different examples always differ. */
export function wordExamples(count: number, prefix: string): Example[] {
  return Array.from({ length: count }, (_, i): Example => {
    const random = randomStream('words', prefix, i);
    const names = shuffled(PEOPLE, random).slice(0, 2 + random.below(3));
    const plain = Array.from({ length: 4 + random.below(3) }, () => pick(PLAIN, random));
    const words = shuffled([...names, ...plain], random);
    return {
      id: `${prefix}-${i}`,
      inputs: { question: `${words.join(' ')} ${prefix}${i}` },
      expected: words.filter((word) => names.includes(word)),
    };
  });
}

export function wordData(train = 24, validation = 10, test = 12): DataSplits {
  return {
    train: wordExamples(train, 'train'),
    validation: wordExamples(validation, 'validation'),
    test: wordExamples(test, 'test'),
  };
}

/** Obeys the directive lines of the system message; at a temperature it loses one word. */
export function wordModel(deterministic = true): AskedModel {
  return modelThat(([system, user], { temperature = 0, seed = 0 }) => {
    const lines = system!.content.split('\n');
    let words = user!.content.split(' ');
    if (lines.includes(NAMES)) words = words.filter((word) => PEOPLE.includes(word));
    if (lines.includes(REVERSE)) words = words.reverse();
    if (lines.includes(POLITE)) words = [...words, 'please'];
    if (temperature > 0) words.splice(seed % words.length, 1);
    return words.join(' ');
  }, deterministic);
}

/** F1 of the words of the output and the expected ones. */
export function wordReward(example: Example, output: string): number {
  const words = output.replace('.', '').split(' ');
  const found = example.expected.filter((word) => words.includes(word)).length;
  return (2 * found) / (words.length + example.expected.length);
}

/** What a test may put in the place of the usual parts. */
export interface WordSystemParts {
  readonly score?: (example: Example, output: string) => number;
  /** Runs before the cutter, and may throw. */
  readonly beforeCutter?: (question: string, k: number) => void;
  /** Ends with the cutter, so that the last component has something to optimise. */
  readonly withoutCloser?: boolean;
}

export function wordSystem(parts: WordSystemParts = {}): CompoundSystem {
  const picker: Component = {
    name: 'picker',
    description: 'Picks words.',
    inputs: ['question'],
    output: 'picked',
    slots: {
      prompt: {
        kind: 'prompt',
        initial: 'Pick words.',
        directives: [NAMES, REVERSE, POLITE],
      },
    },
    run: (inputs, configuration, context) =>
      context.chat([
        { role: 'system', content: String(configuration['prompt']) },
        { role: 'user', content: inputs['question']! },
      ]),
  };
  const cutter: Component = {
    name: 'cutter',
    description: 'Keeps the first words.',
    inputs: ['question', 'picked'],
    output: 'cut',
    slots: { k: { kind: 'number', initial: 2, options: [1, 2, 4, 8] } },
    run: async (inputs, configuration) => {
      const k = Number(configuration['k']);
      parts.beforeCutter?.(inputs['question']!, k);
      return inputs['picked']!.split(' ').slice(0, k).join(' ');
    },
  };
  const closer: Component = {
    name: 'closer',
    description: 'Ends the sentence.',
    inputs: ['cut'],
    output: 'sentence',
    slots: {},
    run: async (inputs) => `${inputs['cut']}.`,
  };
  return compoundSystem({
    name: 'words',
    title: 'Words',
    description: 'Keeps the names.',
    inputs: ['question'],
    components: parts.withoutCloser === true ? [cutter, picker] : [closer, cutter, picker],
    output: parts.withoutCloser === true ? 'cut' : 'sentence',
    reward: {
      name: 'F1',
      score: parts.score ?? wordReward,
      beside: { words: (_, output) => output.split(' ').length },
    },
  });
}
