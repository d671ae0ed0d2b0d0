/**
 * Texts that WebLLM, its runtime and the browser throw, and what they mean for the person at the
 * screen. They are those of `@mlc-ai/web-llm` 0.2.86 and of Chromium 156, seen or read in its
 * sources; the package exports hardly any of its error classes, so names and texts are all there is.
 */
import type { ModelProblem } from '../../core/system/chat-model';

export interface Rule {
  readonly problem: ModelProblem;
  /** After the model's name. */
  readonly says: string | ((...groups: readonly string[]) => string);
  readonly advice: string;
  /** Default true. */
  readonly lasting?: boolean;
}

const SMALLER =
  'Choose a smaller model or one with a shorter context, and close other tabs that use the GPU.';
export const AGAIN = 'Load the model again.';
const FOLDER =
  'Look whether the address leads to a folder of a model compiled for WebLLM; delete its files and download them again.';
const LIBRARY =
  'Take the library (.wasm) that was compiled for this model and for the version of WebLLM used here.';

/** The first whose pattern is found in `name: message` counts. */
export const RULES: readonly (readonly [RegExp, Rule])[] = [
  [
    /Prompt tokens exceed context window size: number of prompt tokens: (\d+); context window size: (\d+)/,
    {
      problem: 'too-long',
      says: (prompt, context) =>
        `was given a prompt of ${prompt} tokens, but has room for ${context}`,
      advice: 'Shorten the prompt, show fewer examples, or choose a model with a longer context.',
      lasting: false,
    },
  ],
  [
    /only supports up to (\d+) context size.*has size (\d+)/,
    {
      problem: 'too-long',
      says: (context, size) => `was given a text of ${size} tokens, but has room for ${context}`,
      advice: 'Shorten the texts that are embedded.',
      lasting: false,
    },
  ],
  [
    /shader-f16|'f16' (?:type|extension)|extension 'f16'/,
    {
      problem: 'no-f16',
      says: 'computes in 16-bit floats, which this browser or graphics card does not offer',
      advice: 'Choose the variant with q4f32 or q0f32 in its name.',
    },
  ],
  [
    /WebGPUNotAvailable|WebGPUNotFound|Unable to find a compatible GPU|Cannot find WebGPU/,
    {
      problem: 'no-webgpu',
      says: 'needs WebGPU, which this browser does not offer here',
      advice: 'Use a current browser with WebGPU enabled, or a model that runs on the CPU.',
    },
  ],
  [
    /Cannot initialize runtime because of requested (\w+)|requires feature ([\w-]+)/,
    {
      problem: 'unsupported',
      says: (limit, feature) =>
        `asks more of the graphics card than it offers (${limit ?? feature ?? 'a feature'})`,
      advice: 'Choose a model that runs on the CPU, or try another browser.',
    },
  ],
  [
    /OutOfMemory|out of memory|Array buffer allocation failed|Cannot allocate \d+ bytes|Invalid typed array length/i,
    { problem: 'out-of-memory', says: 'did not fit into memory', advice: SMALLER },
  ],
  [
    /DeviceLost|device (?:was|is) lost|external Instance reference|mapAsync|GPUBuffer/i,
    {
      problem: 'device-lost',
      says: 'lost the graphics card, which often means that its memory was full',
      advice: `${AGAIN} If that happens again: ${SMALLER.charAt(0).toLowerCase()}${SMALLER.slice(1)}`,
    },
  ],
  [
    /QuotaExceeded/,
    {
      problem: 'quota',
      says: 'did not fit into the storage that this browser gives the site',
      advice:
        'Free disk space, delete models that are no longer needed, and do not use a private window.',
    },
  ],
  [
    /ModelNotFoundError/,
    {
      problem: 'not-found',
      says: "is not in WebLLM's list",
      advice: 'Choose a model of the list, or give the addresses of its folder and its library.',
    },
  ],
  [
    /IntegrityError: Integrity verification failed for (\S+)/,
    {
      problem: 'wrong-checksum',
      says: (file) => `has a file that is not what it should be: ${file}`,
      advice: 'Delete the model and download it again.',
    },
  ],
  [
    /exceeds shard size|Packed BF16 record has/,
    {
      problem: 'truncated',
      says: 'has a weight file that is shorter than its list says',
      advice: 'Delete the model and download it again.',
    },
  ],
  [
    /CompileError.*found 3c |Unexpected token '?<|"?<!doctype/i,
    {
      problem: 'html',
      says: 'came with a web page in place of one of its files',
      advice: 'Look whether the addresses are right and need no sign-in.',
    },
  ],
  [
    /CompileError|is not valid JSON|in JSON at position|JSON input/,
    { problem: 'not-a-model', says: 'has a file that cannot be read', advice: FOLDER },
  ],
  [
    /LinkError|in exports|required VM function|Invalid \w+ ABI|kv_state_kind|Cannot find global function|parameter in cache|ArtifactManifest|Cannot find function|has no function|Type.*not.*registered|TVMFFI|tvm\.|Check failed/,
    {
      problem: 'library-mismatch',
      says: 'and its library do not fit together, or not this version of WebLLM',
      advice: LIBRARY,
    },
  ],
  [
    /tokenizer files|WindowSize|AttentionSink|EmbeddingSlidingWindow|EmbeddingChunking|Invalid tensor-cache|conv_template|tokenizer_files/,
    {
      problem: 'not-a-model',
      says: 'has a configuration that WebLLM cannot use',
      advice: FOLDER,
    },
  ],
  [
    /GrammarMatcherInit/,
    {
      problem: 'bad-request',
      says: 'cannot be held to this JSON schema',
      advice: 'Use a simpler schema: plain types, properties, enumerations.',
      lasting: false,
    },
  ],
  [
    /Grammar matcher rejected/,
    {
      problem: 'not-json',
      says: 'left the form of the JSON that was asked for',
      advice: 'Try again, or take a simpler schema or another model.',
      lasting: false,
    },
  ],
  [
    /MessageOrderError|SystemMessageOrder|ConfigValueError|RangeError: Make sure|NonNegative|MinValueError|SeedType|InputEmpty|Role is not supported/,
    {
      problem: 'bad-request',
      says: 'was asked something it does not understand',
      advice: 'Check the messages and the sampling settings.',
      lasting: false,
    },
  ],
  [
    /Failed to fetch|on 'Cache'|Cannot fetch|NetworkError|Load failed|network error/i,
    {
      problem: 'network',
      says: 'could not be fetched: the connection failed',
      advice: 'Try again when the connection is back; what has been downloaded is kept.',
      lasting: false,
    },
  ],
  [
    /already been disposed|NotLoadedError|not loaded/,
    { problem: 'not-loaded', says: 'is not loaded any more', advice: AGAIN },
  ],
  [
    /RuntimeError|ExitStatus|unreachable|out of bounds|Aborted\(/,
    { problem: 'crashed', says: 'broke down in its own code', advice: AGAIN },
  ],
];
