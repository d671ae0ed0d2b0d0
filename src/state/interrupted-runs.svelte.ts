/** Runs that broke off with their tab: which there are, and whether one may go on by itself. */
import type { InterruptedRun } from '../clients/run-client';
import type { RunPlayerClient } from './client-slot';

const TRIED = 'optimas-web.went-on';

export class InterruptedRuns {
  #runs = $state.raw<readonly InterruptedRun[]>([]);

  /** The latest one that can be continued. */
  get latest(): InterruptedRun | undefined {
    return this.#runs[0];
  }

  async look(client: RunPlayerClient): Promise<void> {
    this.#runs = await client.interrupted();
  }

  /**
   * Notes that a run goes on unasked. @returns false where it did so before and came no further: what
   * ended its tab might end this one, too
   */
  tries({ id, events }: InterruptedRun): boolean {
    const mark = `${id} ${events}`;
    try {
      const before = localStorage.getItem(TRIED);
      localStorage.setItem(TRIED, mark);
      return before !== mark;
    } catch {
      // Where nothing can be noted, nothing was kept of a run either.
      return true;
    }
  }

  /** It was taken up or discarded. */
  remove(id: string): void {
    this.#runs = this.#runs.filter((run) => run.id !== id);
  }
}
