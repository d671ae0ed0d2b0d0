/** What a run must have in common with its journal to be continued: hashes of it, part by part. */
import { contentHash } from '../core/random/hash';
import type { OptimizationProblem } from '../core/optimize/optimizer';
import type { JournalEntry } from '../core/run/journal';
import { CannotContinueError } from '../core/run/journal-replay';
import { RUN_LOG_VERSION } from '../core/run/run-event';
import { describeComponent } from '../core/system/component';

/** How the parts are called where they differ. */
const PARTS = {
  page: 'the page has been updated since',
  system: 'the system is another one',
  data: 'the data are not the ones it ran on',
  model: 'the language model is another one',
  features: 'the features are others',
  settings: 'its seed, budget or options are others',
} as const;

type Identity = Readonly<Record<keyof typeof PARTS, string>>;

const PLACE = 'identity';

export interface RunSettings {
  /** Options of the run, plain data. */
  readonly options?: unknown;
  /** Anything that changes with every version of the page that computes otherwise. */
  readonly version?: string;
}

/**
 * The entry that a new journal begins with; none where the journal is of this very run.
 * @throws CannotContinueError that says which part differs
 */
export function identityEntry(
  problem: OptimizationProblem,
  recorded: readonly JournalEntry[],
  settings: RunSettings,
): JournalEntry | undefined {
  const own = identityOf(problem, settings);
  if (recorded.length === 0) return { key: PLACE, place: PLACE, value: own };
  const before = recorded.find(({ place }) => place === PLACE)?.value as Identity | undefined;
  for (const [part, reason] of Object.entries(PARTS)) {
    const name = part as keyof typeof PARTS;
    if (before?.[name] === own[name]) continue;
    throw new CannotContinueError(`This run cannot be continued: ${reason}. Start it again.`);
  }
  return undefined;
}

function identityOf(problem: OptimizationProblem, { options, version }: RunSettings): Identity {
  const { system, data, model, features, engine, mode, seed, budget, references } = problem;
  return {
    page: `${RUN_LOG_VERSION} ${version ?? ''}`,
    system: contentHash([
      system.name,
      system.components.map(describeComponent),
      system.reward.name,
    ]),
    data: contentHash([data, references]),
    model: contentHash([engine, model.id, model.deterministic]),
    features: contentHash([features?.name ?? 'dense', features?.d ?? 0]),
    settings: contentHash([seed, budget.limit, mode ?? '', options ?? {}]),
  };
}
