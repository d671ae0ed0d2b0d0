/**
 * What an id of WebLLM's list does not say: whose model it is, under which licence, and how many
 * parameters it really has ("0.5B" is 0.494, "1B" is 1.236).
 */

export interface Family {
  readonly name: string;
  /** As its model page names it; a page that could not be read says `see its page`. */
  readonly licence: string;
  /** Parameters in billions by the size in the id; by '' where the id says none. */
  readonly sizes?: Readonly<Record<string, number>>;
}

const APACHE = 'Apache-2.0';
const LLAMA_3_SIZES = { '8': 8.03, '70': 70.55 };
const MISTRAL_SIZES = { '7': 7.248 };
const QWEN_2_SIZES = { '0.5': 0.494, '1.5': 1.544, '3': 3.086, '7': 7.616 };
const PHI_3_MINI = { '': 3.821 };

/**
 * The first that fits the beginning of an id counts. Sizes: summed from the parameters that the
 * libraries of the 0.2.48 series declare, else as the model cards give them.
 */
const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^DeepSeek-R1-Distill-Llama/, family('DeepSeek-R1', 'Llama 3.1 Community', LLAMA_3_SIZES)],
  [/^DeepSeek-R1-Distill-Qwen/, family('DeepSeek-R1', 'MIT', QWEN_2_SIZES)],
  [/^Hermes-.*Llama-3\.2/, family('Hermes', 'Llama 3.2 Community', { '3': 3.213 })],
  [/^Hermes-.*Llama-3\.1/, family('Hermes', 'Llama 3.1 Community', LLAMA_3_SIZES)],
  [/^Hermes-.*Llama-3/, family('Hermes', 'Llama 3 Community', LLAMA_3_SIZES)],
  [/^(Hermes|OpenHermes|NeuralHermes)/, family('Hermes', APACHE, MISTRAL_SIZES)],
  [/^WizardMath/, family('WizardMath', 'see its page', MISTRAL_SIZES)],
  [/^Llama-3\.2/, family('Llama', 'Llama 3.2 Community', { '1': 1.236, '3': 3.213 })],
  [/^Llama-3\.1/, family('Llama', 'Llama 3.1 Community', LLAMA_3_SIZES)],
  [/^Llama-3/, family('Llama', 'Llama 3 Community', LLAMA_3_SIZES)],
  [/^Llama-2/, family('Llama', 'Llama 2 Community', { '7': 6.738, '13': 13.016 })],
  [/^TinyLlama/, family('TinyLlama', APACHE)],
  [/^Ministral-3/, family('Ministral', APACHE, { '3': 3.43 })],
  [/^Mistral/, family('Mistral', APACHE, MISTRAL_SIZES)],
  [/^Qwen3\.5/, family('Qwen', APACHE, { '0.8': 0.752 })],
  [/^Qwen3/, family('Qwen', APACHE, { '0.6': 0.596, '1.7': 1.721, '4': 4.022, '8': 8.191 })],
  [/^Qwen2\.5-(Coder-)?3B/, family('Qwen', 'Qwen Research', QWEN_2_SIZES)],
  [/^Qwen2/, family('Qwen', APACHE, QWEN_2_SIZES)],
  [/^SmolLM2/, family('SmolLM', APACHE, { '1.7': 1.711 })],
  [/^Phi-3\.5-vision/, family('Phi', 'MIT', { '': 4.147 })],
  [/^Phi-3/, family('Phi', 'MIT', PHI_3_MINI)],
  // 3.84 on its page, where input and output share a table; here each has its own.
  [/^Phi-4-mini/, family('Phi', 'MIT', { '': 4.451 })],
  [/^phi-2/, family('Phi', 'MIT', { '': 2.78 })],
  [/^phi-1_5/, family('Phi', 'MIT', { '': 1.416 })],
  [/^gemma-4/, family('Gemma', APACHE, { '2': 5.1 })],
  [/^gemma-2-/, family('Gemma', 'Gemma Terms of Use', { '2': 2.614, '9': 9.242 })],
  [/^gemma/, family('Gemma', 'Gemma Terms of Use', { '2': 2.506 })],
  [/^OLMo-2/, family('OLMo', APACHE, { '1': 1.485, '7': 7.299 })],
  [/^stablelm-2/, family('Stable LM', 'Stability AI Community', { '1.6': 1.645 })],
  [/^RedPajama/, family('RedPajama', APACHE, { '3': 2.776 })],
  [/^snowflake-arctic-embed-m/, family('Snowflake Arctic Embed', APACHE, { '': 0.10889 })],
  [/^snowflake-arctic-embed-s/, family('Snowflake Arctic Embed', APACHE, { '': 0.03321 })],
];

function family(name: string, licence: string, sizes?: Family['sizes']): Family {
  return { name, licence, ...(sizes && { sizes }) };
}

/** An id that fits none, of a later list, keeps its first word as its name. */
export function familyOf(id: string): Family {
  const found = FAMILIES.find(([begins]) => begins.test(id));
  return found?.[1] ?? family(/^[A-Za-z]+/.exec(id)?.[0] ?? id, 'see its page');
}
