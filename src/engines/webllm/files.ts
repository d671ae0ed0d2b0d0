/**
 * The files of a model and where WebLLM 0.2.86 looks for each: three caches of the Cache API, every
 * file under the address it came from.
 */
import * as v from 'valibot';
import { ModelError } from '../../core/system/chat-model';
import type { Target } from './source';

export const CACHES = {
  model: 'webllm/model',
  config: 'webllm/config',
  library: 'webllm/wasm',
} as const;

/** Set on what we stored: its bytes were counted, and held against the checksum where there is one. */
export const CHECKED_BYTES = 'x-checked-bytes';

export interface ModelFile {
  readonly name: string;
  readonly url: string;
  readonly cache: keyof typeof CACHES;
  readonly kind: 'json' | 'library' | 'binary';
  /** Only weights have these. */
  readonly bytes?: number;
  readonly md5?: string;
}

const CONFIG = v.object({
  tokenizer_files: v.array(v.string()),
  context_window_size: v.optional(v.nullable(v.number())),
  sliding_window_size: v.optional(v.nullable(v.number())),
  quantization: v.optional(v.string()),
  model_type: v.optional(v.string()),
  conv_template: v.optional(
    v.nullable(v.object({ role_templates: v.optional(v.record(v.string(), v.string())) })),
  ),
});
/** What we read of `mlc-chat-config.json`. */
export type ModelConfig = v.InferOutput<typeof CONFIG>;

const TENSORS = v.object({
  records: v.pipe(
    v.array(
      v.object({
        dataPath: v.string(),
        nbytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
        md5sum: v.optional(v.string()),
      }),
    ),
    v.minLength(1),
  ),
});

export interface Contents {
  readonly config: ModelConfig;
  /** Files that are not weights. */
  readonly others: readonly ModelFile[];
  readonly shards: readonly ModelFile[];
  /** Bytes of all weights. */
  readonly totalBytes: number;
}

/**
 * @param read brings a JSON file's value, or `undefined` where it is not there
 * @returns `undefined` where one of the files that say what there is is not there
 * @throws ModelError when such a file says something else
 */
export async function contentsOf(
  target: Target,
  read: (file: ModelFile) => Promise<unknown>,
): Promise<Contents | undefined> {
  const configFile = jsonFile(target, 'mlc-chat-config.json', 'config');
  const config = parsed(CONFIG, configFile, await read(configFile));
  if (config === undefined) return undefined;
  const tensorFile = jsonFile(target, 'tensor-cache.json', 'model');
  const tensors = parsed(TENSORS, tensorFile, await read(tensorFile));
  if (tensors === undefined) return undefined;
  const others = [configFile, tensorFile];
  const { model_manifest: manifest } = target.record;
  if (manifest !== undefined) others.push(jsonFile(target, manifest, 'config'));
  // WebLLM takes the first of the two that the configuration names.
  const tokenizer = ['tokenizer.json', 'tokenizer.model'].find((name) =>
    config.tokenizer_files.includes(name),
  );
  if (tokenizer !== undefined) {
    const kind = tokenizer.endsWith('.json') ? 'json' : 'binary';
    others.push({ ...jsonFile(target, tokenizer, 'model'), kind });
  }
  if (libraryIsKept(target.library)) others.push(libraryFile(target));
  const shards = tensors.records.map(({ dataPath, nbytes, md5sum }): ModelFile => ({
    name: dataPath,
    url: new URL(dataPath, target.folder).href,
    cache: 'model',
    kind: 'binary',
    bytes: nbytes,
    ...(md5sum !== undefined && { md5: md5sum.toLowerCase() }),
  }));
  const totalBytes = shards.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  return { config, others, shards, totalBytes };
}

/** WebLLM keeps no library whose address has "localhost" in it; it asks for it on every load. */
export function libraryIsKept(library: string): boolean {
  return !library.includes('localhost');
}

export function libraryFile({ library }: Target): ModelFile {
  const name = new URL(library).pathname.split('/').pop() ?? library;
  return { name, url: library, cache: 'library', kind: 'library' };
}

function jsonFile({ folder }: Target, name: string, cache: ModelFile['cache']): ModelFile {
  return { name, url: new URL(name, folder).href, cache, kind: 'json' };
}

function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  file: ModelFile,
  value: unknown,
): v.InferOutput<Schema> | undefined {
  if (value === undefined) return undefined;
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new ModelError(
    'not-a-model',
    `${file.url} is not that of a model for WebLLM: ${result.issues[0].message}.`,
    'Look whether the address leads to a folder of a model compiled for WebLLM; delete its files and download them again.',
    true,
  );
}

/** @throws ModelError where the browser keeps nothing for this site */
export async function openCache(cache: ModelFile['cache']): Promise<Cache> {
  if (typeof caches === 'undefined') {
    throw new ModelError(
      'unsupported',
      'This browser keeps no files for sites that are not served over https.',
      'Open this site over https or from localhost.',
      true,
    );
  }
  return caches.open(CACHES[cache]);
}

/** Bytes of a file in the cache, `undefined` where it is not there. */
export async function cachedBytes(
  file: Pick<ModelFile, 'cache' | 'url'>,
): Promise<number | undefined> {
  const response = await (await openCache(file.cache)).match(file.url);
  if (response === undefined) return undefined;
  const checked = response.headers.get(CHECKED_BYTES);
  // What WebLLM stored itself: a header of its server may tell the bytes of a compressed body.
  return checked === null ? (await response.blob()).size : Number(checked);
}

/** Whether a file is in the cache, and as long as it should be. */
export async function isHere(file: ModelFile): Promise<boolean> {
  const bytes = await cachedBytes(file);
  return bytes !== undefined && (file.bytes === undefined || file.bytes === bytes);
}
