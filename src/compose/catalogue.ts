/**
 * Which systems and engines there are, and how they are joined: the one place that workers and
 * headless commands build a run from.
 */
import { optimas } from '../core/optimize/optimas/optimas';
import type { OptimasOptions } from '../core/optimize/optimas/options';
import { measureConfiguration, type MeasureOptions } from '../core/optimize/measure-configuration';
import type { DataSplits, OptimizationProblem, Optimizer } from '../core/optimize/optimizer';
import { randomStream, shuffled } from '../core/random/stream';
import type { PolicyTrainer } from '../core/policy/policy';
import type { FeatureMap } from '../core/reward/feature-map';
import type { RewardModel } from '../core/reward/reward-model';
import { Budget } from '../core/run/budget';
import type { RunEvent } from '../core/run/run-event';
import type { ChatModel } from '../core/system/chat-model';
import type { CompoundSystem } from '../core/system/compound-system';
import { reader } from '../engines/reader';
import { readerDirectives } from '../engines/reader/directives';
import { severalModels, type NamedModel } from '../engines/several';
import type {
  CodeRunner,
  ReferenceWatch,
  Surroundings,
  SystemData,
  SystemModule,
} from '../systems/system-module';
import { SYSTEMS, systemNamed, type ImportedRows } from './systems';
import { referenceScores, type ReferenceScores } from './reference-scores';
import { runOptions, type NamedOptions } from './run-options';
import { UnknownNameError } from './unknown-name';

export { UnknownNameError } from './unknown-name';

export { SYSTEMS, type ImportedRows, type SystemName } from './systems';
/** What the headless command can run a system on; the page has its own models besides. */
export const ENGINES = ['reader', 'openai'] as const;
export const DEFAULT_BUDGET = 400;

/** A system with its data, ready to be optimised or shown. */
export interface Workload {
  readonly module: SystemModule;
  readonly system: CompoundSystem;
  readonly data: SystemData;
  readonly references: ReferenceScores;
  readonly code: CodeRunner;
}

/** What a workload is made of. */
export interface WorkloadParts {
  /** Default: the first. */
  readonly system?: string;
  /** Rows of a data file in place of the shipped data. */
  readonly rows?: ImportedRows;
  /** Where generated programs run; a system that needs none never asks for it. */
  readonly code?: CodeRunner;
  /** Of the measurement of its references. */
  readonly watch?: ReferenceWatch;
}

/** @throws UnknownNameError */
export function checkNames(system: string, engine: string): void {
  systemNamed(system);
  if (!(ENGINES as readonly string[]).includes(engine)) {
    throw new UnknownNameError('engine', engine, ENGINES);
  }
}

/**
 * @throws UnknownNameError
 * @throws DataError when the rows cannot be used
 */
export async function loadWorkload(parts: WorkloadParts = {}): Promise<Workload> {
  const { system = SYSTEMS[0], rows, code = NO_CODE, watch } = parts;
  const entry = systemNamed(system);
  const module = await entry.module();
  const data = rows === undefined ? await module.shipped() : await entry.read(rows);
  const around = surroundings(chatModel(), code);
  return {
    module,
    data,
    code,
    system: module.system(data, around),
    references: referenceScores(
      async (splits, told) => module.references({ ...data, splits }, around, told),
      data.splits,
      watch,
    ),
  };
}

/** The same workload for prompts that run on another model than the reader. */
export function workloadOn(workload: Workload, model: ChatModel | undefined): Workload {
  if (model === undefined) return workload;
  const { module, data, code } = workload;
  return { ...workload, system: module.system(data, surroundings(model, code)) };
}

/**
 * What the prompts of a workload run on: the first model, or all of them where the system chooses.
 * Beside a single model of the user's such a system is offered the reader's variants.
 * @param named the user's models
 * @returns `undefined` for the reader, where there are none
 */
export function engineFor(
  { module }: Workload,
  named: readonly NamedModel[],
): ChatModel | undefined {
  const [first] = named;
  if (first === undefined || module.choosesModels !== true) return first?.model;
  const variants = named.length > 1 ? [] : [{ name: 'reader', model: chatModel() }];
  const names = [...named, ...variants].flatMap(({ name, model }) => model.models ?? [name]);
  // Names are the user's and say nothing for sure; ids do.
  const plain = new Set(names).size === names.length;
  const own = plain ? named : named.map(({ model }) => ({ name: model.id, model }));
  return severalModels([...own, ...variants]);
}

function surroundings(model: ChatModel, code: CodeRunner): Surroundings {
  return {
    directives: (field) =>
      readerDirectives
        .filter(({ tasks }) => (tasks as readonly string[]).includes(field))
        .map(({ sentence }) => sentence),
    models: model.models ?? [model.id],
    pools: model === readerModel,
    code,
  };
}

const NO_CODE: CodeRunner = {
  run: () => Promise.reject(new Error('there is no sandbox to run programs in')),
};

/** Every sentence the engine documents, once. */
export function knownDirectives(): string[] {
  return [...new Set(readerDirectives.map(({ sentence }) => sentence))];
}

let readerModel: ChatModel | undefined;

/** The rule-based model, made once: its caches outlive a run. */
export function chatModel(): ChatModel {
  return (readerModel ??= reader());
}

export interface RunSettings {
  /** What the prompts run on. Default: the reader. */
  readonly model?: ChatModel;
  readonly seed: number;
  /** System runs. */
  readonly budget: number;
  readonly rewardModel: RewardModel;
  /** φ of the dimension that the reward model was made for. */
  readonly features: FeatureMap;
  readonly policyTrainer?: PolicyTrainer;
  readonly mode: string;
  readonly options?: NamedOptions;
  /** Only measures a configuration beside the initial one. */
  readonly measure?: MeasureOptions | undefined;
  readonly signal?: AbortSignal;
}

/** A run that has not started: what `optimas` is called with. */
export interface PreparedRun {
  readonly problem: OptimizationProblem;
  readonly options: OptimasOptions;
  readonly measure?: MeasureOptions;
}

/**
 * An Optimas run of a workload, not yet started.
 * @throws UnknownNameError for a mode or an option that does not exist
 */
export async function* startRun(
  workload: Workload,
  settings: RunSettings,
): AsyncGenerator<RunEvent, void, void> {
  yield* play(await prepareRun(workload, settings));
}

export function play({
  problem,
  options,
  measure,
}: PreparedRun): AsyncGenerator<RunEvent, void, void> {
  if (measure !== undefined) return measureConfiguration(problem, measure);
  const optimize: Optimizer<Partial<OptimasOptions>> = optimas;
  return optimize(problem, options);
}

/**
 * @throws UnknownNameError for a mode or an option that does not exist
 * @throws Error when the references cannot be measured
 */
export async function prepareRun(
  { system, data, references }: Workload,
  settings: RunSettings,
): Promise<PreparedRun> {
  const { model, seed, budget, mode, rewardModel, features, policyTrainer, signal } = settings;
  const options = runOptions(mode, settings.options);
  checkBestOf(system, options);
  const splits = withTests(data.splits, settings.options?.testExamples, seed);
  const problem: OptimizationProblem = {
    system,
    data: splits,
    dataName: data.name,
    references: await references(splits),
    engine: model?.id ?? 'reader',
    model: model ?? chatModel(),
    rewardModel,
    features,
    mode,
    ...(policyTrainer && { policyTrainer }),
    seed,
    budget: new Budget(budget, system.components.length),
    ...(signal && { signal }),
  };
  const { measure } = settings;
  return { problem, options, ...(measure && { measure }) };
}

/** The splits with at most `most` test examples: which ones depends on the seed alone. */
function withTests(splits: DataSplits, most: number | undefined, seed: number): DataSplits {
  if (most === undefined || most >= splits.test.length) return splits;
  const drawn = shuffled(splits.test, randomStream(seed, 'test examples')).slice(0, most);
  return { ...splits, test: drawn };
}

function checkBestOf(system: CompoundSystem, { bestOf }: OptimasOptions): void {
  const names = system.components.map(({ name }) => name);
  const unknown = Object.keys(bestOf).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UnknownNameError('component', unknown, names);
}
