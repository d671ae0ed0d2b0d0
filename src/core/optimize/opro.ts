/**
 * Prompts proposed by a language model that is shown which prompts scored how (OPRO, Yang et al.
 * 2023, arXiv 2309.03409; the prompt optimiser of arXiv 2507.03041). `opro-messages` writes the
 * question, `opro-proposals` reads the answer, and here the model is asked, once.
 */
import { ModelError, type ChatModel } from '../system/chat-model';
import type { StepCost } from '../system/trace';
import { oproMessages, type OproRequest } from './opro-messages';
import { NOTHING_DROPPED, parseProposals, type Proposals } from './opro-proposals';

export interface ProposalOptions {
  /** Prompts that need no second look. */
  readonly tried: ReadonlySet<string>;
  /** The paper samples at 1. */
  readonly temperature: number;
  readonly seed: number;
  /** Upper limit of generated tokens. */
  readonly maxTokens?: number;
  /** Longest proposal in characters. */
  readonly longest?: number;
  readonly signal?: AbortSignal;
}

export interface ModelProposals extends Proposals {
  readonly cost: StepCost;
  /** Why there is no answer, in the words of the failed call; there are no proposals then. */
  readonly problem?: string;
}

/**
 * Asks `model` for `request.count` prompts. A failed call proposes nothing and does not end a run.
 * @throws the signal's reason when aborted, and a ModelError that lasts
 */
export async function proposeByModel(
  model: ChatModel,
  request: OproRequest,
  { tried, longest, signal, ...parameters }: ProposalOptions,
): Promise<ModelProposals> {
  signal?.throwIfAborted();
  const { messages, tag } = oproMessages(request);
  try {
    const { text, usage } = await model.complete(messages, parameters, signal);
    const { incumbent, count: most } = request;
    return {
      ...parseProposals(text, {
        tried,
        incumbent,
        most,
        tag,
        ...(longest !== undefined && { longest }),
      }),
      cost: { modelCalls: 1, tokens: usage.promptTokens + usage.completionTokens },
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ModelError && error.lasting) throw error;
    return {
      proposals: [],
      dropped: NOTHING_DROPPED,
      cost: { modelCalls: 1, tokens: 0 },
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}
