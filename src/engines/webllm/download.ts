/**
 * Brings a model into WebLLM's own caches without loading it: counted by the byte, checked as it
 * comes, and resumable file by file. WebLLM then finds everything there and asks the network for
 * nothing. Its own download tells whole files only, checks nothing, and names no file that fails.
 */
import { ModelError } from '../../core/system/chat-model';
import type { ReportProgress } from '../loaded-model';
import { abortable } from './abortable';
import { webllmFailure } from './errors';
import { fetchFile, readJson, readLibrary } from './fetch-file';
import { contentsOf, isHere, openCache, type Contents, type ModelFile } from './files';
import { keep, keepChecked } from './keep';
import { throttled } from './progress';
import { targetOf, type Target, type WebllmSource } from './source';
import { storedWebllm, type StoredFiles } from './stored';

/** Requests side by side, as WebLLM has them. */
const AT_ONCE = 4;

/** Milliseconds before a file is asked for once more, after what may be gone by then. */
const PAUSES = [1000, 4000];
const PASSING = new Set<ModelError['problem']>([
  'network',
  'server-error',
  'rate-limited',
  'truncated',
  'wrong-checksum',
]);

/**
 * Goes on where it stopped; what has come stays when it is cancelled or fails.
 * @throws ModelError that names the file; the signal's reason when aborted
 */
export async function downloadWebllm(
  source: WebllmSource,
  report: ReportProgress,
  signal: AbortSignal,
  pauses: readonly number[] = PAUSES,
): Promise<StoredFiles> {
  const target = targetOf(source);
  const contents = await bringContents(target, signal, pauses);
  await bringFiles(target, contents, report, signal, pauses);
  return (await storedWebllm(source)) ?? { bytes: 0, complete: false };
}

/** The two files that say what there is. */
export async function bringContents(
  target: Target,
  signal: AbortSignal,
  pauses: readonly number[] = PAUSES,
): Promise<Contents> {
  const contents = await contentsOf(target, (file) =>
    patiently(() => bringJson(file, signal), pauses, signal),
  );
  // `read` above brings or throws, so both files were there.
  return contents!;
}

/** @param report hears bytes of weights; the other files come to a few megabytes */
export async function bringFiles(
  { name }: Target,
  { others, shards, totalBytes }: Contents,
  report: ReportProgress,
  signal: AbortSignal,
  pauses: readonly number[] = PAUSES,
): Promise<void> {
  const missing: ModelFile[] = [];
  let done = 0;
  for (const file of [...others, ...shards]) {
    signal.throwIfAborted();
    if (await isHere(file)) done += file.bytes ?? 0;
    else missing.push(file);
  }
  if (missing.length === 0) return;
  await requireSpace(name, totalBytes - done);
  // What fails takes the other requests with it.
  const own = new AbortController();
  const all = AbortSignal.any([signal, own.signal]);
  const tell = throttled(report);
  const count = (more: number): void => {
    done += more;
    if (!all.aborted) tell({ phase: 'downloading', bytes: done, total: totalBytes });
  };
  count(0);
  const next = missing.values();
  const lane = async (): Promise<void> => {
    for (const file of next) {
      await patiently(() => bringCounted(file, all, count), pauses, all);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  } catch (error) {
    own.abort(error);
    signal.throwIfAborted();
    throw webllmFailure(error, name);
  }
}

/** Once more after each pause, where what went wrong may have passed by then. */
async function patiently<Value>(
  work: () => Promise<Value>,
  pauses: readonly number[],
  signal: AbortSignal,
): Promise<Value> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ModelError && PASSING.has(error.problem))) throw error;
      await abortable(new Promise((resolve) => setTimeout(resolve, pause)), signal);
    }
  }
  return work();
}

/** A file counts whole or not at all: after a failure it is begun again at its beginning. */
async function bringCounted(
  file: ModelFile,
  signal: AbortSignal,
  count: (bytes: number) => void,
): Promise<void> {
  let counted = 0;
  try {
    await bring(file, signal, (more) => {
      counted += more;
      count(more);
    });
  } catch (error) {
    count(-counted);
    throw error;
  }
}

async function bring(
  file: ModelFile,
  signal: AbortSignal,
  count: (bytes: number) => void,
): Promise<void> {
  if (file.kind === 'json') {
    await bringJson(file, signal);
    return;
  }
  const response = await fetchFile(file, signal);
  if (file.kind === 'library') {
    await keep(file, await readLibrary(file, response, signal), 'application/wasm');
  } else {
    await keepChecked(file, response, signal, count);
  }
}

async function bringJson(file: ModelFile, signal: AbortSignal): Promise<unknown> {
  const cache = await openCache(file.cache);
  const cached = await cache.match(file.url);
  if (cached !== undefined) {
    try {
      return (await readJson(file, cached, signal)).value;
    } catch (error) {
      signal.throwIfAborted();
      // WebLLM itself keeps whatever a server sends, a page of its own included.
      if (!(error instanceof ModelError)) throw error;
      await cache.delete(file.url);
    }
  }
  const { value, text } = await readJson(file, await fetchListing(file, signal), signal);
  await keep(file, new TextEncoder().encode(text), 'application/json');
  return value;
}

/** Folders compiled before 2025 have their list of weights under its former name. */
async function fetchListing(file: ModelFile, signal: AbortSignal): Promise<Response> {
  try {
    return await fetchFile(file, signal);
  } catch (error) {
    if (file.name !== 'tensor-cache.json' || !isMissing(error)) throw error;
    const former = { ...file, url: new URL('ndarray-cache.json', file.url).href };
    // Where that is missing too, the current name is the one to ask for.
    return fetchFile(former, signal).catch((second: unknown) => {
      throw isMissing(second) ? error : second;
    });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ModelError && ['missing-file', 'html'].includes(error.problem);
}

/** Refused before it begins, not after a gigabyte. */
async function requireSpace(name: string, needed: number): Promise<void> {
  const { quota, usage } = (await globalThis.navigator?.storage?.estimate()) ?? {};
  if (quota === undefined || usage === undefined || quota - usage >= needed) return;
  const megabytes = (bytes: number): string => (Math.max(bytes, 0) / 1e6).toFixed(0);
  throw new ModelError(
    'quota',
    `${name} needs ${megabytes(needed)} MB more; the browser gives this site ${megabytes(quota - usage)} MB.`,
    'Free disk space, delete models that are no longer needed, and do not use a private window.',
    true,
  );
}
