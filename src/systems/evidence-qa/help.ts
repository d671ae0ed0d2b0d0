/** Help for people, see `SystemHelp`. */
import type { SystemHelp } from '../system-module';

export const help: SystemHelp = {
  about:
    'A question such as "Do standing desks reduce back pain?" is answered yes, no or maybe from the abstract of a study. It is made after the PubMedQA system of the Optimas paper: one component chooses the model that reads the abstract, one gathers the evidence, one chooses the model that decides, and one decides. The reward is 1 for the right decision and 0 for any other.',
  lookFor: [
    'The first prompts quote what shares most words with the question, and that is often the background: what was asked, not what was found.',
    'No single model is best: one reads p values and figures, one reads the wording of conclusions. Look for a choice that is made for each input by the local reward.',
    'A local reward can only learn where the decision changes: the selectors have fewer pairs than the prompts.',
  ],
  tryOut: [
    'Set both model choices to the fast one that reads three sentences only, and see what the optimiser repairs first.',
    'Add "Never say maybe." to the last prompt: the hedged studies are lost, and nothing before it can win them back.',
    'Load a PubMedQA file in place of the invented studies; always saying yes is right for more than half of its questions.',
  ],
  data: 'The studies, their figures and their findings are all invented for this project by a seeded script; licence MIT, like the rest of the project.',
};
