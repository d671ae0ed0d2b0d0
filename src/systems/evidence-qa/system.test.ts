import { describe, expect, it } from 'vitest';
import { evidenceQa, evidenceQaModule } from '.';
import { Budget } from '../../core/run/budget';
import { edges, initialConfiguration } from '../../core/system/compound-system';
import { withValue } from '../../core/system/configuration';
import { Executor } from '../../core/system/execute';
import { ROUTED } from '../../core/system/slots/choice';
import type { Trace } from '../../core/system/trace';
import { modelThat, type AskedModel } from '../../core/testing/chat-models';
import type { Surroundings } from '../system-module';
import { evidenceExample } from './data-set';

const around = (...models: string[]): Surroundings => ({
  directives: (field) => [`Directive for ${field}.`],
  models,
  code: { run: () => Promise.reject(new Error('no code here')) },
});

const system = evidenceQa(around('small', 'large'));
const EXAMPLE = evidenceExample('e', 'Does it fall?', 'RESULTS: It fell.\nCONCLUSION: So.', 'yes');

function writing(answers: Readonly<Record<string, string>>): AskedModel {
  return modelThat(([, user]) => answers[/Write the field: (\w+)$/.exec(user!.content)![1]!]!);
}

function run(model: AskedModel, change: (configuration: Configuration) => Configuration) {
  return new Executor(system, model, 1).execute(EXAMPLE, {
    configuration: change(initialConfiguration(system)),
    budget: new Budget(Infinity, 4),
  });
}
type Configuration = ReturnType<typeof initialConfiguration>;
const outputs = (trace: Trace): string[] => Object.values(trace.steps).map(({ output }) => output);

describe('evidence-qa', () => {
  it('is wired as selector, analyst, selector, solver', () => {
    expect(edges(system).map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'context_model_selector > context_analyst',
      'context_analyst > solver_model_selector',
      'context_analyst > problem_solver',
      'solver_model_selector > problem_solver',
    ]);
    for (const { name, inputs } of system.components) expect(inputs[0], name).toBe('question');
  });

  it('gives each prompt the directives of the field it writes', () => {
    const prompts = system.components.flatMap(({ slots }) =>
      Object.values(slots).flatMap((slot) => (slot.kind === 'prompt' ? slot.directives : [])),
    );
    expect(prompts).toEqual(['Directive for analysis.', 'Directive for decision.']);
  });

  it('asks the models that the selectors name, which read everything but these names', async () => {
    const model = writing({ analysis: 'It fell.', decision: 'Yes.' });
    const trace = await run(model, (configuration) =>
      withValue(configuration, 'solver_model_selector', 'model', 'large'),
    );
    expect(outputs(trace)).toEqual(['small', 'It fell.', 'large', 'Yes.']);
    expect(trace.reward).toBe(1);
    expect(model.asked.map(({ parameters }) => parameters.model)).toEqual(['small', 'large']);
    expect(model.asked.map(({ messages }) => messages[1]!.content)).toEqual([
      'question: Does it fall?\n\ncontext:\nRESULTS: It fell.\nCONCLUSION: So.\n\nWrite the field: analysis',
      'question: Does it fall?\n\nanalysis: It fell.\n\nWrite the field: decision',
    ]);
  });

  it('scores an answer without a decision 0 and goes on', async () => {
    const trace = await run(writing({ analysis: 'a', decision: 'It fell.' }), (same) => same);
    expect([trace.reward, trace.failure]).toEqual([0, undefined]);
  });

  it('runs every offered model and no other where the choice is routed', async () => {
    const model = writing({ analysis: 'a', decision: 'yes' });
    const trace = await new Executor(system, model, 1).execute(EXAMPLE, {
      configuration: withValue(
        initialConfiguration(system),
        'context_model_selector',
        'model',
        ROUTED,
      ),
      budget: new Budget(Infinity, 4),
      selector: { best: (_, __, names) => Promise.resolve(names.indexOf('large')) },
    });
    expect(trace.steps['context_model_selector']!.output).toBe('large');
    expect(model.asked.map(({ parameters }) => parameters.model)).toEqual(['large', 'small']);
  });

  it('never asks a model that is not offered', async () => {
    const analyst = system.components.find(({ name }) => name === 'context_analyst')!;
    const inputs = { question: 'q', context: 'c', context_model: 'foreign' };
    await expect(
      analyst.run(inputs, { prompt: 'p' }, {
        chat: () => Promise.reject(new Error('asked')),
      } as never),
    ).rejects.toThrow('the model "foreign" is not offered; choose small or large');
  });

  it('has fixed selectors where one model is offered, and refuses none at all', () => {
    const single = evidenceQa(around('only'));
    expect(Object.keys(initialConfiguration(single))).toEqual([
      'context_analyst',
      'problem_solver',
    ]);
    expect(() => evidenceQa(around())).toThrow('no model is offered');
  });
});

describe('the module', () => {
  it('brings disjoint parts with all three answers', async () => {
    const { splits, name } = await evidenceQaModule.shipped();
    const parts = [splits.train, splits.validation, splits.test];
    expect([name, ...parts.map(({ length }) => length)]).toEqual(['shipped', 108, 90, 210]);
    const all = parts.flat();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const part of parts) {
      expect(new Set(part.map(({ expected }) => expected[0])).size).toBe(3);
    }
  });
});
