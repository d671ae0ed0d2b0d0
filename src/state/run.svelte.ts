/**
 * What the page knows and can ask for: the system and its data, a run and the controls of it, what
 * went wrong. The workers decide everything; here their reports are kept for drawing.
 */
import type {
  Activity,
  ConfigurationOutcome,
  DataProblem,
  InterruptedRun,
  PlayerStatus,
  RunModelName,
  StampedEvent,
  SystemSummary,
} from '../clients/run-client';
import { activityWords } from './activity';
import { LoadedSystem } from './loaded-system.svelte';
import { goesOn, settingsOf } from './interrupted-run';
import { InterruptedRuns } from './interrupted-runs.svelte';
import type { ChosenModel, ModelFailure } from './models/model-client';
import { nameOf, RunEngine, type Stall } from './run-engine.svelte';
import { ClientSlot, type RunClientFactory } from './client-slot';
import { overrides } from './run-choices';
import { RunRecord } from './run-record.svelte';
import { DEFAULT_SETTINGS, parseHash, settingProblem, type RunSettings } from './run-settings';

export type {
  DataProblem,
  DataSummary,
  InterruptedRun,
  PlayerStatus,
  References,
  RunModelName,
  SystemSummary,
} from '../clients/run-client';
export type { ModelFailure } from './models/model-client';
export type { RunState } from '../core/run/fold';
export type { ActivityWords } from './activity';
export type { RunLog } from './run-log';
export type { Pace } from './run-record.svelte';

/** Far more than any configuration takes: a larger file is something else. */
const MOST_CONFIGURATION_BYTES = 16 * 2 ** 20;

/**
 * @param choose whether further runs use it
 * @returns why the model could not be loaded
 */
export type LoadModel = (model: RunModelName, choose: boolean) => Promise<ModelFailure | undefined>;

export class RunPlayer {
  /** What is known of the present or latest run. */
  readonly record = new RunRecord();
  /** What runs are on. */
  readonly engine = new RunEngine();
  readonly interrupted = new InterruptedRuns();
  /** What runs are of. */
  readonly loaded: LoadedSystem;
  readonly #slot: ClientSlot;
  /** A run that starts with a step can take it only once it is prepared. */
  #stepOnceReady = false;

  #status = $state.raw<PlayerStatus>('idle');
  #settings = $state.raw<RunSettings>(DEFAULT_SETTINGS);
  #problems = $state.raw<readonly string[]>([]);
  #configurationProblem = $state.raw<string>();
  #activity = $state.raw<Activity>();
  #chosen = $state.raw<string>();
  #notices = $state.raw<readonly string[]>([]);
  readonly #hash: string;
  readonly #loadModel: LoadModel | undefined;

  /**
   * @param hash the page's URL hash, not trusted
   * @param loadModel loads a model that a run waits for
   */
  constructor(createClient: RunClientFactory, hash = '', loadModel?: LoadModel) {
    this.#loadModel = loadModel;
    this.#slot = new ClientSlot(createClient, {
      events: (batch) => this.#receive(batch),
      status: (status) => this.#follow(status),
      activity: (activity) => (this.#activity = activity),
      measuring: (activity) => this.loaded.measures(activity),
      stalled: (...stall) => this.engine.stalled(...stall),
      writing: (text) => this.engine.writes(text),
      continued: (...taken) => this.#continued(...taken),
      notice: (message) => this.#note(message),
      problem: (message) => this.#report(message, true),
    });
    this.loaded = new LoadedSystem({
      slot: this.#slot,
      chosen: () => this.#settings.system,
      guarded: (work) => this.#guarded(work),
      onOther: () => {
        this.#status = 'idle';
        this.record.clear();
      },
    });
    this.#hash = hash;
    this.#settings = this.#read(hash);
  }

  /** Preparing, running or paused: settings and data are fixed. */
  readonly underWay = $derived(['preparing', 'running', 'paused'].includes(this.#status));
  /** The component whose details are shown: the chosen one, or the first with a configuration. */
  readonly selected = $derived.by(() => {
    const components = this.summary?.components ?? this.record.state.started?.components ?? [];
    const chosen = components.find(({ name }) => name === this.#chosen);
    const searchable = components.find(({ slots }) => Object.keys(slots).length > 0);
    return (chosen ?? searchable ?? components[0])?.name;
  });

  /** What takes long inside the present step, in words; `undefined` where nothing does. */
  readonly activity = $derived.by(() => {
    if (!this.underWay) return undefined;
    if (this.#activity !== undefined) return activityWords(this.#activity);
    // A run begins when its references are there.
    return this.#status === 'preparing' ? this.loaded.measuring : undefined;
  });

  /** The end of what the language model is writing right now. */
  readonly writing = $derived(this.underWay ? this.engine.writing : undefined);
  /** Why the run stands still at its last event: a model of it is gone. */
  readonly stall: Stall | undefined = $derived(this.underWay ? this.engine.stall : undefined);
  /** What the prompts of the run under way are on, or of the next one; none for the reader. */
  readonly models: readonly RunModelName[] = $derived(
    this.underWay
      ? this.engine.names
      : this.engine.next(this.summary?.choosesModels === true).map(nameOf),
  );

  get status(): PlayerStatus {
    return this.#status;
  }
  /** `undefined` until the run worker has answered. */
  get summary(): SystemSummary | undefined {
    return this.loaded.summary;
  }
  get settings(): RunSettings {
    return this.#settings;
  }
  /** What broke or was not usable, as sentences for the visitor, oldest first. */
  get problems(): readonly string[] {
    return this.#problems;
  }
  /** What is worth knowing and stops nothing, as sentences. */
  get notices(): readonly string[] {
    return this.#notices;
  }
  /** Why the last file was refused; what was loaded before it still holds. */
  get dataProblem(): DataProblem | undefined {
    return this.loaded.problem;
  }
  /** Why the last configuration file was refused. */
  get configurationProblem(): string | undefined {
    return this.#configurationProblem;
  }
  /** Data are being read. */
  get loading(): boolean {
    return this.loaded.loading;
  }

  selectComponent(name: string): void {
    this.#chosen = name;
  }

  /** @returns what is wrong with the value; the settings then stay as they are */
  set<Name extends keyof RunSettings>(name: Name, value: RunSettings[Name]): string | undefined {
    const problem = settingProblem(name, value);
    if (problem === undefined && !this.underWay && value !== this.#settings[name]) {
      this.#settings = { ...this.#settings, [name]: value };
      if (name === 'system') void this.#switchSystem();
    }
    return problem;
  }

  /** Takes the settings of a link, unless a run is under way. */
  applyHash(hash: string): void {
    if (this.underWay) return;
    const { system } = this.#settings;
    this.#settings = this.#read(hash);
    if (this.#settings.system !== system) void this.#switchSystem();
  }

  #read(hash: string): RunSettings {
    const { settings, problems } = parseHash(hash, this.#settings);
    for (const problem of problems) this.#report(problem);
    return settings;
  }

  async #switchSystem(): Promise<void> {
    this.#configurationProblem = undefined;
    await this.loaded.switch();
  }

  /** Takes a loaded model for further runs, or the reader. */
  useModel(model: ChosenModel | undefined): void {
    this.engine.choose(model?.key);
    // Whether a run that waits goes on with another model is for the visitor to say.
    const foreign = model !== undefined && this.engine.placeOf(model.key) === undefined;
    if (this.underWay && foreign) this.engine.offer(model);
  }

  /** Hears which models are loaded, whenever that changes; a run takes those that it waits for. */
  async modelsLoaded(models: readonly ChosenModel[]): Promise<void> {
    this.engine.know(models);
    const client = this.#slot.current;
    if (!this.underWay || client === undefined) return;
    await this.#guarded(() => this.engine.joinLoaded(client));
  }

  /** The run that waits for its model goes on with the other one that is loaded. */
  async goOnWithOther(): Promise<void> {
    const client = this.#slot.current;
    if (client !== undefined) await this.#guarded(() => this.engine.joinOther(client));
  }

  /** The worker of a model ended: a run on it stands still until it is loaded again. */
  async loseModel(key: string, failure: ModelFailure): Promise<void> {
    if (!this.underWay || this.engine.placeOf(key) === undefined) return;
    await this.#slot.current?.loseModel(key, failure);
  }

  /** Starts the workers and asks what they would run. Call once the page is drawn. */
  async connect(): Promise<void> {
    await this.#guarded(async () => {
      const client = await this.loaded.ready();
      await this.interrupted.look(client);
      const { latest } = this.interrupted;
      if (latest === undefined || !goesOn(latest, this.#hash)) return;
      if (!this.interrupted.tries(latest)) return;
      await this.continueRun(latest);
    });
  }

  /** Takes up a run where it broke off. */
  async continueRun(run: InterruptedRun): Promise<void> {
    if (this.underWay) return;
    this.#stepOnceReady = false;
    this.#begin(run.models);
    await this.#guarded(async () => {
      const client = await this.loaded.ready();
      await this.engine.joinLoaded(client);
      this.interrupted.remove(run.id);
      await client.continueRun(run.id);
    });
    // Meanwhile the run goes its way back, which needs no model.
    for (const name of this.engine.unreached) if (this.underWay) await this.#reload(name);
  }

  async discard(run: InterruptedRun): Promise<void> {
    this.interrupted.remove(run.id);
    await this.#guarded(async () => (await this.loaded.ready()).discard(run.id));
  }

  async run(): Promise<void> {
    this.#stepOnceReady = false;
    if (!this.underWay) await this.#start(false);
  }

  async pause(): Promise<void> {
    await this.#guarded(() => this.#slot.current?.pause());
  }

  async resume(): Promise<void> {
    await this.#guarded(() => this.#slot.current?.resume());
  }

  /** One step further; from idle, the first step of a new run. */
  async step(): Promise<void> {
    if (this.underWay) {
      await this.#guarded(() => this.#slot.current?.step());
    } else {
      this.#stepOnceReady = true;
      await this.#start(true);
    }
  }

  /** Loads the model that the run waits for. */
  async reloadModel(): Promise<void> {
    const { stall } = this.engine;
    if (stall !== undefined) await this.#reload(stall.name);
  }

  async #reload(name: RunModelName): Promise<void> {
    const first = this.engine.names[0]?.key === name.key;
    const failure = await this.#loadModel?.(name, first);
    const place = this.engine.placeOf(name.key);
    if (failure !== undefined && place !== undefined && this.underWay) {
      this.engine.stalled(place, failure);
    }
  }

  /** The cache of model calls, kept by the run worker. */
  async cachedCalls() {
    return (await this.loaded.ready()).cachedCalls();
  }

  async clearCachedCalls(): Promise<void> {
    await (await this.loaded.ready()).clearCachedCalls();
  }

  /** Ends the run where it is; what it found stays on the page. */
  async stop(): Promise<void> {
    await this.#guarded(() => this.#slot.current?.stop());
  }

  /** Fresh workers and an empty run; the settings and the loaded file stay. */
  async reset(): Promise<void> {
    // A run that is thrown away here shall not come back as one that broke off.
    if (this.underWay) await this.stop();
    this.#slot.dispose();
    this.#stepOnceReady = false;
    this.#status = 'idle';
    this.#problems = [];
    this.#notices = [];
    this.record.clear();
    await this.#guarded(async () => this.interrupted.look(await this.loaded.ready()));
  }

  /**
   * Takes rows of a data file into use.
   * @param rows JSON of `ImportedRows`, called as the file
   * @returns why they cannot be used; what was loaded before then still is
   */
  async useRows(rows: File): Promise<DataProblem | undefined> {
    // A system that was just chosen brings its own data first.
    await this.loaded.settled();
    if (this.underWay) return { message: 'a run is under way; stop it to use other data' };
    return this.loaded.useRows(rows);
  }

  /** Measures a configuration of an earlier run, made here or elsewhere, beside the initial one. */
  async measureFile(file: File): Promise<void> {
    if (this.underWay || this.loading) return;
    this.#configurationProblem = undefined;
    let measure: Extract<ConfigurationOutcome, { ok: true }> | undefined;
    await this.loaded.whileLoading(() =>
      this.#guarded(async () => {
        const client = await this.loaded.ready();
        if (file.size > MOST_CONFIGURATION_BYTES) {
          this.#configurationProblem = 'it is larger than any configuration';
          return;
        }
        const outcome = await client.readConfiguration(await file.text());
        if (outcome.ok) measure = outcome;
        else this.#configurationProblem = outcome.problem.message;
      }),
    );
    if (measure !== undefined) await this.#start(false, measure);
  }

  async useShippedData(): Promise<void> {
    if (!this.underWay) await this.loaded.useShippedData();
  }

  async #start(
    paused: boolean,
    { measure, features: own }: Partial<Extract<ConfigurationOutcome, { ok: true }>> = {},
  ): Promise<void> {
    this.#begin(this.models);
    await this.#guarded(async () => {
      const client = await this.loaded.ready();
      // Which system it is may be known only now.
      const choosing = this.summary?.choosesModels === true;
      const models = this.engine.next(choosing).map(nameOf);
      this.engine.begin(models);
      await this.engine.joinLoaded(client);
      // Stopped or reset while the workers were still starting.
      if (this.#status !== 'preparing') return;
      const { seed, budget, mode, features } = this.#settings;
      await client.start(
        {
          system: this.summary!.name,
          engine: models.length === 0 ? 'reader' : 'model',
          seed,
          budget,
          mode,
          features: own ?? features,
          options: overrides(this.#settings),
          ...(measure && { measure }),
        },
        paused,
        models,
      );
    });
  }

  /** @param models what its prompts are on */
  #begin(models: readonly RunModelName[]): void {
    this.#status = 'preparing';
    this.#activity = undefined;
    this.engine.begin(models);
    this.#problems = [];
    this.#configurationProblem = undefined;
    this.#notices = [];
    this.record.clear();
  }

  #continued({ request }: InterruptedRun, summary: SystemSummary, rows: File | undefined): void {
    this.#settings = settingsOf(request);
    this.loaded.take(summary, rows);
    const data = rows === undefined ? '' : ` on ${rows.name}`;
    this.#note(`This run${data} broke off with its tab and goes on where it was.`);
  }

  #note(message: string): void {
    if (!this.#notices.includes(message)) this.#notices = [...this.#notices, message];
  }

  #follow(status: PlayerStatus): void {
    this.#status = status;
    if (status === 'paused' && this.#stepOnceReady) {
      this.#stepOnceReady = false;
      void this.step();
    }
  }

  #receive(batch: readonly StampedEvent[]): void {
    try {
      this.record.add(batch);
    } catch (error) {
      this.#report(`This run cannot be shown: ${messageOf(error)}. Reload the page.`, true);
    }
  }

  /** @param fatal the run that is under way will not go on */
  #report(message: string, fatal = false): void {
    if (!this.#problems.includes(message)) this.#problems = [...this.#problems, message];
    if (fatal && this.underWay) this.#status = 'failed';
  }

  async #guarded(work: () => Promise<void> | undefined): Promise<void> {
    const { generation } = this.#slot;
    try {
      await work();
    } catch (error) {
      // Nobody waits for workers that were let go, and why they were is known.
      if (generation !== this.#slot.generation) return;
      this.#report(`${messageOf(error)}. Press Reset to start again with fresh workers.`, true);
    }
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
