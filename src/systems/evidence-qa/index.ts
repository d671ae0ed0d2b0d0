/**
 * evidence-qa, after the PubMedQA system of arXiv 2507.03041: a yes-or-no question about a study is
 * answered from its abstract. One model analyses the abstract, one decides; which models these are
 * is chosen too, for all inputs alike or for each by the local reward.
 */
import { compoundSystem, type CompoundSystem } from '../../core/system/compound-system';
import type { Surroundings, SystemModule } from '../system-module';
import { modelSelector, selectedModelComponent } from './components';
import { shippedData, type EvidenceData } from './data-set';
import { help } from './help';
import { decisionAccuracy } from './metric';
import { evidenceReferences } from './references';

export { evidenceExample, type EvidenceData } from './data-set';

const TITLE = 'Questions about studies';

/** Tokens that a component may write: quoted sentences, and a decision with its reason. */
const ANALYSIS = 256;
const DECISION = 192;

export function evidenceQa({ directives, models }: Surroundings): CompoundSystem {
  return compoundSystem({
    name: 'evidence-qa',
    title: TITLE,
    description:
      'Answers yes, no or maybe from the abstract of a study: it chooses a model, gathers the evidence, chooses a model again and decides.',
    inputs: ['question', 'context'],
    output: 'decision',
    reward: {
      name: 'accuracy',
      score: (example, output) => decisionAccuracy(output, example.expected),
    },
    components: [
      modelSelector(
        {
          name: 'context_model_selector',
          description: 'Chooses the model that reads the abstract.',
          inputs: ['question', 'context'],
          output: 'context_model',
        },
        models,
      ),
      selectedModelComponent(
        {
          name: 'context_analyst',
          description: 'Gathers what the abstract says about the question.',
          inputs: ['question', 'context'],
          output: 'analysis',
        },
        {
          initial: [
            'Gather what the abstract says about the question.',
            'State what the evidence says.',
            'Leave out the background.',
            'Leave out the methods.',
          ].join('\n'),
          directives: directives('analysis'),
        },
        'context_model',
        models,
        ANALYSIS,
      ),
      modelSelector(
        {
          name: 'solver_model_selector',
          description: 'Chooses the model that decides.',
          inputs: ['question', 'analysis'],
          output: 'solver_model',
        },
        models,
      ),
      selectedModelComponent(
        {
          name: 'problem_solver',
          description: 'Decides yes, no or maybe from the analysis.',
          inputs: ['question', 'analysis'],
          output: 'decision',
        },
        {
          initial: 'Decide from the analysis whether the answer is yes, no or maybe.',
          directives: directives('decision'),
        },
        'solver_model',
        models,
        DECISION,
      ),
    ],
  });
}

export const evidenceQaModule: SystemModule<EvidenceData> = {
  name: 'evidence-qa',
  title: TITLE,
  choosesModels: true,
  help,
  shipped: shippedData,
  system: (_, around) => evidenceQa(around),
  references: ({ splits }) => evidenceReferences(splits),
};
