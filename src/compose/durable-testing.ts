/** Durable runs for tests: played whole, broken off after any append, and played on. */
import { expect } from 'vitest';
import { optimas } from '../core/optimize/optimas/optimas';
import type { OptimasOptions } from '../core/optimize/optimas/options';
import type { OptimizationProblem } from '../core/optimize/optimizer';
import type { Journal, JournalEntry } from '../core/run/journal';
import { MemoryJournal } from '../core/run/journal-memory';
import type { RunEvent } from '../core/run/run-event';
import { randomStream } from '../core/random/stream';
import { hash32 } from '../core/reward/hashed-features';
import { ModelError, type ChatModel } from '../core/system/chat-model';
import { modelThat } from '../core/testing/chat-models';
import { NAMES, POLITE, REVERSE, wordModel } from '../core/testing/word-system';
import { durable } from './durable';

export interface Scenario {
  /** Fresh in every respect. @param journal for ports that are made with one */
  readonly problem: (journal: Journal) => OptimizationProblem;
  readonly options?: Partial<OptimasOptions>;
}

export interface Played {
  readonly log: readonly RunEvent[];
  readonly journal: MemoryJournal;
  /** What the model, the heads and the trainer were really asked, in order. */
  readonly asked: readonly string[];
  readonly fits: number;
  readonly scores: number;
  readonly improvements: number;
}

/** Plays a run to its end, from its start or on from what is recorded. */
export async function play(
  { problem, options = {} }: Scenario,
  recorded: readonly JournalEntry[] = [],
  signal?: AbortSignal,
): Promise<Played> {
  const journal = new MemoryJournal(structuredClone(recorded));
  const { problem: counted, counts } = counting(problem(journal));
  const run = durable({ ...counted, ...(signal && { signal }) }, journal, {
    options,
    idleTurns: 5,
  });
  const log: RunEvent[] = [];
  for await (const event of optimas(run.problem, options)) log.push(event);
  return { log, journal, ...counts };
}

/** The number of entries among the first `appends` whose call begins with `name`. */
export function recordedCalls(journal: MemoryJournal, appends: number, name: string): number {
  return journal.appended
    .slice(0, appends)
    .flat()
    .filter(({ key, place }) => place === undefined && key.startsWith(`${name} `)).length;
}

function counting(problem: OptimizationProblem) {
  const counts = { asked: [] as string[], fits: 0, scores: 0, improvements: 0 };
  const { model, rewardModel, policyTrainer } = problem;
  const counted: OptimizationProblem = {
    ...problem,
    model: askedModel(model, counts.asked),
    rewardModel: {
      describe: () => rewardModel.describe(),
      snapshot: () => rewardModel.snapshot(),
      restore: (snapshot) => rewardModel.restore(snapshot),
      fit: (...given) => {
        counts.fits += 1;
        return rewardModel.fit(...given);
      },
      score: (...given) => {
        counts.scores += 1;
        return rewardModel.score(...given);
      },
      scoreHeldOut: (...given) => {
        counts.scores += 1;
        return rewardModel.scoreHeldOut(...given);
      },
    },
    ...(policyTrainer && {
      policyTrainer: {
        improve: (...given) => {
          counts.improvements += 1;
          return policyTrainer.improve(...given);
        },
      },
    }),
  };
  return { problem: counted, counts };
}

function askedModel(model: ChatModel, asked: string[]): ChatModel {
  return {
    id: model.id,
    deterministic: model.deterministic,
    ...(model.writesPrompts !== undefined && { writesPrompts: model.writesPrompts }),
    ...(model.slots !== undefined && { slots: model.slots }),
    complete: (messages, parameters, ...rest) => {
      asked.push(JSON.stringify([messages, parameters]));
      return model.complete(messages, parameters, ...rest);
    },
  };
}

/** Samples, writes prompts when asked for some, and fails now and then: by itself or by an engine. */
export function unreliable(): ChatModel {
  const words = wordModel(false);
  const model = modelThat(() => '', false);
  return {
    ...model,
    writesPrompts: true,
    async complete(messages, parameters, signal) {
      const fate = randomStream('fate', JSON.stringify([messages, parameters])).uniform();
      if (fate < 0.02) throw new Error('no answer');
      if (fate < 0.04) throw new ModelError('too-long', 'Too long.', 'Shorten it.', false);
      if (!messages[0]!.content.startsWith('You improve prompts')) {
        return words.complete(messages, parameters, signal);
      }
      const lines = [NAMES, POLITE, REVERSE, `Take number ${hash32(String(fate)) % 7}.`];
      const text = lines.map((line) => `<PROMPT>Pick words.\n${line}</PROMPT>`).join('\n');
      return { text, finishReason: 'stop', usage: { promptTokens: 50, completionTokens: 9 } };
    },
  };
}

/** As texts first: that takes a tenth of the time, and logs are long. */
export function expectSameLog(log: readonly unknown[], expected: readonly unknown[]): void {
  if (JSON.stringify(log) !== JSON.stringify(expected)) expect(log).toEqual(expected);
}
