/**
 * The system and the data that runs are on, as the run worker holds them. Its references are measured
 * beside everything else, because that may mean to run hundreds of programs.
 */
import { loadWorkload, SYSTEMS, type ImportedRows, type Workload } from '../src/compose/catalogue';
import type { References } from '../src/core/run/references';
import type { CodeRunner } from '../src/core/system/code-runner';
import { ActivityMeter } from './activity-meter';
import type { Activity } from './run-protocol';

interface Held {
  readonly system: string;
  readonly workload: Promise<Workload>;
  /** The file of the rows, where they are not the shipped ones. */
  readonly file?: File;
  readonly abort: AbortController;
}

export class PresentWorkload {
  readonly #code: CodeRunner;
  readonly #measuring: (activity: Activity | undefined) => void;
  #held: Held | undefined;

  /**
   * @param code where programs run
   * @param measuring hears how far the measurement of references is, and `undefined` when it is over
   */
  constructor(code: CodeRunner, measuring: (activity: Activity | undefined) => void) {
    this.#code = code;
    this.#measuring = measuring;
  }

  get system(): string {
    return this.#held?.system ?? SYSTEMS[0];
  }
  get file(): File | undefined {
    return this.#held?.file;
  }
  /** The first system with its shipped data, where none was taken. */
  get workload(): Promise<Workload> {
    return this.#held?.workload ?? this.takeShipped(this.system);
  }

  /** Takes a system with its shipped data, unless it is the present one on whichever data. */
  async on(system: string): Promise<Workload> {
    return this.#held?.system === system ? this.#held.workload : this.takeShipped(system);
  }

  async takeShipped(system: string): Promise<Workload> {
    const abort = new AbortController();
    return this.#hold({ system, workload: this.#load(system, abort.signal), abort });
  }

  /** @throws DataError, and leaves what was loaded before */
  async takeRows(system: string, rows: ImportedRows, file: File): Promise<Workload> {
    const abort = new AbortController();
    const workload = await this.#load(system, abort.signal, rows);
    return this.#hold({ system, workload: Promise.resolve(workload), file, abort });
  }

  /**
   * Scores of methods that learn nothing, of what is loaded now.
   * @returns `undefined` where something else was loaded meanwhile
   * @throws Error when they cannot be measured
   */
  async references(): Promise<References | undefined> {
    const { workload } = this;
    const held = this.#held;
    try {
      return await (await workload).references();
    } catch (error) {
      if (held !== this.#held) return undefined;
      throw error;
    }
  }

  #hold(held: Held): Promise<Workload> {
    this.#held?.abort.abort(new DOMException('other data were loaded', 'AbortError'));
    this.#held = held;
    return held.workload;
  }

  #load(system: string, signal: AbortSignal, rows?: ImportedRows): Promise<Workload> {
    let meter: ActivityMeter | undefined;
    const onProgram = (done: number, total: number): void => {
      if (signal.aborted) return;
      meter ??= new ActivityMeter({ name: 'measuring references', unit: 'programs' }, (activity) =>
        this.#measuring(activity),
      );
      if (done < total) meter.tell(done, total);
      else this.#measuring(undefined);
    };
    return loadWorkload({
      system,
      code: this.#code,
      watch: { signal, onProgram },
      ...(rows && { rows }),
    });
  }
}
