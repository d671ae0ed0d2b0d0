import { beforeAll, describe, expect, it } from 'vitest';
import { DurableCalls } from '../core/run/journal-calls';
import { MemoryJournal } from '../core/run/journal-memory';
import type { FeatureItem } from '../core/reward/feature-map';
import { TextFeatures } from '../core/reward/features';
import type { ChatModel } from '../core/system/chat-model';
import { linearRewards } from '../core/testing/linear-rewards';
import { wordProblem } from '../core/testing/runs';
import { wordData, wordModel, wordReward, wordSystem } from '../core/testing/word-system';
import { durableEmbedder } from './durable';
import { DurableFeatures } from './durable-features';
import { durableModel } from './durable-model';
import { expectSameLog, play, recordedCalls, type Played, type Scenario } from './durable-testing';

describe('heads that come back when a candidate is rejected', () => {
  const strict = wordSystem({
    score: (example, output) =>
      example.id.startsWith('validation') && output.split(' ').length > 2
        ? 0
        : wordReward(example, output),
  });
  const scenario: Scenario = {
    problem: () =>
      wordProblem({
        system: strict,
        data: wordData(100),
        rewardModel: linearRewards(['picker', 'cutter']),
        seed: 3,
        limit: 200,
      }),
    options: { adaptTo: 'candidate', untrusted: 'trust', restarts: false },
  };
  let whole: Played;

  beforeAll(async () => {
    whole = await play(scenario);
  });

  it('were kept, wherever the run broke off behind a fit', async () => {
    const fits = whole.journal.appended.flatMap(([entry], i) =>
      entry!.key.startsWith('fit ') ? [i + 1] : [],
    );
    for (const [done, cut] of fits.entries()) {
      const resumed = await play(scenario, whole.journal.kept(cut));
      expectSameLog(resumed.log, whole.log);
      expect(resumed.fits).toBe(fits.length - done - 1);
    }
  });

  it('are trained again from what they were taught where they were not', async () => {
    const { length } = whole.journal.appended;
    let again = 0;
    for (let cut = 0; cut < length; cut += Math.ceil(length / 9)) {
      const kept = whole.journal
        .kept(cut)
        .filter(({ place }) => place?.startsWith('heads') !== true);
      const resumed = await play(scenario, kept);
      expectSameLog(resumed.log, whole.log);
      again += resumed.fits - (whole.fits - recordedCalls(whole.journal, cut, 'fit'));
    }
    expect(again).toBeGreaterThan(0);
  });
});

describe('a durable model', () => {
  const model: ChatModel = {
    id: 'm',
    deterministic: false,
    writesPrompts: true,
    slots: 3,
    async complete(_messages, _parameters, _signal, onText) {
      for (const piece of ['one ', 'two']) onText?.(piece);
      return {
        text: 'one two',
        finishReason: 'stop',
        usage: { promptTokens: 1, completionTokens: 2 },
      };
    },
  };

  it('is known by the same properties', () => {
    const calls = new DurableCalls(new MemoryJournal());
    const { complete: _, ...about } = durableModel(model, calls);
    const { complete: __, ...own } = model;
    expect(about).toEqual(own);
    expect(Object.keys(durableModel(wordModel(), calls)).sort()).toEqual([
      'complete',
      'deterministic',
      'id',
    ]);
  });

  it('tells the text as it is written, and as a whole where it was recorded', async () => {
    const journal = new MemoryJournal();
    const told = async (recorded: MemoryJournal): Promise<string[]> => {
      const pieces: string[] = [];
      const durable = durableModel(model, new DurableCalls(recorded));
      await durable.complete([], {}, undefined, (piece) => pieces.push(piece));
      return pieces;
    };
    expect(await told(journal)).toEqual(['one ', 'two']);
    expect(await told(new MemoryJournal(journal.kept()))).toEqual(['one two']);
  });

  it('hears of an abort before a recorded answer', async () => {
    const journal = new MemoryJournal();
    await durableModel(model, new DurableCalls(journal)).complete([], {});
    const again = durableModel(model, new DurableCalls(new MemoryJournal(journal.kept())));
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(again.complete([], {}, signal)).rejects.toThrow('stopped');
  });

  it('does not take what an engine had written by the time of an abort for an answer', async () => {
    const journal = new MemoryJournal();
    const abort = new AbortController();
    const cut: ChatModel = {
      ...model,
      complete: async (...call) => {
        abort.abort(new Error('stopped'));
        return { ...(await model.complete(...call)), finishReason: 'abort' };
      },
    };
    const durable = durableModel(cut, new DurableCalls(journal));
    await expect(durable.complete([], {}, abort.signal)).rejects.toThrow('stopped');
    expect(journal.appended).toEqual([]);
  });
});

describe('durable features', () => {
  const item = (output: string): FeatureItem => ({
    inputs: { question: 'Who wrote it?', passages: 'Ada wrote it.\nBob read it.' },
    order: ['question', 'passages'],
    output,
  });

  it('are computed when they are filled, each once, and are then those of the map', async () => {
    let computed = 0;
    const inner = new TextFeatures();
    const counting = {
      name: 'dense',
      d: inner.d,
      learnFrequencies: (texts: Iterable<string>) => inner.learnFrequencies(texts),
      reference: (given: FeatureItem) => inner.reference(given),
      vectors: (items: readonly FeatureItem[]) => {
        computed += items.length;
        return inner.vectors(items);
      },
    };
    const features = new DurableFeatures(counting);
    const [ada, bob] = [item('Ada left'), item('Bob')];
    const before = features.reference(ada);
    features.learnFrequencies(['Ada wrote it.', 'He wrote it.']);
    expect(features.reference(ada)).not.toBe(before);
    const vectors = await features.vectors([ada, bob, ada]);
    expect(vectors[0]).toBe(vectors[2]);
    expect(computed).toBe(0);
    await features.fill(vectors);
    await features.fill(vectors);
    expect(computed).toBe(2);
    expect(vectors).toEqual(await inner.vectors([ada, bob, ada]));
    expect(features.reference(ada)).toBe(inner.reference(ada));
  });

  it('have a key by their texts alone', async () => {
    const features = new DurableFeatures(new TextFeatures());
    const [ada, same, bob] = await features.vectors([item('Ada'), item('Ada'), item('Bob')]);
    const [other] = await features.vectors([{ ...item('Ada'), order: ['passages', 'question'] }]);
    expect(features.keyOf(ada!)).toBe(features.keyOf(same!));
    expect(features.keyOf(ada!)).not.toBe(features.keyOf(bob!));
    expect(features.keyOf(ada!)).not.toBe(features.keyOf(other!));
    expect(features.keyOf(Float32Array.of(1))).not.toBe(features.keyOf(Float32Array.of(2)));
  });
});

describe('a durable embedder', () => {
  const inner = (asked: string[][]) => ({
    name: 'lengths',
    d: 2,
    embed: async (texts: readonly string[]) => {
      asked.push([...texts]);
      return texts.map((text) => Float32Array.of(text.length, asked.length));
    },
  });

  it('embeds each text once, and makes the encoder only for what is new', async () => {
    const journal = new MemoryJournal();
    const first: string[][] = [];
    const embedder = durableEmbedder('lengths', 2, async () => inner(first), journal);
    await embedder.embed(['a', 'bb']);
    await embedder.embed(['ccc']);
    let made = 0;
    const later: string[][] = [];
    const again = durableEmbedder(
      'lengths',
      2,
      async () => {
        made += 1;
        return inner(later);
      },
      new MemoryJournal(journal.kept()),
    );
    expect(await again.embed(['ccc', 'a'])).toEqual([Float32Array.of(3, 2), Float32Array.of(1, 1)]);
    expect(made).toBe(0);
    expect(await again.embed(['bb', 'new', 'a'])).toEqual([
      Float32Array.of(2, 1),
      Float32Array.of(3, 1),
      Float32Array.of(1, 1),
    ]);
    expect([made, later]).toEqual([1, [['new']]]);
  });

  it('makes the encoder again where that failed', async () => {
    let made = 0;
    const embedder = durableEmbedder(
      'lengths',
      2,
      () => ((made += 1) === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(inner([]))),
      new MemoryJournal(),
    );
    await expect(embedder.embed(['a'])).rejects.toThrow('offline');
    expect(await embedder.embed(['a'])).toHaveLength(1);
  });
});
