/** entity-ranking with all that belongs to it. */
import type { SystemModule } from '../system-module';
import { shippedRanking, type RankingData } from './data-set';
import { rankingReferences } from './references';
import { entityRanking } from './system';

export const entityRankingModule: SystemModule<RankingData> = {
  name: 'entity-ranking',
  title: 'Entity ranking',
  help: {
    about:
      'After the STaRK-Prime system of the paper: a question about a knowledge base has a part that relations answer and a part that only descriptions answer, so two scorers work side by side and two weights join them.',
    lookFor: [
      'The two scorers stand side by side: neither reads what the other writes, and only the weights join them.',
      'The weights of the final scorer: which ones are best depends on how far each scorer can be trusted, so they may change again after a prompt has changed.',
      'Prompt lines that make a scorer more certain but not better, such as giving the best candidate 1 and the others 0.',
    ],
    tryOut: [
      'Set the weight of the text scores to 0 and compare the MRR with that of the relation scores alone.',
      'Add "Read only the first two sentences." to the text scorer and see how much the weights can make good.',
      'Open one question and compare both score lists with the ranking.',
    ],
    data: 'Animals and plants with relations and descriptions, written for this project from common knowledge (MIT, like the project).',
  },
  shipped: shippedRanking,
  system: (_, { directives }) => entityRanking(directives),
  references: ({ splits }) => rankingReferences(splits),
};
