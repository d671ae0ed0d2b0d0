/** The mutable state of one Optimas run, shared by the stages of the loop. */
import { randomStream, shuffled } from '../../random/stream';
import { TextFeatures } from '../../reward/features';
import { Budget } from '../../run/budget';
import type { Phase, RunEvent } from '../../run/run-event';
import type { Component } from '../../system/component';
import { initialConfiguration, type Example } from '../../system/compound-system';
import type { Configuration, SlotValue } from '../../system/configuration';
import { Executor, type ExecutionOptions } from '../../system/execute';
import type { Trace } from '../../system/trace';
import { RecentGaps } from '../component-choice';
import type { OptimizationProblem } from '../optimizer';
import { ReplayBuffer } from '../replay-buffer';
import type { OptimasOptions } from './options';

export class OptimasSession {
  readonly executor: Executor;
  /** Counts what measurements on test examples take; unlimited, no decision depends on them. */
  readonly measurement: Budget;
  readonly features = new TextFeatures();
  readonly replay: ReplayBuffer;
  readonly gaps = new RecentGaps();
  /** Components that have something to optimise. */
  readonly searchable: readonly Component[];
  /** Train examples in a seeded order: stage 1 takes them from the front. */
  readonly trainOrder: readonly Example[];
  readonly validation: readonly Example[];
  /** Values that failed validation, by component and slot; forgotten when the system changes. */
  readonly rejected = new Map<string, Set<SlotValue>>();
  /** Components whose head earned trust at the latest fit. */
  readonly trusted = new Set<string>();
  readonly #folds: ReadonlyMap<string, number>;
  configuration: Configuration;
  validationTraces: readonly Trace[] = [];
  /** Train examples whose rollouts were collected in stage 1. */
  rolledOut: Example[] = [];
  iteration = 0;
  changes = { accepted: 0, rejected: 0 };

  constructor(
    readonly problem: OptimizationProblem,
    readonly options: OptimasOptions,
  ) {
    const { system, model, seed, data } = problem;
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
    return { configuration: this.configuration, budget, ...(signal && { signal }) };
  }

  /** Options of an execution on test examples, outside the budget. */
  get measuring(): ExecutionOptions {
    return { ...this.execution, budget: this.measurement };
  }

  /** 1 where nothing downstream samples: a second rollout would repeat the first. */
  get rollouts(): number {
    return this.problem.model.deterministic ? 1 : this.options.rollouts;
  }

  /** Fold of a train example, fixed by its place in the order. */
  foldOf(exampleId: string): number {
    return this.#folds.get(exampleId) ?? 0;
  }

  rejectedValues(component: string, slot: string): Set<SlotValue> {
    const key = `${component}/${slot}`;
    const known = this.rejected.get(key) ?? new Set();
    this.rejected.set(key, known);
    return known;
  }

  progress(phase: Phase, done: number, total: number, unit: string, component?: string): RunEvent {
    const { spent } = this.problem.budget;
    return { type: 'progress', phase, done, total, unit, spent, ...(component && { component }) };
  }
}
