/** A model and its state in words. */
import type { CardStatus } from '../../../state/models/card-status';
import type { ModelEntry } from '../../../state/models/model-entry';
import { size } from '../../../state/models/sizes';
import { count } from '../../shared/format';

const ENGINES: Readonly<Record<ModelEntry['source']['engine'], string>> = {
  webllm: 'on the GPU (WebLLM)',
  wllama: 'on the processor (wllama)',
  openai: 'on a server',
  'prompt-api': 'in the browser',
};

/** `1.2B parameters · 4-bit (q4f16_1) · on the GPU (WebLLM)`. */
export function buildWords({ parameters, quantisation, source, type }: ModelEntry): string {
  const kinds = { chat: '', vision: 'sees images', embedding: 'for embeddings' };
  return [
    parameters && `${parameters} parameters`,
    quantisation && weightWords(quantisation),
    kinds[type],
    ENGINES[source.engine],
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How the weights are kept: `q4…` in 4 bits each, `q0…` as they were. */
function weightWords(quantisation: string): string {
  const bits = /^q(\d+)f(\d+)/.exec(quantisation);
  if (bits === null) return quantisation;
  return `${bits[1] === '0' ? bits[2]! : bits[1]!}-bit (${quantisation})`;
}

export interface EntryFact {
  readonly name: string;
  readonly value: string;
}

export function entryFacts(entry: ModelEntry): readonly EntryFact[] {
  const { place, downloadBytes, estimated, memoryBytes, contextTokens, source } = entry;
  const about = estimated ? 'about ' : '';
  return [
    ...(downloadBytes === undefined
      ? place === 'download'
        ? [{ name: 'Download', value: 'size not known' }]
        : []
      : [
          {
            name: place === 'file' ? 'File' : 'Download',
            value: `${about}${size(downloadBytes)}`,
          },
        ]),
    ...(memoryBytes === undefined
      ? []
      : [{ name: entry.usesGpu ? 'GPU memory' : 'Memory', value: `about ${size(memoryBytes)}` }]),
    ...(contextTokens === undefined
      ? []
      : [{ name: 'Context', value: `${count(contextTokens)} tokens` }]),
    ...(source.engine === 'openai'
      ? [
          { name: 'Address', value: source.baseUrl },
          { name: 'Parallel requests', value: String(source.slots ?? 1) },
        ]
      : []),
  ];
}

/** What a card says where nothing goes on. */
export function restWords(entry: ModelEntry, status: CardStatus): string {
  const { place } = entry;
  switch (status.name) {
    case 'unknown':
      return 'Looking whether it is on this machine…';
    case 'absent':
      return 'Not on this machine';
    case 'interrupted':
      return `Download interrupted: ${size(status.bytes)} are on this machine`;
    case 'deleting':
      return 'Deleting…';
    case 'here':
      if (place === 'server') return 'Not connected';
      if (place === 'file') return 'Your own file; nothing to download';
      if (place === 'browser') {
        return entry.browserDownloads
          ? 'The browser downloads it when it is loaded'
          : 'Part of this browser';
      }
      return status.bytes === undefined
        ? 'On this machine'
        : `On this machine, ${size(status.bytes)}`;
    case 'ready':
      return place === 'server' ? 'Connected' : 'Ready';
    default:
      return '';
  }
}
