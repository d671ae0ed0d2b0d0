/** A run that broke off: its settings, and whether it may go on by itself. */
import type { InterruptedRun, RunRequest } from '../clients/run-client';
import { DEFAULT_CHOICES } from './run-choices';
import { DEFAULT_SETTINGS, formatHash, type RunSettings } from './run-settings';

/** One that goes on by itself must have been under way lately: hours later it would surprise. */
const SURPRISING_MS = 12 * 3600 * 1000;

/**
 * Whether a page that was just opened takes the run up unasked: it was reloaded or its tab was
 * killed in the middle of it. A link with other settings asks for something else.
 * @param hash of the page's URL, as it was opened
 */
export function goesOn(run: InterruptedRun, hash: string, now = Date.now()): boolean {
  if (now - run.updatedAt > SURPRISING_MS) return false;
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  asked.delete('view');
  const own = new URLSearchParams(formatHash(settingsOf(run.request)).slice(1));
  return [...asked].every(([name, value]) => own.get(name) === value);
}

/** The settings that a run was started with. */
export function settingsOf({
  system,
  seed,
  budget,
  mode,
  features,
  options,
}: RunRequest): RunSettings {
  const { validationExamples, testExamples, ...choices } = options;
  return {
    ...DEFAULT_SETTINGS,
    ...DEFAULT_CHOICES,
    system: system as RunSettings['system'],
    seed,
    budget,
    mode,
    features,
    ...choices,
    ...(validationExamples !== undefined && {
      validation: `n${validationExamples}` as RunSettings['validation'],
    }),
    ...(testExamples !== undefined && { test: `n${testExamples}` as RunSettings['test'] }),
  };
}
