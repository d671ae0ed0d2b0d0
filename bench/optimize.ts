/**
 * `npm run optimize`: an Optimas run without a browser, on the same core as the page.
 * Exit codes: 0 finished, 1 the run or the data failed, 2 the command line is wrong.
 */
import { open, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  checkNames,
  engineFor,
  loadWorkload,
  startRun,
  UnknownNameError,
  workloadOn,
  type ImportedRows,
} from '../src/compose/catalogue';
import type { CompoundSystem } from '../src/core/system/compound-system';
import type { MeasureOptions } from '../src/core/optimize/measure-configuration';
import { featuresOf } from '../src/core/reward/saved-rewards';
import { needsRewards } from '../src/core/system/configuration';
import { ConfigurationError, readConfiguration } from '../src/core/system/read-configuration';
import { EMPTY_RUN, fold, type RunState } from '../src/core/run/fold';
import type { RunResult } from '../src/core/run/run-event';
import { UnknownFeaturesError } from '../src/learning/feature-maps';
import { DataError } from '../src/data/data-error';
import { importFile } from '../src/data/import-file';
import { nodeCodeRunner } from '../src/sandbox/node';
import { TensorPolicyTrainer } from '../src/learning/policy-trainer';
import { openaiModel } from '../src/engines/openai';
import type { NamedModel } from '../src/engines/several';
import { ModelError } from '../src/core/system/chat-model';
import {
  HELP,
  parseCommandLine,
  UsageError,
  type CommandLine,
  type ServerLine,
} from './command-line';
import { nodeFeatures, nodeRewards } from './node-rewards';
import { progressOn } from './progress';
import { extendPaces, progressLine, summary, type Paces } from './report';

const progress = progressOn();

async function optimizeFrom(options: CommandLine): Promise<number> {
  const started = performance.now();
  const { system } = options;
  const rows =
    options.data === undefined ? undefined : await readRows(options.data, system, options.columns);
  const seconds = (): number => (performance.now() - started) / 1000;
  const shipped = await loadWorkload({
    system,
    code: nodeCodeRunner(),
    watch: {
      onProgram: (done, total) =>
        progress.show(() => `Running programs for the reference scores: ${done} of ${total}`),
    },
    ...(rows && { rows }),
  });
  const model = engineFor(shipped, options.server ? serverModels(options.server) : []);
  const workload = workloadOn(shipped, model);
  const measure =
    options.configuration === undefined
      ? undefined
      : await readConfigurationFile(options.configuration, workload.system);
  const own = featuresOf(measure?.localRewards);
  const features = nodeFeatures(own ?? options.features);
  const rewardModel = await nodeRewards(
    workload.system.components.map(({ name }) => name),
    options.backend,
    features.d,
  );
  let state: RunState = EMPTY_RUN;
  let paces: Paces = { budget: [] };
  for await (const event of startRun(workload, {
    ...options,
    measure,
    ...(model && { model }),
    rewardModel,
    features,
    policyTrainer: new TensorPolicyTrainer(),
  })) {
    state = fold(state, event);
    paces = extendPaces(paces, { at: performance.now(), event });
    progress.show(() => progressLine(state, paces));
  }
  progress.clear();
  if (state.result === undefined) {
    process.stderr.write(`${state.error?.message ?? 'The run ended early.'}\n`);
    if (state.error) process.stderr.write(`${state.error.hint}\n`);
    return 1;
  }
  await output(state, state.result, seconds(), options.json);
  return 0;
}

function serverModels({ baseUrl, models, slots, keyVariable }: ServerLine): NamedModel[] {
  const key = keyVariable === undefined ? undefined : process.env[keyVariable];
  if (keyVariable !== undefined && !key) {
    throw new UsageError(`the environment variable ${keyVariable} is not set`);
  }
  return models.map((name) => ({
    name,
    model: openaiModel({ baseUrl, model: name, slots, ...(key && { key }) }),
  }));
}

/** @param mapping of the columns of the user's that do not say by their names what they are */
async function readRows(
  path: string,
  system: string,
  mapping: CommandLine['columns'],
): Promise<ImportedRows> {
  const file = await open(path).catch(refuse);
  try {
    if ((await file.stat()).isDirectory()) throw new DataError('cannot read it: it is a folder');
    const { rows, notes } = await importFile(file.readableWebStream({ type: 'bytes' }), {
      system,
      ...(mapping && { mapping }),
    });
    return { name: basename(path), records: rows, notes };
  } catch (error) {
    if (!(error instanceof DataError)) return refuse(error);
    // A column that is not found is said by name in the page; here it takes an option.
    if (error.field === undefined || error.line !== undefined) throw error;
    throw new DataError(`${error.problem}: --column ${error.field}=COLUMN`);
  } finally {
    await file.close();
  }
}

async function readConfigurationFile(
  path: string,
  system: CompoundSystem,
): Promise<MeasureOptions> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new ConfigurationError(unreadable(error));
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`it is no JSON: ${(error as Error).message}`);
  }
  const configuration = readConfiguration(system, value);
  if (!needsRewards(configuration)) return { configuration };
  return { configuration, localRewards: (value as Partial<MeasureOptions>).localRewards };
}

function refuse(error: unknown): never {
  throw new DataError(unreadable(error));
}

function unreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
  return `cannot read it: ${reason}`;
}

async function output(
  state: RunState,
  result: RunResult,
  seconds: number,
  target: string | undefined,
): Promise<void> {
  const json = `${JSON.stringify({ ...result, budget: { ...result.budget, seconds } }, null, 2)}\n`;
  if (target === '-') {
    process.stdout.write(json);
    return;
  }
  if (target !== undefined) await writeFile(target, json);
  process.stdout.write(`${summary(state, result, seconds)}\n`);
  if (target !== undefined) process.stdout.write(`Written to ${target}.\n`);
}

async function main(args: readonly string[]): Promise<number> {
  let data = '';
  let configuration = '';
  try {
    const options = parseCommandLine(args);
    if (options === 'help') {
      process.stdout.write(HELP);
      return 0;
    }
    data = options.data ?? '';
    configuration = options.configuration ?? '';
    checkNames(options.system, options.engine);
    return await optimizeFrom(options);
  } catch (error) {
    progress.clear();
    if (
      error instanceof UsageError ||
      error instanceof UnknownNameError ||
      error instanceof UnknownFeaturesError
    ) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof ConfigurationError) {
      process.stderr.write(`${configuration}: ${error.message}\n`);
      return 1;
    }
    if (error instanceof DataError) {
      process.stderr.write(`${data}: ${error.message}\n`);
      return 1;
    }
    if (error instanceof ModelError) {
      process.stderr.write(`${error.message}\n${error.advice}\n`);
      return 1;
    }
    throw error;
  }
}

process.exitCode = await main(process.argv.slice(2));
