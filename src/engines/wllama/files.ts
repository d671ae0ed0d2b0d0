/**
 * Downloads GGUF files to this machine. A download that breaks off is kept and goes on where it
 * stopped; a file counts as whole only when its length, and its checksum where one is known, are
 * right.
 */
import type { ReportProgress } from '../loaded-model';
import { checksumOf } from './checksum';
import { notGguf, pageInstead, quotaFull, wrongChecksum } from './failures';
import { announcedLength, requestRest } from './request';
import { nameOf, storedName } from './source';
import {
  exclusively,
  modelsFolder,
  openFile,
  openToWrite,
  readNote,
  removeEntries,
  removeFile,
  storedFile,
  writeNote,
} from './store';
import { throttled } from './throttle';

export { openFile, removeFile, storedFile, type StoredFile } from './store';

export interface DownloadOptions {
  /** Of the file; of several, of all of them joined. */
  readonly sha256?: string | undefined;
  /** Bytes so far and in all, at most five times a second. */
  readonly report: ReportProgress;
  readonly signal: AbortSignal;
}

/** @throws ModelError; the signal's reason when aborted: what came so far stays */
export async function downloadFiles(
  urls: readonly string[],
  { sha256, report, signal }: DownloadOptions,
): Promise<void> {
  const tell = throttled(report);
  const stored = await Promise.all(urls.map(storedFile));
  const isMissing = (i: number): boolean => !stored[i]?.complete;
  if (urls.some((_, i) => isMissing(i))) {
    // Before anybody is asked.
    await modelsFolder();
    const lengths = await lengthsOf(urls, signal);
    const total = lengths?.reduce((sum, length) => sum + length, 0);
    const here = stored.reduce((sum, file) => sum + (file?.bytes ?? 0), 0);
    if (total !== undefined) await makeRoom(nameOf(urls[0]!), total - here);
    let before = 0;
    for (const url of urls) {
      const told: Told = (bytes, own) => {
        const all = urls.length === 1 ? own : total;
        tell({ phase: 'downloading', bytes: before + bytes, ...(all && { total: all }) });
      };
      await downloadFile(url, told, signal);
      before += (await storedFile(url))?.bytes ?? 0;
    }
  }
  if (sha256 !== undefined)
    await check(urls, { sha256: sha256.toLowerCase(), report: tell, signal });
}

/** Bytes of this file so far, and in all where known. */
type Told = (bytes: number, total: number | undefined) => void;

/** How often a tab looks how far another one is. */
const LOOK_MS = 500;

async function downloadFile(url: string, told: Told, signal: AbortSignal): Promise<void> {
  const look = setInterval(async () => {
    const [file, note] = await Promise.all([storedFile(url), readNote(url)]);
    if (file) told(file.bytes, note?.total);
  }, LOOK_MS);
  await exclusively(url, signal, async () => {
    clearInterval(look);
    const file = await storedFile(url);
    if (file?.complete) told(file.bytes, file.bytes);
    else await fetchRest(url, file?.bytes ?? 0, told, signal);
  }).finally(() => clearInterval(look));
}

/** @param here bytes of it that are stored */
async function fetchRest(
  url: string,
  here: number,
  told: Told,
  signal: AbortSignal,
): Promise<void> {
  const note = await readNote(url);
  const have = note === undefined ? 0 : here;
  const { bytes, from, version } = await requestRest(url, have, note ?? {}, signal);
  if (version.total !== undefined) await makeRoom(nameOf(url), version.total - from);
  await writeNote({ ...version, url });
  let at = from;
  const access = await openToWrite(storedName(url));
  try {
    access.truncate(from);
    told(at, version.total);
    for await (const chunk of bytes) {
      if (at === 0) requireGguf(chunk, url);
      write(access, chunk, at, url);
      at += chunk.length;
      told(at, version.total);
    }
  } finally {
    access.flush();
    access.close();
    if (at === 0) await removeEntries(url);
  }
  // A compressed answer is longer than its host could tell.
  await writeNote({ ...version, url, total: at, whole: true });
}

/** Before gigabytes are fetched. @throws ModelError */
function requireGguf(start: Uint8Array, url: string): void {
  const text = new TextDecoder().decode(start.subarray(0, 4));
  if (start.length < 4 || text === 'GGUF') return;
  throw text.trimStart().startsWith('<') ? pageInstead(url) : notGguf(nameOf(url));
}

/** @throws ModelError `quota` */
function write(
  access: FileSystemSyncAccessHandle,
  chunk: Uint8Array,
  at: number,
  url: string,
): void {
  try {
    if (access.write(chunk as Uint8Array<ArrayBuffer>, { at }) === chunk.length) return;
  } catch (error) {
    if ((error as Error).name !== 'QuotaExceededError') throw error;
  }
  throw quotaFull(nameOf(url));
}

/** Lengths of several files, to tell how far all of them are; one tells that itself. */
async function lengthsOf(
  urls: readonly string[],
  signal: AbortSignal,
): Promise<readonly number[] | undefined> {
  if (urls.length === 1) return undefined;
  const lengths = await Promise.all(urls.map((url) => announcedLength(url, signal)));
  return lengths.every((length) => length !== undefined) ? lengths : undefined;
}

/** @throws ModelError `quota` where so many bytes find no room */
async function makeRoom(name: string, bytes: number): Promise<void> {
  const { quota, usage } = await navigator.storage.estimate().catch(() => ({}) as StorageEstimate);
  if (quota === undefined) return;
  const free = quota - (usage ?? 0);
  if (bytes > free) throw quotaFull(name, bytes, free);
}

/** @throws ModelError `wrong-checksum`, and the files are deleted */
async function check(
  urls: readonly string[],
  { sha256, report, signal }: DownloadOptions & { readonly sha256: string },
): Promise<void> {
  const notes = await Promise.all(urls.map(readNote));
  if (notes.every((note) => note?.sha256 === sha256)) return;
  const files = await Promise.all(urls.map(openFile));
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const found = await checksumOf(files, signal, (bytes) =>
    report({ phase: 'checking', bytes, total }),
  );
  if (found !== sha256) {
    for (const url of urls) await removeFile(url).catch(() => removeEntries(url));
    throw wrongChecksum(nameOf(urls[0]!));
  }
  for (const note of notes) await writeNote({ ...note!, sha256 });
}
