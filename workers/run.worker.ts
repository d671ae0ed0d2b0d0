/** The run: data, system, engine and the Optimas loop, off the page. */
import * as Comlink from 'comlink';
import { loadWorkload, SYSTEMS, type ImportedRows, type Workload } from '../src/compose/catalogue';
import { featuresOf } from '../src/core/reward/saved-rewards';
import { needsRewards } from '../src/core/system/configuration';
import { ConfigurationError, readConfiguration } from '../src/core/system/read-configuration';
import { DataError } from '../src/data/data-error';
import { FEATURE_MAPS } from '../src/learning/feature-maps';
import { openStorage, type RunRecord, type Storage } from '../src/storage';
import type { RewardWorkerApi } from './reward-protocol';
import { RunModel } from './run-model';
import type {
  DataProblem,
  InterruptedRun,
  RunListener,
  RunWorkerApi,
  SystemSummary,
} from './run-protocol';
import { RunSession, type KeptRequest } from './run-session';
import { sandboxClient } from './sandbox-client';
import { summarise } from './summary';

// Kept in module scope: a collected proxy never answers again.
let rewards: Comlink.Remote<RewardWorkerApi> | undefined;
let listener: RunListener | undefined;
/** The system that runs are on, its data, and the rows of a file where they are not the shipped ones. */
let present: { system: string; workload: Promise<Workload>; rows?: File } | undefined;
let session: RunSession | undefined;

/** `undefined` where this browser keeps nothing; the page has heard why. */
let storage: Promise<Storage | undefined> | undefined;
let calls: Storage['calls'] | undefined;

/** Where programs run that a model wrote; it starts with the first of them. */
const code = sandboxClient();

const model = new RunModel(
  () => listener!,
  () => calls,
);

function currentWorkload(): Promise<Workload> {
  return (present ?? shipped(SYSTEMS[0])).workload;
}

/** Takes a system with its shipped data. */
function shipped(system: string): NonNullable<typeof present> {
  present = { system, workload: loadWorkload({ system, code }) };
  return present;
}

/** Takes rows of a file for a system. @throws DataError, and leaves what was loaded before */
async function take(system: string, rows: ImportedRows, file: File): Promise<SystemSummary> {
  const workload = await loadWorkload({ system, rows, code });
  present = { system, workload: Promise.resolve(workload), rows: file };
  return summarise(workload);
}

/** Of a file that the page made of what it imported. */
async function rowsOf(file: Blob): Promise<ImportedRows> {
  return JSON.parse(await file.text()) as ImportedRows;
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

function configurationProblem(error: unknown): DataProblem {
  if (error instanceof ConfigurationError) return { message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof SyntaxError)) return { message };
  return {
    message: `it is no JSON (${message}); choose a file that “Download configuration” gave`,
  };
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
  async summary(system) {
    if (present?.system !== system) shipped(system);
    return summarise(await currentWorkload());
  },
  async useRows(rows) {
    const { system } = present ?? shipped(SYSTEMS[0]);
    try {
      return { ok: true, summary: await take(system, await rowsOf(rows), rows) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  },
  async useShippedData() {
    return summarise(await shipped(present?.system ?? SYSTEMS[0]).workload);
  },
  async readConfiguration(text) {
    try {
      const { system } = await currentWorkload();
      const file = JSON.parse(text) as { readonly localRewards?: unknown };
      const configuration = readConfiguration(system, file);
      if (!needsRewards(configuration)) return { ok: true, measure: { configuration } };
      const { localRewards } = file;
      const features = FEATURE_MAPS.find((name) => name === featuresOf(localRewards));
      return { ok: true, measure: { configuration, localRewards }, ...(features && { features }) };
    } catch (error) {
      return { ok: false, problem: configurationProblem(error) };
    }
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
    if (present?.system !== request.system) shipped(request.system);
    const { rows } = present!;
    const file = rows && { name: rows.name, data: rows };
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
      const { system } = (open.record.request as KeptRequest).request;
      const rows = file && new File([file], open.record.file!.name);
      const summary = rows
        ? await take(system, await rowsOf(rows), rows)
        : summarise(await shipped(system).workload);
      page.continued(interruptedRun(open.record), summary, rows);
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
