/** multihop-qa with all that belongs to it. */
import type { SystemModule } from '../system-module';
import { multihopQa } from '.';
import { shippedData, type MultihopData } from './data-set';
import { indexPassages, type Passage, type PassageIndex } from './passages';
import { multihopReferences } from './references';

/** Indexing takes a second where there are ten thousand passages. */
const indices = new WeakMap<readonly Passage[], PassageIndex>();

function indexOf(passages: readonly Passage[]): PassageIndex {
  let index = indices.get(passages);
  if (index === undefined) {
    index = indexPassages(passages);
    indices.set(passages, index);
  }
  return index;
}

export const multihopQaModule: SystemModule<MultihopData> = {
  name: 'multihop-qa',
  title: 'Multi-hop question answering',
  help: {
    about:
      'After the HotpotQA system of the paper: the answer needs two passages, so that search, evidence and answer all have to fit together.',
    lookFor: [
      'The retriever’s number of passages: more passages help only when the hint picks the right sentences from them.',
      'A prompt line that raises the answer’s own reward but not the whole: the validation refuses it.',
      'The pair accuracy of the answer generator beside the keyword extractor’s, which is far from the reward.',
    ],
    tryOut: [
      'Open a component and read its prompt before and after.',
      'Set the budget to 100 and then to 1200, with the same seed.',
      'Turn adaptation off under Options and look at the drift of the local rewards.',
    ],
    data: 'Questions and passages written for this project from facts in the public domain (CC0).',
  },
  shipped: shippedData,
  system: ({ passages }, { directives }) => multihopQa(indexOf(passages), directives),
  references: ({ passages, splits }) => multihopReferences(indexOf(passages), splits),
};

/** The same with a trainable reranker behind the retriever. */
export const rerankedModule: SystemModule<MultihopData> = {
  ...multihopQaModule,
  name: 'multihop-qa-reranker',
  title: 'Multi-hop question answering, reranked',
  help: {
    ...multihopQaModule.help,
    about:
      'multihop-qa with one component more: a small policy, trained by PPO against its local reward, picks among the passages that were found.',
    lookFor: [
      'The reranker’s pair accuracy: a policy is left alone until its local reward is trusted.',
      ...multihopQaModule.help.lookFor,
    ],
  },
  system: ({ passages }, { directives }) =>
    multihopQa(indexOf(passages), directives, { reranker: true }),
};
