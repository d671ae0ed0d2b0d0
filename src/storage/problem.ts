/** What can be wrong with the browser's storage, in a sentence for the person at the screen. */

/** How a caller hears of it: once, whatever else fails after it. */
export type Told = (problem: string) => void;

/** @param told hears of the first problem only: the page goes on without storage, and has said so */
export function toldOnce(told: Told): Told {
  let said = false;
  return (problem) => {
    if (!said) told(problem);
    said = true;
  };
}

export const NEWER_PAGE =
  'What this page keeps was written by a newer version of it. Reload the page to use it; until ' +
  'then nothing is kept.';

export const OLDER_PAGE =
  'Another tab holds an older version of what this page keeps. Close it and reload this page; ' +
  'until then nothing is kept.';

export const UPDATED_ELSEWHERE =
  'A newer version of this page was opened in another tab and has taken over what is kept. This ' +
  'tab goes on, but can no longer be continued where it breaks off.';

export const OTHER_WRITER =
  'This run is being continued in another tab as well. It goes on here, but only the other one is ' +
  'kept.';

/** Why nothing can be kept from the start. */
export function openingProblem(error: unknown): string {
  if (nameOf(error) === 'VersionError') return NEWER_PAGE;
  return (
    'This browser keeps no data for this page (as in some private windows), so a run cannot be ' +
    `continued after its tab is closed${detail(error)}.`
  );
}

/** Why a run is no longer kept. */
export function runProblem(error: unknown): string {
  if (nameOf(error) === 'ConstraintError') return OTHER_WRITER;
  const reason = isQuota(error)
    ? 'The storage that the browser gives this page is full.'
    : `The browser could not keep what was done${detail(error)}.`;
  const advice = isQuota(error) ? ' Empty the call cache or free disk space.' : '';
  return `${reason} The run goes on, but from here on it cannot be continued where it breaks off.${advice}`;
}

/** Why answers of language models are no longer kept, or cannot be looked up. */
export function callProblem(error: unknown): string {
  return isQuota(error)
    ? 'The storage that the browser gives this page is full: answers are not kept for later runs any more. Free disk space to change that.'
    : `The browser could not look up or keep answers of the model${detail(error)}; they are asked for again.`;
}

export function isQuota(error: unknown): boolean {
  return nameOf(error) === 'QuotaExceededError';
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : '';
}

function detail(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error ?? '');
  return message === '' ? '' : ` (${message.replace(/\.$/, '')})`;
}
