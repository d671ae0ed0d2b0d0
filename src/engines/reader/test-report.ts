/** Reading a report of tests: which failed, and which rules of the task they were about. */
import { returnedIn, type CodeTask } from './code-task';

/** Lines of the report that say that something failed. */
export function failuresIn(report: string): string[] {
  return report
    .slice(0, 50_000)
    .split('\n')
    .filter((line) => /^\s{0,8}fail\b|^\s{0,8}the program (?!passes)/i.test(line));
}

/** Rules whose value a failed test expected; all of them where nothing could be run. */
export function wantedBy(failures: readonly string[], { rules }: CodeTask): string[] {
  if (!failures.some((line) => /^\s{0,8}fail\b/i.test(line))) return [...rules];
  return rules.filter((rule) => {
    const returned = returnedIn(rule);
    return returned !== undefined && failures.some((line) => line.includes(`, ${returned})`));
  });
}
