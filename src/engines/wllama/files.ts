/**
 * GGUF files on this machine, in the origin's private file system. A download that breaks off is
 * kept and goes on where it stopped; a file counts as whole only when its length, and its checksum
 * where one is known, are right.
 */
import type { ReportProgress } from '../loaded-model';
import { fileChecksum } from './checksum';
import { noStorage, quotaFull, wrongChecksum } from './failures';
import { requestFrom } from './request';
import { hostOf, storedName } from './source';

const FOLDER = 'models';

/** Beside each file: what it is to become. */
interface Note {
  readonly url: string;
  /** Bytes of the whole file, where the server told. */
  readonly total?: number;
  /** Identifies the server's version of it. */
  readonly etag?: string;
  readonly whole?: true;
}

export interface StoredFile {
  readonly bytes: number;
  readonly complete: boolean;
}

export interface DownloadOptions {
  readonly sha256?: string | undefined;
  /** Bytes so far and in all, at most five times a second. */
  readonly report: ReportProgress;
  readonly signal: AbortSignal;
}

const REPORT_MS = 200;

/** @throws ModelError; the signal's reason when aborted: what came so far stays */
export async function downloadFile(url: string, options: DownloadOptions): Promise<void> {
  const folder = await modelsFolder();
  // Two tabs that write into one file would spoil it.
  await exclusively(url, options.signal, async () => {
    if ((await readNote(folder, url))?.whole) return;
    await fetchRest(folder, url, options);
    await check(folder, url, options);
  });
}

/** What of a file is here; `undefined` for nothing. Never throws. */
export async function storedFile(url: string): Promise<StoredFile | undefined> {
  try {
    const folder = await modelsFolder();
    const { size } = await (await folder.getFileHandle(storedName(url))).getFile();
    const note = await readNote(folder, url);
    return { bytes: size, complete: note?.whole === true && note.total === size };
  } catch {
    return undefined;
  }
}

/** The whole file. @throws Error where it is not there */
export async function openFile(url: string): Promise<File> {
  const folder = await modelsFolder();
  return (await folder.getFileHandle(storedName(url))).getFile();
}

export async function removeFile(url: string): Promise<void> {
  const folder = await modelsFolder();
  for (const name of [noteName(url), storedName(url)]) {
    await folder.removeEntry(name).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

async function fetchRest(
  folder: FileSystemDirectoryHandle,
  url: string,
  { report, signal }: DownloadOptions,
): Promise<void> {
  const handle = await folder.getFileHandle(storedName(url), { create: true });
  const note = await readNote(folder, url);
  const have = note === undefined ? 0 : (await handle.getFile()).size;
  let rest = await requestFrom(url, have, note?.etag, signal);
  // Servers that give no strong tag may have put another file there.
  if (rest.from > 0 && note?.total !== undefined && rest.total !== note.total) {
    rest = await requestFrom(url, 0, undefined, signal);
  }
  const { response, from, total, etag } = rest;
  await makeSure(total === undefined ? undefined : total - from, url);
  await writeNote(folder, url, {
    url,
    ...(total !== undefined && { total }),
    ...(etag !== undefined && { etag }),
  });
  let told = -Infinity;
  const tell = (bytes: number): void => {
    const now = performance.now();
    if (now - told < REPORT_MS && bytes !== total) return;
    told = now;
    report({ phase: 'downloading', bytes, ...(total !== undefined && { total }) });
  };
  const access = await handle.createSyncAccessHandle();
  let at = from;
  try {
    access.truncate(from);
    tell(at);
    for await (const chunk of response) {
      at += write(access, chunk, at, url);
      tell(at);
    }
  } finally {
    access.flush();
    access.close();
  }
  if (total === undefined) await writeNote(folder, url, { url, total: at });
}

/** Bytes written: all of them, or there is no room. */
function write(access: FileSystemSyncAccessHandle, chunk: Uint8Array, at: number, url: string) {
  try {
    const written = access.write(chunk as Uint8Array<ArrayBuffer>, { at });
    if (written === chunk.length) return written;
  } catch (error) {
    if ((error as Error).name !== 'QuotaExceededError') throw error;
  }
  throw quotaFull(nameOf(url));
}

async function check(
  folder: FileSystemDirectoryHandle,
  url: string,
  { sha256, report, signal }: DownloadOptions,
): Promise<void> {
  const note = await readNote(folder, url);
  const file = await openFile(url);
  if (sha256 !== undefined) {
    const found = await fileChecksum(file, signal, (bytes) =>
      report({ phase: 'checking', bytes, total: file.size }),
    );
    if (found !== sha256.toLowerCase()) {
      await removeFile(url);
      throw wrongChecksum(nameOf(url));
    }
  }
  await writeNote(folder, url, { ...note!, whole: true });
}

/** Before gigabytes are fetched that find no room. @throws ModelError `quota` */
async function makeSure(bytes: number | undefined, url: string): Promise<void> {
  const { quota, usage } = await navigator.storage.estimate().catch(() => ({}) as StorageEstimate);
  if (bytes === undefined || quota === undefined) return;
  if (bytes > quota - (usage ?? 0)) throw quotaFull(nameOf(url), bytes);
}

async function modelsFolder(): Promise<FileSystemDirectoryHandle> {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(FOLDER, { create: true });
  } catch (error) {
    throw noStorage(error);
  }
}

function exclusively(url: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  return navigator.locks.request(`optimas model ${url}`, { signal }, work);
}

const noteName = (url: string): string => `${storedName(url)}.json`;

const nameOf = (url: string): string =>
  decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '') || hostOf(url);

async function readNote(folder: FileSystemDirectoryHandle, url: string): Promise<Note | undefined> {
  try {
    const handle = await folder.getFileHandle(noteName(url));
    const note = JSON.parse(await (await handle.getFile()).text()) as Note;
    return note.url === url ? note : undefined;
  } catch {
    return undefined;
  }
}

async function writeNote(
  folder: FileSystemDirectoryHandle,
  url: string,
  note: Note,
): Promise<void> {
  const handle = await folder.getFileHandle(noteName(url), { create: true });
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(0);
    access.write(new TextEncoder().encode(JSON.stringify(note)));
    access.flush();
  } finally {
    access.close();
  }
}

function isNotFound(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'NotFoundError';
}
