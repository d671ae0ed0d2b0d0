import { describe, expect, it } from 'vitest';
import { Budget } from '../../core/run/budget';
import { Executor } from '../../core/system/execute';
import { modelThat } from '../../core/testing/chat-models';
import { rankingExample } from './data-set';
import { entityRankingModule } from './index';
import { entityRanking } from './system';

const EXAMPLE = rankingExample(
  'q',
  'Which bird eats mice at night?',
  [
    { name: 'Red fox', relations: 'is a mammal; eats mice', description: 'It hunts at night.' },
    { name: 'Barn owl', relations: 'is a bird; eats mice', description: 'It hunts at night.' },
    { name: 'Crow: black', relations: 'is a bird; eats eggs', description: '' },
  ],
  ['Barn owl', 'Crow: black'],
);
const system = entityRanking((field) => [`Directive for ${field}.`]);

const START = Object.fromEntries(
  system.components.map(({ name, slots }) => [
    name,
    Object.fromEntries(Object.entries(slots).map(([slot, { initial }]) => [slot, initial])),
  ]),
);

function run(relation: string, text: string, weights: Record<string, number> = {}) {
  const model = modelThat((messages) =>
    messages.at(-1)!.content.includes('relation_scores') ? relation : text,
  );
  const configuration = {
    ...START,
    final_scorer: { relation_weight: 1, text_weight: 1, ...weights },
  };
  const execution = { configuration, budget: new Budget(Infinity, 1) };
  return { model, trace: new Executor(system, model, 1).execute(EXAMPLE, execution) };
}

describe('the system', () => {
  it('has two scorers side by side and two weights', () => {
    expect(system.components.map(({ name }) => name)).toEqual([
      'relation_scorer',
      'text_scorer',
      'final_scorer',
    ]);
    for (const { inputs, name } of system.components) expect(inputs[0], name).toBe('question');
    expect(Object.keys(system.components[2]!.slots)).toEqual(['relation_weight', 'text_weight']);
  });

  it('shows each scorer only what it may read', async () => {
    const { model, trace } = run('Barn owl: 1', 'Barn owl: 1');
    await trace;
    const contents = model.asked.map(({ messages }) => messages[1]!.content);
    expect(contents[0]).toContain('Barn owl: is a bird; eats mice');
    expect(contents[0]).not.toContain('at night.');
    expect(contents[1]).toContain('Barn owl: It hunts at night.');
    expect(contents[1]).not.toContain('is a bird');
  });

  it('writes scores best first, the best with what speaks for them', async () => {
    const { trace } = run('Red fox: 0.25\nBarn owl: 1', 'Red fox: 1');
    const { steps, output, reward, beside } = await trace;
    expect(steps['relation_scorer']!.output).toBe(
      'Barn owl: 1 (is a bird; eats mice)\nRed fox: 0.25 (eats mice)',
    );
    expect(output).toBe('Red fox: eats mice; It hunts at night.\nBarn owl\nCrow - black');
    expect(reward).toBe(0.5);
    expect(beside).toEqual({ 'Hit@1': 0 });
  });

  it('ranks by the weights', async () => {
    const { trace } = run('Red fox: 0.25\nBarn owl: 1', 'Red fox: 1', { relation_weight: 2 });
    expect((await trace).reward).toBe(1);
  });

  it('reads a name with a colon', async () => {
    expect((await run('Crow - black: 1', 'Crow - black: 1').trace).beside).toEqual({ 'Hit@1': 1 });
  });

  it('fails, rather than scoring 0, where no score can be read', async () => {
    const { failure } = await run('I do not know.', 'Barn owl: 1').trace;
    expect(failure).toMatchObject({
      component: 'relation_scorer',
      message: expect.stringMatching(/no score of a candidate/),
    });
  });
});

describe('the shipped data', () => {
  it('have disjoint parts, right answers among the candidates, and references', async () => {
    const data = await entityRankingModule.shipped();
    const all = [...data.splits.train, ...data.splits.validation, ...data.splits.test];
    expect(new Set(all.map(({ inputs }) => inputs['question'])).size).toBe(all.length);
    for (const { inputs, expected } of all) {
      const names = inputs['candidates']!.split('\n');
      expect(expected.length).toBeGreaterThan(0);
      for (const name of expected) expect(names).toContain(name);
      expect(inputs['relations']!.split('\n')).toHaveLength(names.length);
      expect(inputs['descriptions']!.split('\n')).toHaveLength(names.length);
    }
  });
});
