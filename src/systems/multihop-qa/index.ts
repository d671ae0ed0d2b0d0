/**
 * multihop-qa, after the HotpotQA system of arXiv 2507.03041: a question whose answer needs two
 * passages goes through query rewriting, keyword extraction, retrieval, a hint and an answer.
 */
import { compoundSystem, type CompoundSystem } from '../../core/system/compound-system';
import { promptComponent } from '../messages';
import type { DirectivePool } from '../system-module';
import { bestOver, exactMatch, tokenF1 } from './metric';
import { renderPassages, type PassageIndex } from './passages';
import { passageReranker } from './reranker';

/** Tokens that a component may write: some thirty words, for a hint a few sentences. */
const SHORT = 40;
const SENTENCES = 96;

/** Numbers of passages the retriever may return (the paper's 1, 5, 10, 25, and what lies between). */
const RETRIEVED = [1, 2, 3, 5, 8, 12, 18, 25] as const;

/** What the retriever hands on when no passage shares a word with the keywords. */
export const NOTHING_FOUND = 'no passage found';

const bestF1 = bestOver(tokenF1);
const bestExact = bestOver(exactMatch);

export interface MultihopOptions {
  /** A trainable component that picks among the retrieved passages; default off. */
  readonly reranker?: boolean;
}

export function multihopQa(
  passages: PassageIndex,
  directives: DirectivePool,
  { reranker = false }: MultihopOptions = {},
): CompoundSystem {
  const retrieved = reranker ? 'retrieved' : 'passages';
  return compoundSystem({
    name: reranker ? 'multihop-qa-reranker' : 'multihop-qa',
    title: reranker ? 'Multi-hop question answering, reranked' : 'Multi-hop question answering',
    description:
      'Answers questions that need two passages: it rewrites the question, searches, picks evidence and answers.',
    inputs: ['question'],
    output: 'answer',
    reward: {
      name: 'F1',
      score: (example, output) => bestF1(output, example.expected),
      beside: { 'exact match': (example, output) => bestExact(output, example.expected) },
    },
    components: [
      promptComponent(
        {
          name: 'question_rewriter',
          description: 'Rewrites the question for a search engine.',
          inputs: ['question'],
          output: 'query',
        },
        {
          initial: 'Rewrite the question as a search query.',
          directives: directives('query'),
        },
        SHORT,
      ),
      promptComponent(
        {
          name: 'keyword_extractor',
          description: 'Picks the words to search for.',
          inputs: ['query'],
          output: 'keywords',
        },
        {
          initial: ['Extract the keywords to search for.', 'Give at most 6 keywords.'].join('\n'),
          directives: directives('keywords'),
        },
        SHORT,
      ),
      {
        name: 'retriever',
        description: 'Returns the k passages that match the keywords best (BM25).',
        inputs: ['keywords'],
        output: retrieved,
        slots: { k: { kind: 'number', initial: 3, options: RETRIEVED } },
        run: async (inputs, configuration) =>
          renderPassages(passages.search(inputs['keywords']!, Number(configuration['k']))) ||
          NOTHING_FOUND,
      },
      ...(reranker ? [passageReranker(retrieved, 'passages')] : []),
      promptComponent(
        {
          name: 'hint_generator',
          description: 'Picks the evidence for the answer from the passages.',
          inputs: ['question', 'passages'],
          output: 'hint',
        },
        {
          initial: [
            'Give a hint that helps to answer the question.',
            'Follow the names from one passage to the next.',
            'Write the title before each sentence.',
            'For comparisons, quote a sentence for each thing compared.',
          ].join('\n'),
          directives: directives('hint'),
        },
        SENTENCES,
      ),
      promptComponent(
        {
          name: 'answer_generator',
          description: 'Answers the question from the hint.',
          inputs: ['question', 'hint'],
          output: 'answer',
        },
        {
          initial: 'Answer the question.',
          directives: directives('answer'),
        },
        SHORT,
      ),
    ],
  });
}
