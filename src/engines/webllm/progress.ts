/** How far a load is: read out of WebLLM's sentences, and told a few times a second. */
import type { InitProgressReport } from '@mlc-ai/web-llm';
import type { LoadProgress, ReportProgress } from '../loaded-model';

/** Every text of `@mlc-ai/web-llm` 0.2.79 to 0.2.86 that says how far something is. */
const PHASES: readonly (readonly [RegExp, LoadProgress['phase']])[] = [
  [/^Fetching param cache\[/, 'downloading'],
  [/^Loading model from cache\[/, 'loading'],
  [/^Loading GPU shader modules\[/, 'compiling'],
  [/^Finish loading on /, 'compiling'],
];

/**
 * @param totalBytes of all weights, where known: WebLLM says its bytes in whole megabytes only
 * @returns `undefined` for a text that says nothing of use ("Start to fetch params")
 */
export function loadProgress(
  { text, progress }: InitProgressReport,
  totalBytes?: number,
): LoadProgress | undefined {
  const phase = PHASES.find(([begins]) => begins.test(text))?.[1];
  if (phase === undefined) return undefined;
  // 0/0 for a model without weights.
  const share = Number.isFinite(progress) ? Math.min(Math.max(progress, 0), 1) : 0;
  if (phase === 'compiling') return { phase, share };
  if (totalBytes !== undefined) {
    return { phase, bytes: Math.round(share * totalBytes), total: totalBytes, share };
  }
  const megabytes = /(\d+)MB (?:fetched|loaded)/.exec(text)?.[1];
  return {
    phase,
    share,
    ...(megabytes !== undefined && { bytes: Number(megabytes) * 2 ** 20 }),
  };
}

/** Passes on at most one report in `milliseconds`, and each that opens a phase or ends one. */
export function throttled(report: ReportProgress, milliseconds = 250): ReportProgress {
  let phase: LoadProgress['phase'] | undefined;
  let last = -Infinity;
  return (progress) => {
    const now = performance.now();
    const ends = progress.share === 1 || (progress.total ?? -1) === progress.bytes;
    if (progress.phase === phase && !ends && now - last < milliseconds) return;
    ({ phase } = progress);
    last = now;
    report(progress);
  };
}
