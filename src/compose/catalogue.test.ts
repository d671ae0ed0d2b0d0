import { describe, expect, it } from 'vitest';
import { recordsOf } from '../data/testing/rows';
import type { ChatModel } from '../core/system/chat-model';
import { evidenceReferences } from '../systems/evidence-qa/references';
import {
  chatModel,
  checkNames,
  engineFor,
  loadWorkload,
  prepareRun,
  UnknownNameError,
} from './catalogue';

describe('names of systems and engines', () => {
  it('are taken where they exist and listed where they do not', () => {
    expect(() => checkNames('multihop-qa', 'reader')).not.toThrow();
    expect(() => checkNames('nope', 'reader')).toThrow(UnknownNameError);
    expect(() => checkNames('nope', 'reader')).toThrow(/system "nope"; valid: multihop-qa/);
    expect(() => checkNames('multihop-qa', 'x')).toThrow(/engine "x"; valid: reader, openai/);
  });
});

describe('a workload', () => {
  it('joins the shipped data, its index and directives for every prompt', async () => {
    const { system, data, references: measured } = await loadWorkload();
    const references = await measured();
    expect(data.name).toBe('shipped');
    expect(system.components.map(({ name }) => name)).toHaveLength(5);
    for (const { name, slots } of system.components) {
      for (const slot of Object.values(slots)) {
        if (slot.kind !== 'prompt') continue;
        expect(slot.directives.length, name).toBeGreaterThan(2);
        expect(new Set(slot.directives).size, name).toBe(slot.directives.length);
        for (const directive of slot.directives) expect(directive, name).not.toMatch(/\n/);
      }
    }
    expect(references.chance).toBeNull();
    expect(references.heuristic).toBeGreaterThanOrEqual(0);
    expect(references.heuristic).toBeLessThan(1);
  });

  it('compares a run with references on the test examples that it draws', async () => {
    const work = await loadWorkload({ system: 'evidence-qa' });
    const settings = {
      seed: 1,
      budget: 5,
      mode: 'default',
      rewardModel: undefined as never,
      features: undefined as never,
    };
    const { problem } = await prepareRun(work, { ...settings, options: { testExamples: 6 } });
    expect(problem.data.test).toHaveLength(6);
    expect(problem.references).toEqual(evidenceReferences(problem.data));
    expect(problem.references.heuristic).not.toBe((await work.references()).heuristic);
    const all = await prepareRun(work, settings);
    expect(all.problem.references).toEqual(await work.references());
  });

  it('takes a file in the place of the shipped data', async () => {
    const rows = Array.from({ length: 12 }, (_, i) =>
      JSON.stringify({ id: i, question: `Q ${i}?`, answer: 'A', context: [[`T${i}`, ['text']]] }),
    );
    const records = await recordsOf(rows.join('\n'));
    const { data } = await loadWorkload({ rows: { name: 'mine.jsonl', records, notes: [] } });
    expect([data.name, data.counts?.['passages'], data.splits.test.length]).toEqual([
      'mine.jsonl',
      12,
      5,
    ]);
  });
});

describe('what the prompts run on', () => {
  const model = (id: string): ChatModel => ({
    id,
    deterministic: true,
    complete: () => Promise.reject(new Error('not asked')),
  });
  const [a, b] = [
    { name: 'small', model: model('server/small') },
    { name: 'big', model: model('server/big') },
  ];

  it('is the first model where the system does not choose', async () => {
    const work = await loadWorkload();
    expect(engineFor(work, [])).toBeUndefined();
    expect(engineFor(work, [a, b])).toBe(a.model);
  });

  it('is all models where it does, and the reader’s variants beside a single one', async () => {
    const work = await loadWorkload({ system: 'evidence-qa' });
    expect(engineFor(work, [])).toBeUndefined();
    expect(engineFor(work, [a, b])?.models).toEqual(['small', 'big']);
    const variants = chatModel().models!;
    expect(engineFor(work, [b])?.models).toEqual(['big', ...variants]);
    // A name that is taken says nothing: the id does.
    const taken = { ...a, name: variants[0]! };
    expect(engineFor(work, [taken])?.models).toEqual(['server/small', ...variants]);
    expect(engineFor(work, [taken, b])?.models).toEqual([variants[0], 'big']);
    expect(engineFor(work, [a, { ...b, name: 'small' }])?.models).toEqual([
      'server/small',
      'server/big',
    ]);
  });
});
