/** Models without workers for tests: each call waits until the test answers it. */
import type {
  ModelClient,
  ModelClients,
  ModelDescription,
  ModelFailure,
  ModelOutcome,
  ModelSource,
  ReportProgress,
  SelfTest,
  StoredModel,
} from '../model-client';
import type { Capabilities, Surroundings } from '../capabilities';
import type { WebllmListing } from '../model-entry';
import type { TextStorage } from '../added-models';

export const DESCRIPTION: ModelDescription = {
  id: 'fake',
  deterministic: true,
  slots: 1,
  usesGpu: true,
  embeds: false,
};

export const SELF_TEST: SelfTest = {
  matrix: { size: 64, largestDifference: 1e-5, gpuMilliseconds: 2, cpuMilliseconds: 9 },
  text: 'The capital of France is Paris.',
  tokens: 8,
  tokensPerSecond: 21.4,
  firstTokenMilliseconds: 310,
};

export const FAILURE: ModelFailure = {
  problem: 'out-of-memory',
  message: 'The GPU ran out of memory.',
  advice: 'Close other tabs or choose a smaller model.',
  lasting: true,
};

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((take) => (resolve = take));
  return { promise, resolve };
}

export class FakeModelClient implements ModelClient {
  readonly calls: string[] = [];
  report: ReportProgress = () => undefined;
  share: (share: number) => void = () => undefined;
  /** Answers what is waited for. */
  readonly downloaded = deferred<ModelOutcome<StoredModel>>();
  readonly loaded = deferred<ModelOutcome<ModelDescription>>();
  readonly tested = deferred<ModelOutcome<SelfTest>>();
  /** False for a worker that does not hear Cancel. */
  hears = true;

  constructor(
    readonly source: ModelSource,
    readonly crash: (failure: ModelFailure) => void,
  ) {}

  download(_: ModelSource, report: ReportProgress): Promise<ModelOutcome<StoredModel>> {
    this.calls.push('download');
    this.report = report;
    return this.downloaded.promise;
  }
  load(_: ModelSource, report: ReportProgress): Promise<ModelOutcome<ModelDescription>> {
    this.calls.push('load');
    this.report = report;
    return this.loaded.promise;
  }
  async cancel(): Promise<void> {
    this.calls.push('cancel');
    if (!this.hears) return new Promise(() => undefined);
    this.downloaded.resolve({ ok: false, aborted: true });
    this.loaded.resolve({ ok: false, aborted: true });
  }
  selfTest(report: (share: number) => void): Promise<ModelOutcome<SelfTest>> {
    this.calls.push('selfTest');
    this.share = report;
    return this.tested.promise;
  }
  async connect(): Promise<void> {
    this.calls.push('connect');
  }
  async unload(): Promise<void> {
    this.calls.push('unload');
  }
  dispose(): void {
    this.calls.push('dispose');
  }
}

export class FakeModelClients implements ModelClients {
  readonly opened: FakeModelClient[] = [];
  /** Files on the machine, by the model's name. */
  readonly files = new Map<string, StoredModel>();
  asked = 0;
  removal: ModelOutcome<void> = { ok: true, value: undefined };

  open(source: ModelSource, onCrash: (failure: ModelFailure) => void): FakeModelClient {
    const client = new FakeModelClient(source, onCrash);
    this.opened.push(client);
    return client;
  }
  async stored({ model }: ModelSource): Promise<StoredModel | undefined> {
    this.asked += 1;
    return this.files.get(model);
  }
  async remove({ model }: ModelSource): Promise<ModelOutcome<void>> {
    if (this.removal.ok) this.files.delete(model);
    return this.removal;
  }
  get last(): FakeModelClient {
    return this.opened.at(-1)!;
  }
}

export function listing(id: string, change: Partial<WebllmListing> = {}): WebllmListing {
  const quantisation = /q\d+f\d+(_\d)?/.exec(id)?.[0] ?? 'q4f16_1';
  return {
    id,
    url: `https://models.example/${id.replace('-1k', '')}`,
    type: 'llm',
    family: id.split('-')[0]!,
    licence: 'Apache-2.0',
    quantisation,
    needsF16: quantisation.includes('f16'),
    vramMB: 900,
    estimatedBytes: 700e6,
    contextTokens: 4096,
    ...change,
  };
}

const GIB = 2 ** 30;
export const MACHINE: Capabilities = {
  gpu: {
    name: 'acme',
    software: false,
    f16: true,
    maxBufferBytes: 4 * GIB,
    maxBindingBytes: 2 * GIB,
  },
  cores: 8,
  memoryBytes: 8 * GIB,
  isolated: true,
  storage: { quotaBytes: 10e9, usedBytes: 1e9, kept: false },
  wasm: { simd: true, threads: true, memory64: true },
};

/** The browser of a machine with a GPU of 16-bit numbers, 8 GiB and room; a test takes away what it needs. */
export function surroundings(change: Partial<Surroundings> = {}): Surroundings {
  return {
    gpu: { requestAdapter: async () => adapter() },
    cores: 8,
    memoryGiB: 8,
    isolated: true,
    secure: true,
    storage: {
      estimate: async () => ({ quota: 50e9, usage: 1e9 }),
      persisted: async () => false,
      persist: async () => true,
    },
    validates: () => true,
    ...change,
  };
}

export function adapter(change: { software?: boolean; f16?: boolean; binding?: number } = {}) {
  const { software = false, f16 = true, binding = 2 ** 31 - 4 } = change;
  return {
    info: { vendor: 'acme', architecture: 'one', description: '', isFallbackAdapter: software },
    features: new Set(f16 ? ['shader-f16'] : []),
    limits: { maxBufferSize: 2 ** 32, maxStorageBufferBindingSize: binding },
  };
}

export function memoryStorage(entries: Record<string, string> = {}): TextStorage & {
  readonly entries: Record<string, string>;
} {
  return {
    entries,
    getItem: (key) => entries[key] ?? null,
    setItem: (key, value) => void (entries[key] = value),
    removeItem: (key) => void Reflect.deleteProperty(entries, key),
  };
}

/** Lets promises that are settled be heard. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}
