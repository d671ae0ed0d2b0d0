/** What of a model is on this machine, whether it is whole and right, and how to be rid of it. */
import { ModelError } from '../../core/system/chat-model';
import type { ReportProgress } from '../loaded-model';
import { faultOf, md5Of } from './checksum';
import { CACHES, cachedBytes, contentsOf, isHere, openCache, type ModelFile } from './files';
import { models } from './models';
import { throttled } from './progress';
import { folderOf, targetOf, type Target, type WebllmSource } from './source';

export interface StoredFiles {
  readonly bytes: number;
  readonly complete: boolean;
}

/** @returns `undefined` where nothing of it is here */
export async function storedWebllm(source: WebllmSource): Promise<StoredFiles | undefined> {
  if (typeof caches === 'undefined') return undefined;
  const target = targetOf(source);
  let bytes = 0;
  let ofFolder = 0;
  for (const file of await filesOf(target)) {
    bytes += (await cachedBytes(file)) ?? 0;
    if (file.cache !== 'library') ofFolder += 1;
  }
  // The library alone is another model's: models of one size share it.
  if (ofFolder === 0) return undefined;
  return { bytes, complete: await isComplete(target) };
}

/**
 * Deletes weights, tokenizer and configuration; the library too, unless another model that is here
 * runs on it. Ids of the list that differ in their context alone (`…-1k`) are one set of files.
 */
export async function removeWebllm(source: WebllmSource): Promise<void> {
  const target = targetOf(source);
  for (const { cache, url } of await filesOf(target)) {
    if (cache === 'library' && (await isShared(target))) continue;
    await (await openCache(cache)).delete(url);
  }
}

async function isShared({ library, folder }: Target): Promise<boolean> {
  const folders = models
    .filter((model) => model.library === library)
    .map(({ url }) => folderOf(url));
  const kept = await (await openCache('model')).keys();
  return folders.some((other) => other !== folder && kept.some(({ url }) => url.startsWith(other)));
}

/**
 * Holds the weights that are here against the lengths and MD5 sums of their list. What is wrong is
 * deleted, so that the next download fetches it alone.
 * @throws ModelError that names the files; the signal's reason when aborted
 */
export async function verifyWebllm(
  source: WebllmSource,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<void> {
  const target = targetOf(source);
  const contents = await contentsOf(target, cachedJson);
  if (contents === undefined) return;
  const tell = throttled(report);
  const faults: ModelError[] = [];
  let done = 0;
  for (const shard of contents.shards) {
    signal.throwIfAborted();
    const cache = await openCache(shard.cache);
    const response = await cache.match(shard.url);
    const body = response && new Uint8Array(await response.arrayBuffer());
    const fault = body && faultOf(shard, body.byteLength, md5Of(body));
    if (fault) {
      faults.push(fault);
      await cache.delete(shard.url);
    }
    done += shard.bytes ?? 0;
    tell({ phase: 'checking', bytes: done, total: contents.totalBytes });
  }
  const [first, ...others] = faults;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  const message = faults.map((fault) => fault.message).join(' ');
  throw new ModelError(first.problem, message, first.advice, first.lasting);
}

/** Whatever is in the caches under the model's addresses. */
async function filesOf(target: Target): Promise<Pick<ModelFile, 'cache' | 'url'>[]> {
  const found: Pick<ModelFile, 'cache' | 'url'>[] = [];
  for (const cache of Object.keys(CACHES) as ModelFile['cache'][]) {
    for (const { url } of await (await openCache(cache)).keys()) {
      const own = cache === 'library' ? url === target.library : url.startsWith(target.folder);
      if (own) found.push({ cache, url });
    }
  }
  return found;
}

async function isComplete(target: Target): Promise<boolean> {
  let contents;
  try {
    contents = await contentsOf(target, cachedJson);
  } catch {
    // A list that can't be read is none.
    return false;
  }
  if (contents === undefined) return false;
  for (const file of [...contents.others, ...contents.shards]) {
    if (!(await isHere(file))) return false;
  }
  return true;
}

async function cachedJson(file: ModelFile): Promise<unknown> {
  const response = await (await openCache(file.cache)).match(file.url);
  return response?.json();
}
