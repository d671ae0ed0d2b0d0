/**
 * Data of one's own: a file is looked at, shown, mapped where need be, and only then used. What was
 * in use before stays so until then.
 */
import type {
  ColumnMapping,
  DataImportClient,
  DataProblem,
  FileInspection,
  ImportOutcome,
  ImportPhase,
  ImportProgress,
  ImportRequest,
  TakeData,
} from './data-import-port';

export type * from './data-import-port';

export class DataImport {
  readonly #createClient: () => DataImportClient;
  readonly #take: TakeData;
  #client: DataImportClient | undefined;
  /** Counts what was begun: an answer to what was given up is not heard. */
  #job = 0;
  /** Set once columns were chosen by hand; until then they are proposed. */
  #chosen: ColumnMapping | undefined;
  #phase = $state.raw<ImportPhase>('idle');
  #file = $state.raw<File>();
  #system = $state.raw('');
  #inspection = $state.raw<FileInspection>();
  #mapping = $state.raw<ColumnMapping>({});
  #progress = $state.raw<ImportProgress>();
  #problem = $state.raw<DataProblem>();

  constructor(createClient: () => DataImportClient, take: TakeData) {
    this.#createClient = createClient;
    this.#take = take;
  }

  get phase(): ImportPhase {
    return this.#phase;
  }
  get file(): File | undefined {
    return this.#file;
  }
  get system(): string {
    return this.#system;
  }
  /** What was found; while a mapping is tried, what was found before. */
  get inspection(): FileInspection | undefined {
    return this.#inspection;
  }
  /** As it is chosen now, perhaps not looked at yet. */
  get mapping(): ColumnMapping {
    return this.#mapping;
  }
  get progress(): ImportProgress | undefined {
    return this.#progress;
  }
  /** Why the file cannot be used as it stands. */
  get problem(): DataProblem | undefined {
    return this.#problem;
  }
  get busy(): boolean {
    return ['inspecting', 'reading', 'taking'].includes(this.#phase);
  }
  get usable(): boolean {
    return this.#phase === 'preview' && this.#problem === undefined;
  }

  /** Looks at a file; one that is open already is given up. */
  async open(file: File, system: string): Promise<void> {
    this.#reset();
    this.#file = file;
    this.#system = system;
    await this.#inspect();
  }

  /** Chooses a column for a field, `''` for none, and looks again. */
  async map(field: string, column: string): Promise<void> {
    if (!this.#inspection || this.#phase === 'reading' || this.#phase === 'taking') return;
    this.#chosen = { ...this.#mapping, [field]: column };
    this.#mapping = this.#chosen;
    await this.#inspect();
  }

  /** Takes the proposed columns of a file that looks like another data set. */
  async mapAnyway(): Promise<void> {
    if (!this.#inspection || this.busy) return;
    this.#chosen = this.#mapping;
    await this.#inspect();
  }

  /** Takes the file into use. */
  async use(): Promise<void> {
    const file = this.#file;
    if (!this.usable || !file) return;
    const job = this.#begin('reading');
    const outcome = await this.#ask((client) =>
      client.read(file, this.#request(), (progress) => this.#report(job, progress)),
    );
    if (job !== this.#job) return;
    if (!outcome.ok) {
      this.#settle(outcome.aborted ? undefined : outcome.problem);
      return;
    }
    this.#phase = 'taking';
    const { mapping, published } = outcome.value;
    const refused = await this.#take({
      file,
      system: this.#system,
      ...(!published && { mapping }),
      data: outcome.value,
    }).catch((error: unknown) => ({ message: `the data could not be used: ${messageOf(error)}` }));
    if (job !== this.#job) return;
    if (refused) this.#settle(refused);
    else this.#close();
  }

  /** Gives the file up; what was in use stays. */
  cancel(): void {
    if (this.#phase === 'taking') return;
    if (this.busy) void this.#client?.cancel().catch(() => undefined);
    this.#close();
  }

  dispose(): void {
    this.#close();
  }

  async #inspect(): Promise<void> {
    const file = this.#file!;
    const job = this.#begin('inspecting');
    const outcome = await this.#ask((client) =>
      client.inspect(file, this.#request(), (progress) => this.#report(job, progress)),
    );
    if (job !== this.#job) return;
    if (outcome.ok) {
      this.#inspection = outcome.value;
      this.#mapping = outcome.value.mapping;
      this.#settle(outcome.value.refusal);
    } else if (outcome.aborted) {
      this.#close();
    } else {
      this.#inspection = undefined;
      this.#settle(outcome.problem);
    }
  }

  #request(): ImportRequest {
    return { system: this.#system, ...(this.#chosen && { mapping: this.#chosen }) };
  }

  #begin(phase: ImportPhase): number {
    this.#phase = phase;
    this.#progress = undefined;
    if (phase === 'inspecting') this.#problem = undefined;
    return (this.#job += 1);
  }

  #report(job: number, progress: ImportProgress): void {
    if (job === this.#job && this.busy) this.#progress = progress;
  }

  /** Nothing to show: refused; else the preview, with what is wrong with it. */
  #settle(problem: DataProblem | undefined): void {
    this.#problem = problem;
    this.#progress = undefined;
    this.#phase = this.#inspection ? 'preview' : 'refused';
  }

  async #ask<Value>(
    call: (client: DataImportClient) => Promise<ImportOutcome<Value>>,
  ): Promise<ImportOutcome<Value>> {
    try {
      const client = (this.#client ??= this.#createClient());
      const outcome = await call(client);
      // It may be the worker that broke: the next try gets a new one.
      if (!outcome.ok && !outcome.aborted && client === this.#client) this.#letGo();
      return outcome;
    } catch (error) {
      this.#letGo();
      const message = `the file could not be read: ${messageOf(error)}`;
      return { ok: false, problem: { message } };
    }
  }

  #close(): void {
    this.#reset();
    // Its memory is worth more than the moment a new one takes.
    this.#letGo();
  }

  #letGo(): void {
    this.#client?.dispose();
    this.#client = undefined;
  }

  #reset(): void {
    this.#job += 1;
    this.#phase = 'idle';
    this.#chosen = undefined;
    this.#file = undefined;
    this.#system = '';
    this.#inspection = undefined;
    this.#mapping = {};
    this.#progress = undefined;
    this.#problem = undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
