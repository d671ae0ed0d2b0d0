/**
 * `npm run pairs`: one reward head, trained and measured on a file of published preference pairs.
 * Exit codes: 0 finished, 1 the data failed, 2 the command line is wrong.
 */
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { DataError } from '../src/data/data-error';
import { preferencePairs, type LeftOut, type TextPair } from '../src/data/preference-pairs';
import { FEATURE_COUNT } from '../src/core/reward/features';
import { AnswerFeatures } from '../src/core/reward/features-answer';
import { featureMap } from '../src/learning/feature-maps';
import { evaluatePairs, type Measured, type PairFeatures } from '../src/learning/pair-evaluation';
import { OnePromptError } from '../src/learning/pair-evaluation-split';
import { UsageError } from './command-line';
import { nodeEncoder } from './node-encoder';
import { nodeRewards } from './node-rewards';
import {
  HELP,
  parsePairsCommandLine,
  type PairFeaturesName,
  type PairsCommandLine,
} from './pairs-command-line';
import { progressOn } from './progress';

const progress = progressOn();

async function pairsFrom(options: PairsCommandLine): Promise<number> {
  const started = performance.now();
  const leftOut: LeftOut = { equal: 0 };
  const model = await nodeRewards(['answer'], 'wasm');
  const source = {
    train: await pairsOf(options.file, leftOut),
    ...(options.test !== undefined && { test: await pairsOf(options.test, leftOut) }),
  };
  const evaluation = await evaluatePairs(source, featuresNamed(options.features), {
    seed: options.seed,
    backend: await model.describe(),
    onProgress: (stage, count) => progress.show(() => `${stage}: ${count}`),
  });
  progress.clear();
  await output(options, {
    ...evaluation,
    features: options.features,
    seed: options.seed,
    seconds: (performance.now() - started) / 1000,
    skipped: { equal: leftOut.equal },
  });
  return 0;
}

function featuresNamed(name: PairFeaturesName): PairFeatures {
  if (name !== 'answer') {
    const map = featureMap(name, nodeEncoder);
    return {
      d: map.d,
      words: false,
      learnFrequencies: (texts) => map.learnFrequencies(texts),
      vectors: (items) => map.vectors(items),
      reference: (item) => map.reference(item),
    };
  }
  const answer = new AnswerFeatures();
  return {
    d: answer.d,
    core: FEATURE_COUNT,
    words: true,
    learnFrequencies: (texts) => answer.learnFrequencies(texts),
    // Each answer is seen once; remembering the vectors would double the memory.
    vectors: (items) => Promise.resolve(items.map((item) => answer.computed(item))),
    reference: (item) => answer.reference(item),
  };
}

/** Errors of one of two files must say which. */
class FileError extends Error {}

async function pairsOf(path: string, leftOut: LeftOut): Promise<AsyncIterable<TextPair>> {
  try {
    if ((await stat(path)).isDirectory()) throw new FileError(`${path}: it is a folder`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new FileError(
      `${path}: cannot read it: ${code === 'ENOENT' ? 'there is no such file' : code}`,
    );
  }
  return located(
    path,
    preferencePairs(createReadStream(path, { highWaterMark: 1 << 20 }), leftOut),
  );
}

async function* located(path: string, pairs: AsyncIterable<TextPair>): AsyncGenerator<TextPair> {
  try {
    yield* pairs;
  } catch (error) {
    throw error instanceof DataError ? new FileError(`${path}: ${error.message}`) : error;
  }
}

type Result = Awaited<ReturnType<typeof evaluatePairs>> &
  Pick<PairsCommandLine, 'features' | 'seed'> & {
    readonly seconds: number;
    readonly skipped: LeftOut;
  };

async function output({ json: target }: PairsCommandLine, result: Result): Promise<void> {
  const json = `${JSON.stringify(result, null, 2)}\n`;
  if (target === '-') {
    process.stdout.write(json);
    return;
  }
  if (target !== undefined) await writeFile(target, json);
  process.stdout.write(summary(result));
  if (target !== undefined) process.stdout.write(`Written to ${target}.\n`);
}

function summary({ pairs, prompts, train, heldOut, test, references, ...more }: Result): string {
  const line = (name: string, { accuracy, low, high, n }: Measured): string =>
    `  ${name.padEnd(34)}${accuracy.toFixed(3)}  [${low.toFixed(3)}, ${high.toFixed(3)}]  ${n} pairs\n`;
  return (
    `${pairs} pairs of ${prompts} prompts, features ${more.features}, seed ${more.seed}, ` +
    `${more.seconds.toFixed(1)} s; ${more.skipped.equal} rows with equal answers left out\n` +
    'Share of pairs in the right order, with its 95 % interval:\n' +
    line('test', test) +
    line('train, prompts not seen', heldOut) +
    line('train, seen', train) +
    line('test, the longer answer', references.longer) +
    line('test, overlap with the prompt', references.overlap)
  );
}

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parsePairsCommandLine(args);
    if (options === 'help') {
      process.stdout.write(HELP);
      return 0;
    }
    return await pairsFrom(options);
  } catch (error) {
    progress.clear();
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof FileError || error instanceof OnePromptError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

process.exitCode = await main(process.argv.slice(2));
