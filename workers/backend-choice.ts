/** The tfjs backend of the next run: measured once for each shape of the heads, one at a time. */
import type { RewardModelDescription } from '../src/core/reward/reward-model';
import { pickBackend, type BackendCandidate } from '../src/learning/backend';

/**
 * Measured in Node on two loaded cores, November 2026: the encoder takes 32 ms a passage on wasm and
 * 780 ms on cpu, and software GPUs fail on it. The heads' micro-benchmark knows nothing of that: on
 * a loaded machine it calls cpu the faster one now and then (1.1 ms a step against 1.5 ms), and a
 * run that embeds for 40 s would then embed for a quarter of an hour.
 */
const FOR_ENCODER = ['wasm', 'cpu'] as const;

export class BackendChoice {
  readonly #candidates: readonly BackendCandidate[];
  readonly #pick: typeof pickBackend;
  #latest: { readonly key: string; readonly picked: RewardModelDescription } | undefined;
  #picking: Promise<unknown> = Promise.resolve();

  constructor(candidates: readonly BackendCandidate[], pick = pickBackend) {
    this.#candidates = candidates;
    this.#pick = pick;
  }

  /**
   * Sets the backend; two measurements side by side would spoil each other.
   * @param d length of a feature vector
   * @param encoder whether sentences will be embedded
   * @param busy whether the GPU is shared with a language model: measured apart
   * @throws Error when no backend runs here
   */
  set(d: number, encoder: boolean, busy = false): Promise<RewardModelDescription> {
    const next = this.#picking.then(async () => {
      const key = `${d} ${encoder} ${busy}`;
      if (this.#latest?.key !== key) {
        this.#latest = undefined;
        const picked = await (encoder ? this.#forEncoder(d) : this.#pick(this.#candidates, d));
        this.#latest = { key, picked };
      }
      return this.#latest.picked;
    });
    this.#picking = next.catch(() => undefined);
    return next;
  }

  /** The first of those that run the encoder well, however fast the heads are on it. */
  async #forEncoder(d: number): Promise<RewardModelDescription> {
    const refused: string[] = [];
    for (const wanted of FOR_ENCODER) {
      const candidates = this.#candidates.filter(({ name }) => name === wanted);
      if (candidates.length === 0) continue;
      try {
        const picked = await this.#pick(candidates, d);
        return { ...picked, reason: reasonFor(wanted, picked.measured[wanted], refused) };
      } catch (error) {
        refused.push(error instanceof Error ? error.message : String(error));
      }
    }
    throw new Error(refused.join('; ') || 'no tfjs backend runs the sentence encoder');
  }
}

function reasonFor(
  name: (typeof FOR_ENCODER)[number],
  ms: number | undefined,
  refused: readonly string[],
): string {
  const time = ms === undefined ? '' : ` A training step takes ${ms.toFixed(1)} ms.`;
  return name === 'wasm'
    ? `The sentence encoder runs best on it.${time}`
    : `The sentence encoder is slow on it, but wasm does not run here (${refused.join('; ')}).${time}`;
}
