/** Components `C_k` of a compound system: `y_k = C_k(x_k; v_k)`. */
import type { ComponentPolicy } from '../policy/policy';
import type { ChatMessage, ChatModel, ChatParameters } from './chat-model';
import type { ComponentConfiguration, ConfigurationSlot } from './configuration';

/**
 * A value that flows along an edge. Texts are what language models read; a component that hands
 * over structured data (passages, say) renders it as text in its output as well.
 */
export type FieldValue = string;
export type Fields = Readonly<Record<string, FieldValue>>;

export type ChatLimits = Pick<ChatParameters, 'maxTokens' | 'stop' | 'json' | 'model'>;

export interface RunContext {
  readonly model: ChatModel;
  /** 0: the model's most likely answer; larger values sample. */
  readonly temperature: number;
  /** hash(run seed, component, example, configuration, sample), see `core/random`. */
  readonly seed: number;
  readonly signal?: AbortSignal;
  /**
   * Calls the model with this context's temperature and seed, and counts calls and tokens.
   * @param limits what the component itself knows of the answer it wants
   */
  chat(messages: readonly ChatMessage[], limits?: ChatLimits): Promise<string>;
}

export interface Component extends ComponentDescription {
  run(
    inputs: Fields,
    configuration: ComponentConfiguration,
    context: RunContext,
  ): Promise<FieldValue>;
  /** Where a policy picks the output: what a `weights` slot is trained on. */
  readonly policy?: ComponentPolicy;
}

/** A component without its behaviour: what can be logged, sent to a page and drawn. */
export interface ComponentDescription {
  readonly name: string;
  /** One sentence for people: what it does. */
  readonly description: string;
  /**
   * Names of the fields it reads, from the system's inputs or other components' outputs. The first
   * is what the component is asked, the others are what it may draw on; the local reward's
   * features keep the two apart.
   */
  readonly inputs: readonly string[];
  /** Name of the one field it writes. */
  readonly output: string;
  /** What an optimiser may change, by slot name. Empty for a fixed component. */
  readonly slots: Readonly<Record<string, ConfigurationSlot>>;
}

export function describeComponent(component: Component): ComponentDescription {
  const { name, description, inputs, output, slots } = component;
  return { name, description, inputs, output, slots };
}
