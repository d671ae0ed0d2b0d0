/** An import client without a worker: records what it is asked and lets the test answer. */
import type {
  DataImportClient,
  FileInspection,
  ImportedFile,
  ImportOutcome,
  ImportProgress,
  ImportRequest,
} from '../data-import.svelte';

export const INSPECTION: FileInspection = {
  format: { name: 'plain', title: 'a plain table' },
  published: false,
  columns: ['Query', 'Label', 'Text'],
  fields: [
    { name: 'question', words: 'the question', also: ['query'] },
    { name: 'answer', words: 'the answer', also: ['label'] },
  ],
  mapping: { question: 'Query', answer: 'Label' },
  missing: [],
  preview: {
    rows: 20,
    usable: 18,
    taken: 18,
    shown: ['Query', 'Label', 'Text'],
    examples: [{ line: 2, cells: ['Who?', 'Ada', 'Ada did.'] }],
    problems: [{ line: 3, field: 'answer', message: 'the field is empty' }],
    moreProblems: 1,
    split: { train: 6, validation: 5, test: 7, seed: 0 },
  },
  contentHash: 'ab',
};

export const IMPORTED: ImportedFile = {
  ...INSPECTION,
  rows: [{ line: 2, value: { question: 'Who?', answer: 'Ada' } }],
  notes: [],
};

interface Call {
  readonly what: 'inspect' | 'read';
  readonly file: File;
  readonly request: ImportRequest;
  readonly report: (progress: ImportProgress) => void;
  answer(outcome: ImportOutcome<ImportedFile>): void;
  fail(error: Error): void;
}

export class FakeImportClient implements DataImportClient {
  readonly calls: Call[] = [];
  cancelled = 0;
  disposed = 0;

  inspect(
    file: File,
    request: ImportRequest,
    report: Call['report'],
  ): Promise<ImportOutcome<FileInspection>> {
    return this.#call('inspect', file, request, report);
  }

  read(
    file: File,
    request: ImportRequest,
    report: Call['report'],
  ): Promise<ImportOutcome<ImportedFile>> {
    return this.#call('read', file, request, report);
  }

  async cancel(): Promise<void> {
    this.cancelled += 1;
  }

  dispose(): void {
    this.disposed += 1;
  }

  get last(): Call {
    return this.calls.at(-1)!;
  }

  #call(
    what: Call['what'],
    file: File,
    request: ImportRequest,
    report: Call['report'],
  ): Promise<ImportOutcome<ImportedFile>> {
    return new Promise((answer, fail) => {
      this.calls.push({ what, file, request, report, answer, fail });
    });
  }
}
