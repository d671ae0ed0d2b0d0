/**
 * From what the user chose to what WebLLM loads: one entry of its `model_list`, and the addresses
 * under which it keeps the files in the Cache API.
 */
import type { ModelRecord } from '@mlc-ai/web-llm';
import { contentHash } from '../../core/random/hash';
import { ModelError } from '../../core/system/chat-model';
import { models } from './models';
import { MODEL_TYPES, type WebllmModel } from './prebuilt';

/** A prebuilt model by its id, or one of the user's by its folder and library. */
export interface WebllmSource {
  readonly model: string;
  readonly url?: string;
  readonly library?: string;
}

export interface Target {
  /** `webllm:` and the model; for a self-hosted one also a hash of where it comes from. */
  readonly id: string;
  readonly name: string;
  readonly record: ModelRecord;
  /** Folder of the model's files, with a slash at its end. */
  readonly folder: string;
  readonly library: string;
  /** Its entry of the list; absent for a self-hosted model. */
  readonly listed?: WebllmModel;
}

/** @throws ModelError for an id that is not in the list, or an address that is none */
export function targetOf({ model, url, library }: WebllmSource): Target {
  if (url !== undefined || library !== undefined) return selfHosted(model, url, library);
  const listed = models.find(({ id }) => id === model);
  if (listed === undefined) {
    throw new ModelError(
      'not-found',
      `WebLLM's list has no model with the id ${model}.`,
      'Choose a model of the list, or give the addresses of its folder and its library.',
      true,
    );
  }
  return {
    id: `webllm:${model}`,
    name: model,
    record: recordOf(listed),
    folder: folderOf(listed.url),
    library: listed.library,
    listed,
  };
}

function selfHosted(model: string, url: string | undefined, library: string | undefined): Target {
  const folder = folderOf(address(url, 'folder'));
  const wasm = address(library, 'library');
  return {
    id: `webllm:${model}:${contentHash([folder, wasm])}`,
    name: model,
    record: { model: asWebllmReadsIt(folder), model_id: model, model_lib: wasm },
    folder,
    library: wasm,
  };
}

function recordOf(model: WebllmModel): ModelRecord {
  const { overrides, manifest } = model;
  return {
    model: model.url,
    model_id: model.id,
    model_lib: model.library,
    model_type: MODEL_TYPES.indexOf(model.type),
    ...(overrides && { overrides }),
    ...(manifest !== undefined && { model_manifest: manifest }),
  };
}

/** A repository of Hugging Face means its main branch, any other address the folder itself. */
export function folderOf(url: string): string {
  const folder = new URL(url);
  folder.search = folder.hash = '';
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  const isRepository = folder.hostname === 'huggingface.co' && !/\/resolve\//.test(folder.pathname);
  return isRepository ? `${folder.href}resolve/main/` : folder.href;
}

/**
 * WebLLM appends `resolve/main/` to any address without `/resolve/…/`, so it would look into a
 * folder that only Hugging Face has. The dots take it back before anything is asked for.
 */
function asWebllmReadsIt(folder: string): string {
  return /.\/resolve\/.+\//.test(folder) ? folder : `${folder}resolve/main/../../`;
}

function address(text: string | undefined, what: 'folder' | 'library'): string {
  if (text !== undefined && URL.canParse(text)) {
    const url = new URL(text);
    if (['http:', 'https:'].includes(url.protocol)) return url.href;
  }
  throw new ModelError(
    'bad-request',
    text === undefined
      ? `The address of the model's ${what} is missing.`
      : `The address of the model's ${what} is not one of the web: ${text}`,
    'A self-hosted model needs two full addresses: its folder, and its library (.wasm).',
    true,
  );
}
