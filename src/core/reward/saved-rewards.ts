/**
 * Local rewards as plain JSON, to leave with a configuration that needs them: a choice that is made
 * for each input is made by the heads, and the heads read features that know word frequencies.
 */
import type { FeatureMap } from './feature-map';
import type { NetworkSnapshot, RewardModel, RewardSnapshot } from './reward-model';
import type { WordFrequencies } from './text-profile';

export interface SavedRewards {
  /** Name of the features that the heads read. */
  readonly features: string;
  readonly words: WordFrequencies;
  readonly heads: SavedHeads;
}

/** Weights and scales as base64 of little-endian 32-bit floats: JSON has no word for infinity. */
export interface SavedHeads {
  readonly networks: readonly {
    readonly fold?: number;
    readonly weights: readonly string[];
    readonly scales: readonly ({ readonly mean: string; readonly deviation: string } | null)[];
  }[];
  readonly only?: number;
}

/** Saved local rewards cannot be used; the message says what is wrong with them. */
export class SavedRewardsError extends Error {
  override readonly name = 'SavedRewardsError';
}

/** `undefined` where nothing was learnt, or where the features cannot be saved. */
export async function saveRewards(
  rewardModel: RewardModel,
  features: FeatureMap,
): Promise<SavedRewards | undefined> {
  const snapshot = await rewardModel.snapshot(true);
  const words = features.frequencies?.();
  if (snapshot === null || words === undefined) return undefined;
  const { networks, only } = snapshot;
  return {
    features: features.name,
    words,
    heads: {
      networks: networks.map(({ fold, weights, scales }) => ({
        ...(fold !== undefined && { fold }),
        weights: weights.map(encode),
        scales: scales.map(
          (scale) => scale && { mean: encode(scale.mean), deviation: encode(scale.deviation) },
        ),
      })),
      ...(only !== undefined && { only }),
    },
  };
}

/**
 * @param value what a file holds; not trusted
 * @param features fresh ones
 * @throws SavedRewardsError
 */
export async function restoreRewards(
  value: unknown,
  rewardModel: RewardModel,
  features: FeatureMap,
): Promise<void> {
  const saved = checked(value);
  if (saved.features !== features.name || features.takeFrequencies === undefined) {
    throw new SavedRewardsError(
      `its local rewards read the features "${saved.features}", and these are "${features.name}"`,
    );
  }
  features.takeFrequencies(saved.words);
  try {
    await rewardModel.restore(snapshotOf(saved.heads));
  } catch (error) {
    throw new SavedRewardsError(
      `its local rewards are not those of this system: ${(error as Error).message}`,
    );
  }
}

/** Name of the features of saved rewards; `undefined` where the value is none. */
export function featuresOf(value: unknown): string | undefined {
  const { features } = (value ?? {}) as { readonly features?: unknown };
  return typeof features === 'string' ? features : undefined;
}

function checked(value: unknown): SavedRewards {
  const saved = value as Partial<SavedRewards> | null | undefined;
  const counts = saved?.words?.counts;
  const good =
    typeof saved?.features === 'string' &&
    Number.isInteger(saved.words?.documents) &&
    Array.isArray(counts) &&
    counts.every(([word, count]) => typeof word === 'string' && Number.isInteger(count)) &&
    Array.isArray(saved.heads?.networks);
  if (!good) throw new SavedRewardsError('its local rewards are damaged');
  return saved as SavedRewards;
}

function snapshotOf({ networks, only }: SavedHeads): RewardSnapshot {
  return {
    networks: networks.map(({ fold, weights, scales }): NetworkSnapshot => ({
      ...(fold !== undefined && { fold }),
      weights: weights.map(decode),
      scales: scales.map(
        (scale) => scale && { mean: decode(scale.mean), deviation: decode(scale.deviation) },
      ),
    })),
    ...(only !== undefined && { only }),
  };
}

function encode(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  let bytes = '';
  for (let i = 0; i < view.byteLength; i++) bytes += String.fromCharCode(view.getUint8(i));
  return btoa(bytes);
}

function decode(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length >> 2 }, (_, i) => view.getFloat32(4 * i, true));
}
