/** The run: data, system, engine and the Optimas loop, off the page. */
import * as Comlink from 'comlink';
import type { ImportedRows } from '../src/compose/catalogue';
import { featuresOf } from '../src/core/reward/saved-rewards';
import { needsRewards } from '../src/core/system/configuration';
import { ConfigurationError, readConfiguration } from '../src/core/system/read-configuration';
import { DataError } from '../src/data/data-error';
import { FEATURE_MAPS } from '../src/learning/feature-maps';
import { openStorage, type RunRecord, type Storage } from '../src/storage';
import { PresentWorkload } from './present-workload';
import type { RewardWorkerApi } from './reward-protocol';
import { RunModels } from './run-models';
import type { DataProblem, InterruptedRun, RunListener, RunWorkerApi } from './run-protocol';
import { RunSession, type KeptModel, type KeptRequest } from './run-session';
import { sandboxClient } from './sandbox-client';
import { summarise } from './summary';

// Kept in module scope: a collected proxy never answers again.
let rewards: Comlink.Remote<RewardWorkerApi> | undefined;
let listener: RunListener | undefined;
let session: RunSession | undefined;

/** `undefined` where this browser keeps nothing; the page has heard why. */
let storage: Promise<Storage | undefined> | undefined;
let calls: Storage['calls'] | undefined;

/** Where programs run that a model wrote; it starts with the first of them. */
const present = new PresentWorkload(sandboxClient(), (activity) => listener?.measuring(activity));

const models = new RunModels(
  () => listener!,
  () => calls,
);

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
    models: (kept.models ?? []).map((model) => model.replacement ?? model),
    ...(file && { file: file.name }),
    events,
    updatedAt,
  };
}

function newSession(parts: Partial<ConstructorParameters<typeof RunSession>[0]>): RunSession {
  session = new RunSession({
    page: listener!,
    rewards: rewards!,
    models,
    workload: () => present.workload,
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
    return summarise(await present.on(system));
  },
  async useRows(rows) {
    try {
      const workload = await present.takeRows(present.system, await rowsOf(rows), rows);
      return { ok: true, summary: summarise(workload) };
    } catch (error) {
      return { ok: false, problem: problemOf(error) };
    }
  },
  async useShippedData() {
    return summarise(await present.takeShipped(present.system));
  },
  references: () => present.references(),
  async readConfiguration(text) {
    try {
      const { system } = await present.workload;
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
  async setModel(port, model, insteadOf) {
    const outcome = await models.set(port, model.key, insteadOf);
    if (outcome.ok && insteadOf !== undefined) {
      session?.replaced(insteadOf, { ...model, description: outcome.value });
    }
    return outcome;
  },
  loseModel: async (key, failure) => models.lose(key, failure),
  async start(request, paused, names) {
    await session?.stop();
    const store = await opened();
    const known = names.flatMap((name): KeptModel[] => {
      const description = models.description(name.key);
      return description === undefined ? [] : [{ ...name, description }];
    });
    const kept: KeptRequest = { request, models: request.engine === 'model' ? known : [] };
    // What cannot be loaded fails the run, in words.
    present.on(request.system).catch(() => undefined);
    const { file: rows } = present;
    const file = rows && { name: rows.name, data: rows };
    const open = await store?.runs.start(kept, file);
    void newSession({ ...(open && { open }) }).run(kept, paused);
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
      const workload = rows
        ? await present.takeRows(system, await rowsOf(rows), rows)
        : await present.takeShipped(system);
      page.continued(interruptedRun(open.record), summarise(workload), rows);
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
