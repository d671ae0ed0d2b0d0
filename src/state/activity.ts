/** Long work inside a step of a run, in words: what it is, how far, how fast and for how long yet. */
import type { Activity } from '../clients/run-client';

export interface ActivityWords {
  readonly name: string;
  /** In [0, 1]. */
  readonly share: number;
  /** `12.3 of 27.9 MB`. */
  readonly amount: string;
  /** `31.2 MB a second`; absent while too little was seen. */
  readonly rate?: string;
  readonly secondsLeft?: number;
}

const NAMES: Readonly<Record<Activity['name'], string>> = {
  'loading encoder': 'Loading the sentence encoder from this site',
  embedding: 'Embedding sentences',
  'measuring references': 'Running programs for the reference scores',
};

/** Below this a rate would be mostly noise, in ms. */
const SHORTEST = 300;

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const WRITTEN: Readonly<Record<Activity['unit'], (value: number) => string>> = {
  bytes: (value) => (value / 1e6).toFixed(1),
  tokens: (value) => counts.format(value),
  programs: (value) => counts.format(value),
};
const UNITS: Readonly<Record<Activity['unit'], string>> = {
  bytes: 'MB',
  tokens: 'tokens',
  programs: 'programs',
};

export function activityWords({ name, done, total, unit, elapsed }: Activity): ActivityWords {
  const written = WRITTEN[unit];
  const perSecond = elapsed >= SHORTEST && done > 0 ? (done / elapsed) * 1000 : undefined;
  return {
    name: NAMES[name],
    share: total > 0 ? Math.min(1, done / total) : 0,
    amount: `${written(done)} of ${written(total)} ${UNITS[unit]}`,
    ...(perSecond !== undefined && {
      rate: `${written(perSecond)} ${UNITS[unit]} a second`,
      secondsLeft: Math.max(0, total - done) / perSecond,
    }),
  };
}
