/** The run: data, system, engine and the Optimas loop, off the page. */
import * as Comlink from 'comlink';
import { loadWorkload, type Workload } from '../src/compose/catalogue';
import { DataError } from '../src/data/data-error';
import { openStorage, type RunRecord, type Storage } from '../src/storage';
import type { RewardWorkerApi } from './reward-protocol';
import { RunModel } from './run-model';
import type { DataProblem, InterruptedRun, RunListener, RunWorkerApi } from './run-protocol';
import { RunSession, type KeptRequest } from './run-session';
import { summarise } from './summary';

// Kept in module scope: a collected proxy never answers again.
let rewards: Comlink.Remote<RewardWorkerApi> | undefined;
let listener: RunListener | undefined;
let workload: Promise<Workload> | undefined;
/** The data file in use, kept with a run that is on it. */
let dataFile: File | undefined;
let session: RunSession | undefined;

/** `undefined` where this browser keeps nothing; the page has heard why. */
let storage: Promise<Storage | undefined> | undefined;
let calls: Storage['calls'] | undefined;

const model = new RunModel(
  () => listener!,
  () => calls,
);

function currentWorkload(): Promise<Workload> {
  workload ??= loadWorkload();
  return workload;
}

function opened(): Promise<Storage | undefined> {
  storage ??= openStorage((message) => listener?.notice(message)).then((outcome) => {
    if (outcome.ok) calls = outcome.storage.calls;
    else listener?.notice(outcome.problem);
    return outcome.ok ? outcome.storage : undefined;
  });
  return storage;
}

function problemOf(error: unknown): DataProblem {
  if (error instanceof DataError) {
    const { problem: message, line, field } = error;
    return {
      message,
      ...(line !== undefined && { line }),
      ...(field !== undefined && { field }),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message: `the file cannot be read: ${message}` };
}

async function load(file: File): Promise<Workload> {
  return loadWorkload({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
}

function interruptedRun({ id, request, events, updatedAt, file }: RunRecord): InterruptedRun {
  const kept = request as KeptRequest;
  return {
    id,
    request: kept.request,
    ...(kept.model && { model: kept.replacement ?? kept.model }),
    ...(file && { file: file.name }),
    events,
    updatedAt,
  };
}

function newSession(parts: Partial<ConstructorParameters<typeof RunSession>[0]>): RunSession {
  session = new RunSession({
    page: listener!,
    rewards: rewards!,
    model,
    workload: currentWorkload,
    ...parts,
  });
  return session;
}

const api: RunWorkerApi = {
  async connect(rewardPort, pageListener) {
    rewards = Comlink.wrap<RewardWorkerApi>(rewardPort);
    listener = pageListener;
    await rewards.listen(Comlink.proxy((activity) => pageListener.activity(activity)));
  },
  summary: async () => summarise(await currentWorkload()),
  async loadFile(file) {
    try {
      const loaded = await load(file);
      workload = Promise.resolve(loaded);
      dataFile = file;
      return { ok: true, summary: summarise(loaded) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  },
  async useShippedData() {
    workload = loadWorkload();
    dataFile = undefined;
    return summarise(await workload);
  },
  async setModel(port, instead) {
    const outcome = await model.set(port, instead !== undefined);
    if (outcome.ok && instead) session?.replaced({ ...instead, description: outcome.value });
    return outcome;
  },
  loseModel: async (failure) => model.lose(failure),
  async start(request, paused, name) {
    await session?.stop();
    const store = await opened();
    const { description } = model;
    const kept: KeptRequest = {
      request,
      ...(request.engine === 'model' && name && description && { model: { ...name, description } }),
    };
    const file = dataFile && { name: dataFile.name, data: dataFile };
    const open = await store?.runs.start(kept, file);
    void newSession({ ...(open && { open }) }).run({ request }, paused);
  },
  async interrupted() {
    return ((await (await opened())?.runs.interrupted()) ?? []).map(interruptedRun);
  },
  async continueRun(id) {
    const page = listener!;
    const outcome = await (await opened())?.runs.resume(id);
    if (outcome?.ok !== true) {
      page.notice(outcome?.problem ?? 'This run is not kept any more.');
      return;
    }
    const { run: open, file } = outcome;
    try {
      dataFile = file && new File([file], open.record.file!.name);
      workload = dataFile ? load(dataFile) : loadWorkload();
      const summary = summarise(await workload);
      page.continued(interruptedRun(open.record), summary, dataFile);
    } catch (error) {
      await open.leave();
      page.notice(`The run cannot be continued: ${problemOf(error).message}`);
      return;
    }
    const paused = open.record.status === 'paused';
    void newSession({ open }).run(open.record.request as KeptRequest, paused);
  },
  discard: async (id) => void (await (await opened())?.runs.discard(id)),
  async cachedCalls() {
    const {
      entries = 0,
      bytes = 0,
      hits = 0,
      limit = 0,
    } = (await (await opened())?.calls.statistics()) ?? {};
    return { entries, bytes, hits, limitBytes: limit };
  },
  clearCachedCalls: async () => (await opened())?.calls.clear(),
  pause: async () => session?.pause(),
  resume: async () => session?.resume(),
  step: async () => session?.step(),
  stop: async () => session?.stop(),
};

Comlink.expose(api);
