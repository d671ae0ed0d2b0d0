import { describe, expect, it } from 'vitest';
import { multihopQa, NOTHING_FOUND } from '.';
import { Budget } from '../../core/run/budget';
import { edges, initialConfiguration } from '../../core/system/compound-system';
import { withValue } from '../../core/system/configuration';
import { Executor } from '../../core/system/execute';
import type { Trace } from '../../core/system/trace';
import { modelThat, type AskedModel } from '../../core/testing/chat-models';
import { questionExample, shippedData } from './data-set';
import { indexPassages } from './passages';

const system = multihopQa(
  indexPassages([
    { id: '1', title: 'Elbe', text: 'A river in Saxony.' },
    { id: '2', title: 'Oder', text: 'A river in Silesia.' },
    { id: '3', title: 'Rhine', text: 'A river in Hesse.' },
  ]),
  (field) => [`Directive for ${field}.`],
);

/** Answers with the answer given for the field it is asked to write. */
function writing(answers: Readonly<Record<string, string>>): AskedModel {
  return modelThat(([, user]) => answers[/Write the field: (\w+)$/.exec(user!.content)![1]!]!);
}

async function run(model: AskedModel, k = 3): Promise<Trace> {
  const configuration = withValue(initialConfiguration(system), 'retriever', 'k', k);
  const budget = new Budget(Infinity, 5);
  return new Executor(system, model, 1).execute(
    questionExample('q', 'Where does the Elbe flow?', 'Saxony'),
    { configuration, budget },
  );
}

const ANSWERS = { query: 'elbe place', keywords: 'elbe', hint: 'in Saxony', answer: 'Saxony' };

describe('multihop-qa', () => {
  it('is wired as question → query → keywords → passages → hint → answer', () => {
    expect(edges(system).map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'question_rewriter > keyword_extractor',
      'keyword_extractor > retriever',
      'retriever > hint_generator',
      'hint_generator > answer_generator',
    ]);
    for (const { name, inputs } of system.components.slice(3)) {
      expect(inputs[0], name).toBe('question');
    }
  });

  it('gives each prompt the directives of the field it writes', () => {
    const directives = system.components.flatMap(({ slots }) =>
      Object.values(slots).flatMap((slot) => (slot.kind === 'prompt' ? slot.directives : [])),
    );
    expect(directives).toEqual([
      'Directive for query.',
      'Directive for keywords.',
      'Directive for hint.',
      'Directive for answer.',
    ]);
  });

  it('hands every answer to the next component and judges the last', async () => {
    const model = writing(ANSWERS);
    const trace = await run(model);
    expect(Object.values(trace.steps).map(({ output }) => output)).toEqual([
      'elbe place',
      'elbe',
      '[1] Elbe: A river in Saxony.',
      'in Saxony',
      'Saxony',
    ]);
    expect([trace.reward, trace.beside]).toEqual([1, { 'exact match': 1 }]);
    expect(model.asked[2]!.messages[1]!.content).toBe(
      'question: Where does the Elbe flow?\n\npassages: [1] Elbe: A river in Saxony.\n\nWrite the field: hint',
    );
  });

  it('scores a partly right answer between 0 and 1, with no exact match', async () => {
    const trace = await run(writing({ ...ANSWERS, answer: 'Saxony, Germany' }));
    expect(trace.reward).toBeCloseTo(2 / 3, 12);
    expect(trace.beside).toEqual({ 'exact match': 0 });
  });

  it('retrieves as many passages as k says', async () => {
    const model = writing({ ...ANSWERS, keywords: 'river' });
    const lines = async (k: number): Promise<number> =>
      (await run(model, k)).steps['retriever']!.output.split('\n').length;
    expect([await lines(1), await lines(2), await lines(25)]).toEqual([1, 2, 3]);
  });

  it('says so when nothing was found, and goes on', async () => {
    const trace = await run(writing({ ...ANSWERS, keywords: 'zebra' }));
    expect(trace.steps['retriever']!.output).toBe(NOTHING_FOUND);
    expect(trace.failure).toBeUndefined();
  });
});

describe('the shipped data', () => {
  it('have disjoint parts and questions with an answer', async () => {
    const { splits, passages, name } = await shippedData();
    const all = [...splits.train, ...splits.validation, ...splits.test];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { inputs, expected } of all) {
      expect(inputs['question']).not.toBe('');
      expect(expected[0]).not.toBe('');
    }
    expect(indexPassages(passages).size).toBe(passages.length);
    expect(name).toBe('shipped');
  });
});
