import { describe, expect, it } from 'vitest';
import { nextItem, nextItemModule } from '.';
import { Budget } from '../../core/run/budget';
import { edges, initialConfiguration } from '../../core/system/compound-system';
import { Executor } from '../../core/system/execute';
import { modelThat } from '../../core/testing/chat-models';
import { sessionExample } from './data-set';
import { nextItemReferences } from './references';

const system = nextItem((field) => [`Directive for ${field}.`]);
const example = sessionExample(
  'x',
  'bought: Arlun compact camera',
  ['Bexo memory card', 'Dovo compact camera'],
  'Bexo memory card',
);

describe('next-item', () => {
  it('is wired as session → analysis → profile → item', () => {
    expect(edges(system).map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'session_analyzer > candidate_profiler',
      'session_analyzer > next_item_decider',
      'candidate_profiler > next_item_decider',
    ]);
    expect(system.components.map(({ slots }) => Object.keys(slots))).toEqual([
      ['weights'],
      ['weights'],
      ['prompt'],
    ]);
  });

  it('hands analysis, profile and choices to the model and judges its answer', async () => {
    const model = modelThat(() => 'A');
    const trace = await new Executor(system, model, 1).execute(example, {
      configuration: initialConfiguration(system),
      budget: new Budget(Infinity, 3),
    });
    expect([trace.output, trace.reward]).toEqual(['A', 1]);
    expect(model.asked[0]!.messages[1]!.content).toBe(
      [
        'analysis:\nEquips for Arlun compact camera.\nNext: memory card, wrist strap or lens cloth.',
        'profile:\n1. B) Dovo compact camera (seen before: compact camera)\n2. A) Bexo memory card (wanted next: memory card)',
        'choices:\nA) Bexo memory card\nB) Dovo compact camera',
        'Write the field: item',
      ].join('\n\n'),
    );
  });
});

describe('reference scores', () => {
  const row = (id: string, right: string) =>
    sessionExample(id, 'viewed red lamp', ['red lamp shade', 'bulb', 'red chair', 'mat'], right);

  it('are chance, the most frequent position of train, and token overlap', () => {
    const references = nextItemReferences({
      train: [row('a', 'bulb'), row('b', 'mat'), row('c', 'bulb')],
      validation: [],
      // Overlap takes "red lamp shade" (2 of 3 words): right once in four.
      test: [row('d', 'bulb'), row('e', 'bulb'), row('f', 'red lamp shade'), row('g', 'mat')],
    });
    expect(references).toEqual({ chance: 0.25, majority: 0.5, heuristic: 0.25 });
  });

  it('are unknown without test examples, and majority without train examples', () => {
    const none = { train: [], validation: [], test: [] };
    expect(nextItemReferences(none)).toEqual({ chance: null, majority: null, heuristic: null });
    expect(nextItemReferences({ ...none, test: [row('d', 'mat')] }).majority).toBeNull();
  });

  it('of the shipped data: overlap does not solve it, and no position is favoured', async () => {
    const { splits } = await nextItemModule.shipped();
    const references = nextItemReferences(splits);
    expect(references.chance).toBe(0.25);
    expect(references.majority).toBe(0.25);
    expect(references.heuristic).toBeLessThan(0.25);
  });
});
