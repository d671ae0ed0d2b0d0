/**
 * next-item, after the Amazon-sessions system of arXiv 2507.03041: what a customer looked at and
 * bought is summed up, the candidates are profiled, and the next item is named. Two of the three
 * components are small policies with weights.
 */
import { compoundSystem, type CompoundSystem } from '../../core/system/compound-system';
import { promptComponent } from '../messages';
import type { DirectivePool, SystemModule } from '../system-module';
import { candidateProfiler } from './candidate-profiler';
import { shippedSessions, type SessionData } from './data-set';
import { accuracy } from './metric';
import { nextItemReferences } from './references';
import { sessionAnalyzer } from './session-analyzer';

/** Tokens of an answer: a title and a sentence beside it. */
const SHORT = 60;

export function nextItem(directives: DirectivePool): CompoundSystem {
  return compoundSystem({
    name: 'next-item',
    title: 'Next item of a session',
    description:
      'Says which of the choices a customer takes next: it sums up the session, profiles the choices and decides.',
    inputs: ['session', 'choices'],
    output: 'item',
    reward: { name: 'accuracy', score: accuracy },
    components: [
      sessionAnalyzer(),
      candidateProfiler(),
      promptComponent(
        {
          name: 'next_item_decider',
          description: 'Names the item that the customer takes next.',
          inputs: ['analysis', 'profile', 'choices'],
          output: 'item',
        },
        {
          initial: [
            'Say which item the customer takes next.',
            'Choose only among the items of the profile.',
            'Leave out items of a kind that was seen already.',
          ].join('\n'),
          directives: directives('item'),
        },
        SHORT,
      ),
    ],
  });
}

export const nextItemModule: SystemModule<SessionData> = {
  name: 'next-item',
  title: 'Next item of a session',
  help: {
    about:
      'A customer looked at some things and bought others; which of four items comes next? After the Amazon-sessions system of the Optimas paper. Two components are trainable policies: each lists what it could write, and a few weights decide which of it is written.',
    lookFor: [
      'The session analyzer starts with what was looked at last. Watch whether its weights move to what the session is mostly about.',
      'The profiler puts forward what looks like the things seen, which is what fools plain word overlap here. Watch whether it learns to lead with what the analysis says is wanted next.',
      'Weights are only trained where the head is trusted: its pair accuracy must lie above one half with its whole interval.',
    ],
    tryOut: [
      'Open a weights slot before and after a run, and compare which features gained.',
      'Give the decider a prompt that prefers the brand or the cheapest item, and let the run repair it.',
      'Load a published CSV of Amazon sessions: there a session is free text, and plain word overlap is hard to beat.',
    ],
    data: 'Sessions over a catalogue of invented products, made by a seeded script for this project; CC0.',
  },
  shipped: shippedSessions,
  system: (_, { directives }) => nextItem(directives),
  references: ({ splits }) => nextItemReferences(splits),
};
