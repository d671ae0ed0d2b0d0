/** Local rewards, policies and sentence embeddings of a run: all live in the reward worker. */
import type * as Comlink from 'comlink';
import type { RunSettings } from '../src/compose/catalogue';
import { durableEmbedder } from '../src/compose/durable';
import type { Embedder } from '../src/core/reward/embedding-features-embedder';
import type { Journal } from '../src/core/run/journal';
import { featureMap } from '../src/learning/feature-maps';
import { EMBEDDING_SIZE } from '../src/learning/sentence-encoder/dimension';
import { NotReadyError } from './not-ready';
import type { RewardWorkerApi } from './reward-protocol';

export interface LearnersRequest {
  readonly components: readonly string[];
  /** Name of the features. */
  readonly features: string;
  readonly journal: Journal;
  /** Keeps the GPU busy while backends are measured, where a run will; until the signal aborts. */
  readonly keepBusy?: (signal: AbortSignal) => void;
}

/** @throws NotReadyError where the sentence encoder is wanted and cannot be loaded */
export async function learners(
  remote: Comlink.Remote<RewardWorkerApi>,
  { components, features: name, journal, keepBusy }: LearnersRequest,
  signal: AbortSignal,
): Promise<Pick<RunSettings, 'rewardModel' | 'features' | 'policyTrainer'>> {
  signal.addEventListener('abort', () => void remote.cancel());
  const continued = journal.recorded.length > 0;
  const encoder = async (): Promise<Embedder> => {
    if (continued) await loadEncoder(remote, signal);
    return { name, d: EMBEDDING_SIZE, embed: (texts) => remote.embed(texts) };
  };
  const features = featureMap(name, async () =>
    durableEmbedder(name, EMBEDDING_SIZE, encoder, journal),
  );
  // A backend that is fast on an idle GPU may be the slower one beside a language model.
  const measured = new AbortController();
  keepBusy?.(measured.signal);
  const opened = remote
    .open(components, features.d, name === 'use', keepBusy !== undefined)
    .finally(() => measured.abort());
  if (continued) {
    // It has all it needs for the way back, and goes it meanwhile; what fails, fails the first use.
    opened.catch(() => undefined);
  } else {
    await opened;
    signal.throwIfAborted();
    // Before the run: what cannot be loaded should not cost a minute of rollouts first.
    if (name === 'use') await loadEncoder(remote, signal);
  }
  const open = async (): Promise<Comlink.Remote<RewardWorkerApi>> => {
    await opened;
    return remote;
  };
  return {
    features,
    rewardModel: {
      describe: () => opened,
      fit: async (...args) => (await open()).fit(...args),
      score: async (...args) => (await open()).score(...args),
      scoreHeldOut: async (...args) => (await open()).scoreHeldOut(...args),
      snapshot: async () => (await open()).snapshot(),
      restore: async (...args) => (await open()).restore(...args),
    },
    policyTrainer: { improve: async (...args) => (await open()).improve(...args) },
  };
}

async function loadEncoder(
  remote: Comlink.Remote<RewardWorkerApi>,
  signal: AbortSignal,
): Promise<void> {
  const outcome = await remote.loadEncoder();
  signal.throwIfAborted();
  if (outcome.ok) return;
  throw new NotReadyError(
    `The sentence encoder could not be loaded: ${outcome.reason}. Check the connection and press Run to try again, or choose other features in the options.`,
  );
}
