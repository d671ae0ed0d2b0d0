/** The states a model can be in, and what may be done in each. */
import type { ModelDescription, ModelFailure, SelfTest } from './model-client';
import type { WorkProgress } from './work-meter';

export type CardStatus =
  /** Not yet asked what of it is on this machine. */
  | { readonly name: 'unknown' }
  | { readonly name: 'absent' }
  | { readonly name: 'downloading'; readonly progress: WorkProgress }
  | { readonly name: 'interrupted'; readonly bytes: number }
  /** It can be loaded without a download; bytes are those on this machine. */
  | { readonly name: 'here'; readonly bytes?: number }
  | { readonly name: 'deleting' }
  | { readonly name: 'loading'; readonly progress: WorkProgress }
  | { readonly name: 'ready'; readonly description: ModelDescription }
  | { readonly name: 'failed'; readonly failure: ModelFailure; readonly during: Work };

export type Work = 'download' | 'load' | 'use' | 'delete';

export type TestStatus =
  | { readonly name: 'testing'; readonly share: number }
  | { readonly name: 'tested'; readonly result: SelfTest }
  | { readonly name: 'failed'; readonly failure: ModelFailure };

/** What becomes known of a model and is announced. */
export type CardEvent =
  'downloaded' | 'stopped' | 'loaded' | 'unloaded' | 'deleted' | 'tested' | 'failed';

/** The GPU's product of a small matrix may differ from the CPU's by rounding, and by no more. */
const ROUNDING = 1e-2;

/** Whether the GPU computes what the CPU computes; true where no GPU is needed. */
export function computesRight({ matrix }: SelfTest): boolean {
  // Written so that a difference that is no number fails.
  return matrix === undefined || matrix.largestDifference <= ROUNDING;
}
