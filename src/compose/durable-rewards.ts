/**
 * Reward heads whose fits and scores are recorded. While a run is repeated nothing is trained and
 * nothing scored; the heads are told apart by the fit they come from. With the first score that is
 * not recorded they are put in place: from what was kept of them, or else by training once more.
 */
import type { JournalEntry } from '../core/run/journal';
import type { DurableCalls } from '../core/run/journal-calls';
import { keyOf } from '../core/run/journal-key';
import type {
  FeaturePair,
  FitOptions,
  FitReport,
  RewardModel,
  RewardModelDescription,
  RewardSnapshot,
} from '../core/reward/reward-model';
import type { DurableFeatures } from './durable-features';

/** Heads by the fit they come from. */
interface Heads {
  readonly key: string;
  /** Where their weights are kept: those of the first fit for good, the others in turn. */
  readonly place: 'first' | 'even' | 'odd' | undefined;
  /** `null` before the first fit; `undefined` where they are not known and must be trained again. */
  content: RewardSnapshot | null | undefined;
  /** What they are trained on, for as long as they may have to be trained again. */
  lesson?: { readonly pairs: readonly FeaturePair[]; readonly options: FitOptions } | undefined;
}

const UNTRAINED: Heads = { key: 'none', place: undefined, content: null };

export class DurableRewards implements RewardModel {
  readonly #model: RewardModel;
  readonly #features: DurableFeatures;
  readonly #calls: DurableCalls;
  /** Weights that were kept, by fit. */
  readonly #kept: ReadonlyMap<string, RewardSnapshot>;
  readonly #snapshots = new WeakMap<RewardSnapshot, Heads>();
  /** What the run believes to be in force, and what the model really holds. */
  #heads: Heads = UNTRAINED;
  #inPlace: Heads | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #given = 0;

  constructor(model: RewardModel, features: DurableFeatures, calls: DurableCalls) {
    this.#model = model;
    this.#features = features;
    this.#calls = calls;
    this.#kept = new Map(
      calls
        .kept()
        .filter(({ place }) => place!.startsWith('heads '))
        .map(({ key, value }) => [key, value as RewardSnapshot]),
    );
  }

  describe(): Promise<RewardModelDescription> {
    return this.#calls.call({
      question: 'describe',
      make: () => this.#model.describe(),
      alone: true,
    });
  }

  async fit(pairs: readonly FeaturePair[], options: FitOptions): Promise<FitReport> {
    const key = this.#keyOfLesson(pairs, options);
    const { place } = this.#heads;
    // The heads before this fit may come back: theirs is not the place to write to.
    const heads: Heads = {
      key,
      place: place === undefined ? 'first' : place === 'even' ? 'odd' : 'even',
      content: this.#kept.get(key),
      lesson: { pairs, options },
    };
    const report = await this.#calls.call({
      question: `fit ${key}`,
      make: () => this.#inTurn(() => this.#train(heads)),
      alone: true,
      beside: (): JournalEntry[] => [{ place: `heads ${heads.place}`, key, value: heads.content }],
    });
    if (heads.content !== undefined) heads.lesson = undefined;
    this.#heads = heads;
    return report;
  }

  score(component: string, vectors: readonly Float32Array[]): Promise<Float32Array> {
    return this.#scored('score', [component], vectors, () => this.#model.score(component, vectors));
  }

  scoreHeldOut(
    component: string,
    vectors: readonly Float32Array[],
    fold: number,
  ): Promise<Float32Array> {
    return this.#scored('held-out', [component, fold], vectors, () =>
      this.#model.scoreHeldOut(component, vectors, fold),
    );
  }

  /** What it holds is known only where it was trained or kept; it can always be restored. */
  async snapshot(complete = false): Promise<RewardSnapshot | null> {
    const heads = this.#heads;
    if (heads.content === null) return null;
    if (complete && heads.content === undefined) {
      await this.#inTurn(async () => {
        await this.#putInPlace(heads);
        heads.content = (await this.#model.snapshot()) ?? undefined;
      });
    }
    const snapshot = heads.content ?? { networks: [] };
    this.#snapshots.set(snapshot, heads);
    return snapshot;
  }

  /** Takes effect with the next score: most of what is put back is never asked. */
  restore(snapshot: RewardSnapshot | null): Promise<void> {
    this.#heads =
      snapshot === null ? UNTRAINED : (this.#snapshots.get(snapshot) ?? this.#foreign(snapshot));
    return Promise.resolve();
  }

  #scored(
    what: string,
    whose: readonly (string | number)[],
    vectors: readonly Float32Array[],
    score: () => Promise<Float32Array>,
  ): Promise<Float32Array> {
    const heads = this.#heads;
    const keys = vectors.map((vector) => this.#features.keyOf(vector));
    return this.#calls.call({
      question: `${what} ${keyOf(heads.key, whose, keys)}`,
      make: () =>
        this.#inTurn(async () => {
          await this.#putInPlace(heads);
          await this.#features.fill(vectors);
          return score();
        }),
    });
  }

  /** One after the other: heads must not be exchanged under a score. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #putInPlace(heads: Heads): Promise<void> {
    if (this.#inPlace === heads) return;
    this.#inPlace = undefined;
    if (heads.content === undefined) await this.#train(heads);
    else await this.#model.restore(heads.content);
    this.#inPlace = heads;
  }

  async #train(heads: Heads): Promise<FitReport> {
    const { pairs, options } = heads.lesson!;
    this.#inPlace = undefined;
    await this.#features.fill(pairs.flatMap(({ winner, loser }) => [winner, loser]));
    const report = await this.#model.fit(pairs, options);
    heads.content = await this.#model.snapshot();
    this.#inPlace = heads;
    return report;
  }

  #keyOfLesson(pairs: readonly FeaturePair[], options: FitOptions): string {
    const lesson = pairs.map(({ component, winner, loser, gap, fold }) => [
      component,
      this.#features.keyOf(winner),
      this.#features.keyOf(loser),
      gap,
      fold,
    ]);
    return keyOf(lesson, options);
  }

  /** A snapshot of another model: nothing in a run, but the port allows it. */
  #foreign(content: RewardSnapshot): Heads {
    this.#given += 1;
    return { key: `given ${this.#given}`, place: undefined, content };
  }
}
