/** Progress at a rate that can be shown. */
import type { LoadProgress, ReportProgress } from '../loaded-model';

const EVERY_MS = 200;

/** Passes on five reports a second at most, and each that opens a phase or ends one. */
export function throttled(report: ReportProgress): ReportProgress {
  let phase: LoadProgress['phase'] | undefined;
  let last = -Infinity;
  return (progress) => {
    const now = performance.now();
    const ends = progress.bytes !== undefined && progress.bytes === progress.total;
    if (progress.phase === phase && !ends && now - last < EVERY_MS) return;
    ({ phase } = progress);
    last = now;
    report(progress);
  };
}
