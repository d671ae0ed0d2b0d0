/** A client without workers for tests: records what it is asked and lets the test answer. */
import type {
  ConfigurationOutcome,
  InterruptedRun,
  LoadOutcome,
  RunListener,
  RunModelName,
  RunRequest,
  StampedEvent,
  SystemSummary,
} from '../../clients/run-client';
import type { References } from '../../core/run/references';
import { RUN_LOG_VERSION, type RunEvent } from '../../core/run/run-event';
import type { RunPlayerClient } from '../client-slot';
import type { ModelDescription, ModelFailure, ModelOutcome } from '../models/model-client';

export const SUMMARY: SystemSummary = {
  name: 'two-step',
  title: 'Two steps',
  description: 'Searches, then answers.',
  metric: 'F1',
  inputs: ['question'],
  output: 'answer',
  components: [
    {
      name: 'searcher',
      description: 'Searches.',
      inputs: ['question'],
      output: 'passages',
      slots: { k: { kind: 'number', initial: 1, options: [1, 2, 3] } },
    },
    {
      name: 'answerer',
      description: 'Answers.',
      inputs: ['question', 'passages'],
      output: 'answer',
      slots: { prompt: { kind: 'prompt', initial: 'Answer.', directives: ['Be short.'] } },
    },
  ],
  directives: ['Be short.'],
  edges: [{ from: 'searcher', to: 'answerer', field: 'passages' }],
  data: {
    name: 'shipped',
    counts: { passages: 9 },
    train: 3,
    validation: 2,
    test: 4,
    notes: [],
    samples: [],
  },
  choosesModels: false,
  help: { about: 'A test.', lookFor: [], tryOut: [], data: 'Invented.' },
};

export const REFERENCES: References = { chance: null, majority: 0.25, heuristic: null };

export const DESCRIPTION: ModelDescription = {
  id: 'wllama:small@1',
  deterministic: true,
  slots: 1,
  usesGpu: false,
  embeds: false,
};

export const spent = (systemRuns: number) => ({
  systemRuns,
  modelCalls: 0,
  cacheHits: 0,
  tokens: 0,
});

export function startedEvent(limit = 400): RunEvent {
  return {
    type: 'run.started',
    version: RUN_LOG_VERSION,
    system: SUMMARY.name,
    engine: 'reader',
    method: 'optimas',
    mode: 'default',
    features: 'dense',
    seed: 1,
    limit,
    metric: SUMMARY.metric,
    components: SUMMARY.components,
    configuration: { searcher: { k: 1 }, answerer: { prompt: 'Answer.' } },
    examples: { train: 3, validation: 2, test: 4 },
    references: { chance: null, majority: 0.1, heuristic: 0.2 },
    rewardModel: { backend: 'cpu', measured: { cpu: 1 }, reason: 'It is a test.' },
  };
}

export function progressAt(at: number, systemRuns: number): StampedEvent {
  return {
    at,
    event: {
      type: 'progress',
      phase: 'rollouts',
      done: systemRuns,
      total: 160,
      unit: 'system runs',
      spent: spent(systemRuns),
    },
  };
}

export class FakeClient implements RunPlayerClient {
  readonly calls: string[] = [];
  readonly requests: {
    request: RunRequest;
    paused: boolean;
    models: readonly RunModelName[];
  }[] = [];
  /** Runs that broke off in earlier visits. */
  broken: readonly InterruptedRun[] = [];
  present: SystemSummary = SUMMARY;
  outcome: LoadOutcome = { ok: true, summary: SUMMARY };
  measured: Promise<References | undefined> = Promise.resolve(REFERENCES);
  configurationOutcome: ConfigurationOutcome = {
    ok: true,
    measure: { configuration: { searcher: { k: 2 } } },
  };
  modelOutcome: ModelOutcome<ModelDescription> = { ok: true, value: DESCRIPTION };
  failure: Error | undefined;

  constructor(readonly listener: RunListener) {}

  async summary(system: string): Promise<SystemSummary> {
    this.#called(`summary ${system}`);
    return this.present;
  }
  async useRows(rows: File): Promise<LoadOutcome> {
    this.#called(`useRows ${rows.name}`);
    return this.outcome;
  }
  async references(): Promise<References | undefined> {
    return this.measured;
  }
  async readConfiguration(text: string): Promise<ConfigurationOutcome> {
    this.#called(`readConfiguration ${text}`);
    return this.configurationOutcome;
  }
  async useShippedData(): Promise<SystemSummary> {
    this.#called('useShippedData');
    return this.present;
  }
  async setModel(
    _: MessagePort,
    { name }: RunModelName,
    insteadOf?: string,
  ): Promise<ModelOutcome<ModelDescription>> {
    this.#called(`setModel ${name}${insteadOf === undefined ? '' : ` instead of ${insteadOf}`}`);
    return this.modelOutcome;
  }
  async loseModel(key: string, failure: ModelFailure): Promise<void> {
    this.#called(`loseModel ${key} ${failure.problem}`);
  }
  async start(
    request: RunRequest,
    paused = false,
    models: readonly RunModelName[] = [],
  ): Promise<void> {
    this.#called('start');
    this.requests.push({ request, paused, models });
  }
  async interrupted(): Promise<readonly InterruptedRun[]> {
    this.#called('interrupted');
    return this.broken;
  }
  async continueRun(id: string): Promise<void> {
    this.#called(`continueRun ${id}`);
  }
  async discard(id: string): Promise<void> {
    this.#called(`discard ${id}`);
  }
  async cachedCalls() {
    return { entries: 0, bytes: 0, limitBytes: 0, hits: 0 };
  }
  async clearCachedCalls(): Promise<void> {
    this.#called('clearCachedCalls');
  }
  async pause(): Promise<void> {
    this.#called('pause');
  }
  async resume(): Promise<void> {
    this.#called('resume');
  }
  async step(): Promise<void> {
    this.#called('step');
  }
  async stop(): Promise<void> {
    this.#called('stop');
  }
  dispose(): void {
    this.calls.push('dispose');
  }

  #called(name: string): void {
    this.calls.push(name);
    if (this.failure) throw this.failure;
  }
}
