/** The files of a model: all parts of a split one, or the one that the user chose. */
import type { ReportProgress } from '../loaded-model';
import { partOnly } from './failures';
import { downloadFiles, openFile, removeFile, storedFile, type StoredFile } from './files';
import { partsOf, type WllamaSource } from './source';

/**
 * Downloads what is missing.
 * @throws ModelError, and the signal's reason when aborted: what has been downloaded stays
 */
export async function filesOf(
  { file }: WllamaSource,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<readonly File[]> {
  if (file instanceof Blob) {
    const parts = partsOf(file.name).length;
    if (parts > 1) throw partOnly(file.name, parts);
    return [file];
  }
  const urls = partsOf(file.url);
  await downloadFiles(urls, { sha256: file.sha256, report, signal });
  return Promise.all(urls.map(openFile));
}

/** Downloads what is missing, to this machine and no further. @throws as `filesOf` does */
export async function downloadWllama(
  source: WllamaSource,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<StoredFile> {
  await filesOf(source, report, signal);
  return (await storedWllama(source)) ?? { bytes: 0, complete: false };
}

/** What of a model is on this machine; `undefined` for nothing. Never throws. */
export async function storedWllama({ file }: WllamaSource): Promise<StoredFile | undefined> {
  if (file instanceof Blob) return { bytes: 0, complete: true };
  const parts = await Promise.all(partsOf(file.url).map(storedFile));
  const here = parts.filter((part) => part !== undefined);
  if (here.length === 0) return undefined;
  return {
    bytes: here.reduce((sum, { bytes }) => sum + bytes, 0),
    complete: here.length === parts.length && here.every(({ complete }) => complete),
  };
}

/** @throws ModelError where a part is being downloaded */
export async function removeWllama({ file }: WllamaSource): Promise<void> {
  if (file instanceof Blob) return;
  for (const url of partsOf(file.url)) await removeFile(url);
}
