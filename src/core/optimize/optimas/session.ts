/** The mutable state of one Optimas run, shared by the stages of the loop. */
import { randomStream, shuffled } from '../../random/stream';
import type { FeatureMap } from '../../reward/feature-map';
import { TextFeatures } from '../../reward/features';
import type { RolloutGroup } from '../../reward/preference-pair';
import type { RewardSnapshot } from '../../reward/reward-model';
import { Budget } from '../../run/budget';
import type { Phase, RunEvent } from '../../run/run-event';
import type { ChatModel } from '../../system/chat-model';
import type { Component } from '../../system/component';
import { initialConfiguration, type Example } from '../../system/compound-system';
import { valueKey, type Configuration, type SlotValue } from '../../system/configuration';
import { Executor, type ExecutionOptions, type LocalSelector } from '../../system/execute';
import { isRouted } from '../../system/slots/choice';
import type { Trace } from '../../system/trace';
import { RecentGaps } from '../component-choice';
import type { OptimizationProblem } from '../optimizer';
import { ReplayBuffer } from '../replay-buffer';
import type { OptimasOptions } from './options';

export class OptimasSession {
  readonly executor: Executor;
  /** Counts what measurements on test examples take; unlimited, no decision depends on them. */
  readonly measurement: Budget;
  readonly features: FeatureMap;
  readonly replay: ReplayBuffer;
  readonly gaps = new RecentGaps();
  /** Components that have something to optimise. */
  readonly searchable: readonly Component[];
  /** Train examples in a seeded order: stage 1 takes them from the front. */
  readonly trainOrder: readonly Example[];
  readonly validation: readonly Example[];
  /** Keys of values that failed validation, by slot; forgotten when the system changes. */
  readonly #rejected = new Map<string, Set<string>>();
  /** Components whose head earned trust at the latest fit. */
  readonly trusted = new Set<string>();
  /** Components whose every value was scored without finding a better one, by the present heads. */
  readonly exhausted = new Set<string>();
  /** Groups rolled out since the configuration first changed, by component: they show the drift. */
  readonly sinceChange = new Map<string, RolloutGroup[]>();
  /** Whether the final configuration was confirmed as a component-wise maximum. */
  confirmed = false;
  /** The heads as stage 1 left them. */
  frozen: RewardSnapshot | null = null;
  /** Picks outputs by the heads, once there are any. */
  selector: LocalSelector | undefined;
  readonly #folds: ReadonlyMap<string, number>;
  configuration: Configuration;
  validationTraces: readonly Trace[] = [];
  /** Of which model the validation traces are: a value of `reign`. */
  validatedIn = 1;
  /** Train examples whose rollouts were collected in stage 1. */
  rolledOut: Example[] = [];
  iteration = 0;
  changes = { accepted: 0, rejected: 0 };

  readonly options: OptimasOptions;

  constructor(
    readonly problem: OptimizationProblem,
    options: OptimasOptions,
  ) {
    this.options = withProposals(options, problem.model);
    const { system, model, seed, data } = problem;
    this.features = problem.features ?? new TextFeatures();
    this.executor = new Executor(system, model, seed);
    this.measurement = new Budget(Infinity, system.components.length);
    this.replay = new ReplayBuffer(options.replayPairs);
    this.searchable = system.components.filter((c) => Object.keys(c.slots).length > 0);
    this.trainOrder = shuffled(data.train, randomStream(seed, 'train order'));
    this.validation = shuffled(data.validation, randomStream(seed, 'validation sample')).slice(
      0,
      options.validationExamples,
    );
    this.#folds = new Map(this.trainOrder.map(({ id }, i) => [id, i % options.folds]));
    this.configuration = initialConfiguration(system);
  }

  /** Options of an execution that spends from the run's budget. */
  get execution(): ExecutionOptions {
    const { budget, signal } = this.problem;
    const { configuration, selector } = this;
    return { configuration, budget, ...(signal && { signal }), ...(selector && { selector }) };
  }

  /** Options of an execution on test examples, outside the budget. */
  get measuring(): ExecutionOptions {
    return { ...this.execution, budget: this.measurement };
  }

  /** 1 where nothing downstream samples: a second rollout would repeat the first. */
  get rollouts(): number {
    return this.problem.model.deterministic ? 1 : this.options.rollouts;
  }

  /** Executions that are started before the first of them has ended: enough to fill every slot. */
  get ahead(): number {
    const slots = this.problem.model.slots ?? 1;
    return slots === 1 ? 1 : 2 * slots;
  }

  /** Number of models that have answered so far: raised when the model is replaced during the run. */
  get reign(): number {
    return this.executor.models.length;
  }

  /** Fold of a train example, fixed by its place in the order. */
  foldOf(exampleId: string): number {
    return this.#folds.get(exampleId) ?? 0;
  }

  rejectedValues(component: string, slot: string): ReadonlySet<string> {
    return this.#rejected.get(`${component}/${slot}`) ?? new Set();
  }

  reject(component: string, slot: string, value: SlotValue): void {
    const key = `${component}/${slot}`;
    this.#rejected.set(key, new Set([...this.rejectedValues(component, slot), valueKey(value)]));
  }

  accept(configuration: Configuration): void {
    this.move(configuration);
    this.changes.accepted += 1;
  }

  /** What was found out about other values held for the configuration before. */
  move(configuration: Configuration): void {
    this.configuration = configuration;
    this.forgetValues();
  }

  /** The system is another one, and values that failed before may not fail now. */
  forgetValues(): void {
    this.#rejected.clear();
    this.exhausted.clear();
  }

  /** Whether an equal execution gives an equal trace: neither sampled nor routed by moving heads. */
  get repeatable(): boolean {
    return (
      this.problem.model.deterministic &&
      !Object.values(this.configuration).some((slots) => Object.values(slots).some(isRouted))
    );
  }

  /** Number of strict pairs by component. */
  pairCounts(): Record<string, number> {
    return Object.fromEntries(
      this.searchable.map(({ name }) => [name, this.replay.pairCount(name)]),
    );
  }

  progress(phase: Phase, done: number, total: number, unit: string, component?: string): RunEvent {
    const { spent } = this.problem.budget;
    const { spent: measured } = this.measurement;
    const told = { type: 'progress', phase, done, total, unit, spent, measured } as const;
    return { ...told, ...(component && { component }) };
  }
}

/** `auto` proposals: a model that can write prompts does, beside the edit operators. */
function withProposals(options: OptimasOptions, model: ChatModel): OptimasOptions {
  if (options.proposals !== 'auto') return options;
  return { ...options, proposals: model.writesPrompts === true ? 'mixed' : 'edits' };
}
