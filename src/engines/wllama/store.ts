/**
 * Files of models on this machine, in the origin's private file system, and beside each a note of
 * what it is to become.
 */
import { inUse, noStorage } from './failures';
import type { Version } from './request';
import { nameOf, storedName } from './source';

const FOLDER = 'models';

export interface Note extends Version {
  readonly url: string;
  /** Every byte of it is here. */
  readonly whole?: true;
  /** The checksum that it was found to have, together with the other parts of a split model. */
  readonly sha256?: string;
}

export interface StoredFile {
  readonly bytes: number;
  readonly complete: boolean;
}

/** @throws ModelError `unsupported` where the browser has no place for files */
export async function modelsFolder(): Promise<FileSystemDirectoryHandle> {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(FOLDER, { create: true });
  } catch (error) {
    throw noStorage(error);
  }
}

/** What of a file is here; `undefined` for nothing. Never throws. */
export async function storedFile(url: string): Promise<StoredFile | undefined> {
  try {
    const { size } = await openFile(url);
    if (size === 0) return undefined;
    const note = await readNote(url);
    return { bytes: size, complete: note?.whole === true && note.total === size };
  } catch {
    return undefined;
  }
}

/** @throws Error where it is not there */
export async function openFile(url: string): Promise<File> {
  return (await (await modelsFolder()).getFileHandle(storedName(url))).getFile();
}

/** @throws ModelError while the file is being downloaded */
export async function removeFile(url: string): Promise<void> {
  await navigator.locks.request(lockName(url), { ifAvailable: true }, async (lock) => {
    if (lock === null) throw inUse(nameOf(url));
    await removeEntries(url);
  });
}

/** For who holds the file already. */
export async function removeEntries(url: string): Promise<void> {
  const folder = await modelsFolder();
  for (const name of [noteName(url), storedName(url)]) {
    try {
      await folder.removeEntry(name);
    } catch (error) {
      const { name: kind } = error as Error;
      if (kind === 'NoModificationAllowedError') throw inUse(nameOf(url));
      if (kind !== 'NotFoundError') throw error;
    }
  }
}

/** Two tabs that write into one file would spoil it: the second waits. */
export function exclusively(
  url: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  return navigator.locks.request(lockName(url), { signal }, work);
}

export async function readNote(url: string): Promise<Note | undefined> {
  try {
    const handle = await (await modelsFolder()).getFileHandle(noteName(url));
    const note = JSON.parse(await (await handle.getFile()).text()) as Note;
    return note.url === url ? note : undefined;
  } catch {
    return undefined;
  }
}

export async function writeNote(note: Note): Promise<void> {
  const access = await openToWrite(noteName(note.url));
  try {
    access.truncate(0);
    access.write(new TextEncoder().encode(JSON.stringify(note)));
    access.flush();
  } finally {
    access.close();
  }
}

/** Only workers have this way to write, in which what was written stays when the tab ends. */
export async function openToWrite(name: string): Promise<FileSystemSyncAccessHandle> {
  const handle = await (await modelsFolder()).getFileHandle(name, { create: true });
  try {
    return await handle.createSyncAccessHandle();
  } catch (error) {
    throw error instanceof TypeError ? noStorage(error) : error;
  }
}

const noteName = (url: string): string => `${storedName(url)}.json`;
const lockName = (url: string): string => `optimas model ${url}`;
