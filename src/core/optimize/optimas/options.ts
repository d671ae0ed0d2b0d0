/** Options of the Optimas loop, with the source of each default. */

export interface OptimasOptions {
  /** Distinct outputs sampled a component and input, the incumbent's included (paper: 4). */
  readonly samples: number;
  /** Whether the ground truth is one more output of the last component (an option of the paper). */
  readonly groundTruth: boolean;
  /** Downstream runs averaged for each output where the model samples (paper: 3). */
  readonly rollouts: number;
  /**
   * Share of the budget that stage 1 may spend. Ours: with a fixed budget, pairs and validated
   * changes compete.
   */
  readonly stageOneShare: number;
  /** Temperature of the component under study where an output is sampled rather than perturbed. */
  readonly samplingTemperature: number;
  /** Share of the budget kept for fresh pairs under the final configuration. Ours. */
  readonly finalShare: number;
  /** Validation examples a change is accepted on (paper: 20). */
  readonly validationExamples: number;
  /** Inputs on which a local evaluation compares configurations (paper: 20). */
  readonly localInputs: number;
  /** Local steps an iteration: the trust region (paper: 3). */
  readonly localSteps: number;
  /** Candidates a local step (paper: 3). */
  readonly candidates: number;
  /** Examples of the mini-batch of fresh pairs (paper: 20). */
  readonly freshExamples: number;
  /** Strict pairs kept a component (paper: 100–200). */
  readonly replayPairs: number;
  /** Temperature of exp(r/τ) sampling of numbers, in units of the head's output. */
  readonly numberTemperature: number;
  /** Temperature of the choice among components, in the unit of the global reward. */
  readonly choiceTemperature: number;
  /** Folds of the train examples: each is held out once, to stop the training and to measure the heads. */
  readonly folds: number;
  /** Test examples on which the final alignment is measured, outside the budget. */
  readonly alignmentExamples: number;
}

export const DEFAULT_OPTIONS: OptimasOptions = {
  samples: 3,
  groundTruth: true,
  rollouts: 3,
  stageOneShare: 0.4,
  finalShare: 0.2,
  samplingTemperature: 0.5,
  validationExamples: 32,
  localInputs: 6,
  localSteps: 2,
  candidates: 6,
  freshExamples: 3,
  replayPairs: 200,
  numberTemperature: 0.25,
  choiceTemperature: 0.03,
  folds: 5,
  alignmentExamples: 100,
};
