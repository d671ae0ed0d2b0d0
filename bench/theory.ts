/**
 * `npm run theory`: what the theorems of arXiv 2507.03041 say, checked on systems whose optima are
 * known exactly. Exit codes: 0 finished, 1 a run failed or a file could not be
 * written, 2 the command line is wrong.
 */
import { writeFile } from 'node:fs/promises';
import type { RewardModelFactory } from '../src/core/theory/alignment-report';
import { enumerableDump } from '../src/core/theory/dump';
import { enumerableSystem } from '../src/core/theory/enumerable-system';
import { learnedLoop } from '../src/core/theory/learned-loop';
import { tableRewards } from '../src/core/theory/table-rewards';
import type { RewardHeads } from '../src/learning/reward-heads';
import { UsageError } from './command-line';
import { nodeRewards } from './node-rewards';
import { progressOn } from './progress';
import {
  parseTheoryCommandLine,
  THEORY_HELP,
  type HeadsName,
  type TheoryCommandLine,
} from './theory-command-line';
import { convergenceSpecs, reportTexts, theoryReports } from './theory-reports';

function rewardModels(heads: HeadsName): RewardModelFactory {
  if (heads === 'table') return (_components, d) => Promise.resolve(tableRewards(d));
  let last: RewardHeads | undefined;
  return async (components, d) => {
    // One is used at a time; the tensors of the one before are freed.
    last?.dispose();
    return (last = await nodeRewards(components, 'wasm', d));
  };
}

const progress = progressOn();

async function dump(options: TheoryCommandLine, path: string): Promise<void> {
  const spec = convergenceSpecs({ ...options, systems: options.index + 1 })[options.index]!;
  const enumerable = enumerableSystem(spec);
  const run = await learnedLoop(enumerable, {
    limit: options.budget,
    seed: options.seed,
    rewardModel: rewardModels(options.heads),
  });
  const visits = run.path.map(({ indices, measured }) => ({
    indices,
    ...(measured !== null && { measured }),
  }));
  const text = JSON.stringify(enumerableDump(enumerable, visits));
  await writeFile(path, `${text}\n`);
  process.stderr.write(
    `${enumerable.problem.configurations} configurations and a path of ${visits.length} written to ${path}.\n`,
  );
}

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseTheoryCommandLine(args);
    if (options === 'help') {
      process.stdout.write(THEORY_HELP);
      return 0;
    }
    if (options.dump !== undefined) {
      await dump(options, options.dump);
      return 0;
    }
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    const reports = await theoryReports({
      ...options,
      rewardModel: rewardModels(options.heads),
      progress: (report, done, total) =>
        progress.show(() => `${report}: ${done} of ${total}, ${seconds().toFixed(0)} s`),
    });
    progress.clear();
    const { heads, seed, budget } = options;
    const json = `${JSON.stringify({ heads, seed, budget, ...reports, seconds: seconds() }, null, 2)}\n`;
    if (options.json === '-') process.stdout.write(json);
    else process.stdout.write(`${reportTexts(reports)}${seconds().toFixed(1)} s, ${heads} heads\n`);
    if (options.json !== undefined && options.json !== '-') await writeFile(options.json, json);
    return 0;
  } catch (error) {
    progress.clear();
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
