/**
 * Execution of a compound system: whole, or from one component on with everything that is not its
 * descendant held fixed (a rollout).
 */
import { contentHash, seedOf } from '../random/hash';
import { BudgetExceededError } from '../run/budget';
import { ModelError, type ChatModel } from './chat-model';
import type { Component, Fields, RunContext } from './component';
import { descendants, type CompoundSystem, type Example } from './compound-system';
import { configurationHash, type ComponentConfiguration, type SlotValue } from './configuration';
import { variants, type ExecutionOptions } from './execution-options';
import type { Failure, Step, StepCost, Trace } from './trace';

export {
  BEST_OF_TEMPERATURE,
  type ExecutionOptions,
  type LocalSelector,
} from './execution-options';

/** Tells a failed step, or failed inputs, from good ones (fields are never called like this). */
export function isFailure(outcome: Step | Fields | Failure): outcome is Failure {
  return outcome instanceof ComponentFailure;
}

class ComponentFailure implements Failure {
  constructor(
    readonly component: string,
    readonly message: string,
  ) {}
}

/** Steps kept for exact reuse. About 10 KiB each with passages: at most some 200 MiB. */
const STEP_MEMORY = 20_000;

/**
 * Runs one system on one model. It remembers steps by content (component, configuration, inputs,
 * example, and the seed where the step samples), so an equal step is never executed twice.
 * Examples are part of the address, so splits share nothing.
 */
export class Executor {
  readonly #steps = new Map<string, Step>();
  /** Steps that are being executed: an equal one waits for them. */
  readonly #pending = new Map<string, Promise<Step | Failure>>();
  readonly #run = new Set<string>();
  readonly #read = new Set<string>();
  readonly #descendants = new Map<string, ReadonlySet<string>>();
  readonly #writers: string[];

  constructor(
    readonly system: CompoundSystem,
    readonly model: ChatModel,
    readonly runSeed: number,
  ) {
    this.#writers = [model.id];
  }

  /**
   * Ids of the models that answered, in the order of their reign. There is more than one where the
   * model was replaced during the run; what was measured on an earlier one says nothing of the
   * system as it is now. Known from the answers alone, so a run that is repeated with its answers
   * learns of it at the same places.
   */
  get models(): readonly string[] {
    return this.#writers;
  }

  /**
   * @returns a trace; a component that throws ends it with a `failure`
   * @throws BudgetExceededError, a ModelError that lasts (the next call would fail as well), and the
   *   signal's reason when aborted: none of them is a failure of the component
   */
  async execute(example: Example, options: ExecutionOptions): Promise<Trace> {
    const { from, signal } = options;
    const rerun = from === undefined ? undefined : this.#rerunSet(from.component);
    const fields: Record<string, string> = { ...example.inputs };
    const steps: Record<string, Step> = {};
    for (const component of this.system.components) {
      signal?.throwIfAborted();
      const kept = rerun?.has(component.name) === false && from?.trace.steps[component.name];
      if (kept) {
        steps[component.name] = kept;
      } else {
        const outcome = await this.#step(example, component, fields, options);
        if (isFailure(outcome)) {
          return {
            exampleId: example.id,
            steps,
            failure: { component: outcome.component, message: outcome.message },
          };
        }
        steps[component.name] = outcome;
      }
      fields[component.output] = steps[component.name]!.output;
    }
    return this.#judged(example, steps, fields[this.system.output]!, signal);
  }

  /**
   * Inputs `x_k` of a component: runs what lies upstream of it and nothing else.
   * @throws BudgetExceededError, and the signal's reason when aborted
   */
  async inputsOf(
    example: Example,
    component: Component,
    options: ExecutionOptions,
  ): Promise<Fields | Failure> {
    const fields: Record<string, string> = { ...example.inputs };
    for (const upstream of this.system.components) {
      if (!this.#rerunSet(upstream.name).has(component.name) || upstream === component) continue;
      options.signal?.throwIfAborted();
      const outcome = await this.#step(example, upstream, fields, options);
      if (isFailure(outcome)) return outcome;
      fields[upstream.output] = outcome.output;
    }
    return Object.fromEntries(component.inputs.map((name) => [name, fields[name]!]));
  }

  /** Runs one component alone on given inputs: what local optimisation scores. */
  async executeComponent(
    example: Example,
    component: Component,
    inputs: Fields,
    options: ExecutionOptions,
  ): Promise<Step | Failure> {
    return this.#step(example, component, inputs, options);
  }

  /** Whether a component ever ran to its end. */
  hasRun(component: string): boolean {
    return this.#run.has(component);
  }

  /** Whether a component ever read a slot of its configuration. */
  hasRead(component: string, slot: string): boolean {
    return this.#read.has(`${component}/${slot}`);
  }

  #rerunSet(component: string): ReadonlySet<string> {
    let set = this.#descendants.get(component);
    if (set === undefined) {
      set = new Set([component, ...descendants(this.system, component)]);
      this.#descendants.set(component, set);
    }
    return set;
  }

  /** One step; where a choice is routed or N outputs are wanted, the best by local reward. */
  async #step(
    example: Example,
    component: Component,
    fields: Fields,
    options: ExecutionOptions,
  ): Promise<Step | Failure> {
    const ways = variants(component, options);
    if (ways.length === 1) return this.#single(example, component, fields, ways[0]!);
    if (options.selector === undefined) {
      return new ComponentFailure(
        component.name,
        'picking among its outputs needs trained local rewards, and there are none yet',
      );
    }
    const steps = new Map<string, Step>();
    let failure: Failure | undefined;
    for (const way of ways) {
      const outcome = await this.#single(example, component, fields, way);
      if (isFailure(outcome)) failure ??= outcome;
      else if (!steps.has(outcome.output)) steps.set(outcome.output, outcome);
    }
    const [...found] = steps.values();
    // One output that fails does not spoil the others: there is something to pick from.
    if (found.length === 0) return failure!;
    if (found.length === 1) return found[0]!;
    const best = await options.selector.best(
      component,
      found[0]!.inputs,
      found.map(({ output }) => output),
    );
    return found[best]!;
  }

  async #single(
    example: Example,
    component: Component,
    fields: Fields,
    options: ExecutionOptions,
  ): Promise<Step | Failure> {
    const inputs = Object.fromEntries(component.inputs.map((name) => [name, fields[name]!]));
    const configuration = options.configuration[component.name] ?? {};
    const hash = configurationHash(configuration);
    const temperature = options.temperatures?.[component.name] ?? 0;
    const sampled = temperature > 0 || !this.model.deterministic;
    const sample = options.samples?.[component.name] ?? options.sample ?? 0;
    const seed = seedOf(this.runSeed, component.name, example.id, hash, sample);
    const address = contentHash([
      component.name,
      hash,
      inputs,
      example.id,
      ...(sampled ? [temperature, seed] : []),
    ]);
    for (;;) {
      const known = this.#steps.get(address);
      if (known !== undefined) {
        options.budget.addCacheHits(known.cost.modelCalls);
        return known;
      }
      const pending = this.#pending.get(address);
      if (pending === undefined) break;
      // Equal steps side by side are executed once; what failed is tried again by the next.
      await pending.catch(() => undefined);
    }
    options.budget.reserveExecution();
    const run = this.#execute(
      component,
      inputs,
      configuration,
      hash,
      { address, temperature, seed },
      options,
    );
    this.#pending.set(address, run);
    try {
      return await run;
    } finally {
      this.#pending.delete(address);
    }
  }

  async #execute(
    component: Component,
    inputs: Fields,
    configuration: ComponentConfiguration,
    hash: string,
    { address, temperature, seed }: { address: string; temperature: number; seed: number },
    options: ExecutionOptions,
  ): Promise<Step | Failure> {
    const cost = { modelCalls: 0, tokens: 0 };
    const reign = this.#writers.length;
    const context = this.#context(temperature, seed, cost, options, reign);
    try {
      const output = await component.run(
        inputs,
        this.#recorded(component.name, configuration),
        context,
      );
      this.#run.add(component.name);
      const step: Step = {
        component: component.name,
        inputs,
        output,
        configurationHash: hash,
        cost,
      };
      if (reign === this.#writers.length || cost.modelCalls === 0) this.#remember(address, step);
      return step;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (error instanceof BudgetExceededError) throw error;
      if (error instanceof ModelError && error.lasting) throw error;
      const message = error instanceof Error ? error.message : String(error);
      return new ComponentFailure(component.name, message);
    } finally {
      options.budget.addCalls(cost.modelCalls, cost.tokens);
    }
  }

  /** The same configuration, noting which slots are read: a slot nobody reads cannot be optimised. */
  #recorded(component: string, configuration: ComponentConfiguration): ComponentConfiguration {
    const read = this.#read;
    return new Proxy(configuration, {
      get(target, slot) {
        if (typeof slot === 'string') read.add(`${component}/${slot}`);
        return Reflect.get(target, slot) as SlotValue;
      },
    });
  }

  #context(
    temperature: number,
    seed: number,
    cost: { -readonly [key in keyof StepCost]: number },
    options: ExecutionOptions,
    reign: number,
  ): RunContext {
    const { model } = this;
    const { signal } = options;
    return {
      model,
      temperature,
      seed,
      ...(signal && { signal }),
      chat: async (messages, limits) => {
        cost.modelCalls += 1;
        const answer = await model.complete(messages, { temperature, seed, ...limits }, signal);
        this.#heard(answer.model ?? model.id, reign);
        cost.tokens += answer.usage.promptTokens + answer.usage.completionTokens;
        return answer.text;
      },
    };
  }

  /**
   * Steps that an earlier model wrote are no longer what the system does.
   * @param reign in which the call was made: of calls side by side, one may be answered by a model
   *   whose reign ended meanwhile, and that is no return of it
   */
  #heard(writer: string, reign: number): void {
    if (this.#writers.slice(reign - 1).includes(writer)) return;
    this.#writers.push(writer);
    for (const [address, { cost }] of this.#steps) {
      if (cost.modelCalls > 0) this.#steps.delete(address);
    }
  }

  #remember(address: string, step: Step): void {
    if (this.#steps.size >= STEP_MEMORY) {
      const oldest = this.#steps.keys().next();
      if (!oldest.done) this.#steps.delete(oldest.value);
    }
    this.#steps.set(address, step);
  }

  async #judged(
    example: Example,
    steps: Readonly<Record<string, Step>>,
    output: string,
    signal: AbortSignal | undefined,
  ): Promise<Trace> {
    const { reward } = this.system;
    try {
      const score = await reward.score(example, output, signal);
      const beside: Record<string, number> = {};
      for (const [name, metric] of Object.entries(reward.beside ?? {})) {
        beside[name] = await metric(example, output, signal);
      }
      return { exampleId: example.id, steps, output, reward: score, beside };
    } catch (error) {
      signal?.throwIfAborted();
      const message = error instanceof Error ? error.message : String(error);
      return { exampleId: example.id, steps, failure: { component: reward.name, message } };
    }
  }
}
