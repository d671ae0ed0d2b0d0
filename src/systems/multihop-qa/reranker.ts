/**
 * A trainable step between retriever and hint: a small policy that hands on all retrieved passages
 * as they are, or two of them in the order that it picks.
 */
import type { PolicyAction } from '../../core/policy/policy';
import { policyComponent } from '../../core/policy/policy-component';
import { FUNCTION_WORDS, textProfile, type TextProfile } from '../../core/reward/text-profile';
import type { Component } from '../../core/system/component';
import { normaliseAnswer } from './metric';
import { renderPassages } from './passages';

/** In the order of an action's numbers; all in [0, 1]. */
export const RERANKER_FEATURES = [
  'as retrieved',
  'first: overlap with the question',
  'first: retrieved early',
  'first: title in the question',
  'second: overlap with the question',
  'second: retrieved early',
  'second: title in the question',
  'first names second',
  'words of the question in either',
] as const;

/** A draft: what was retrieved goes through. Small, so that learning can overturn it. */
const INITIAL = RERANKER_FEATURES.map((name) => (name === 'as retrieved' ? 0.05 : 0));

/** Passages that pairs are made of: twenty-five would make six hundred pairs. */
const CONSIDERED = 6;

interface Retrieved {
  readonly title: string;
  readonly text: string;
  readonly profile: TextProfile;
  /** From 1 (the first) towards 0. */
  readonly early: number;
  readonly named: number;
}

/** @param input field of the retrieved passages @param output field of those handed on */
export function passageReranker(input: string, output: string): Component {
  return policyComponent({
    name: 'passage_reranker',
    description: 'Hands on all passages, or two of them in an order that its weights pick.',
    inputs: ['question', input],
    output,
    slot: 'weights',
    features: RERANKER_FEATURES,
    initial: INITIAL,
    actions: (fields) => rerankings(fields['question']!, fields[input]!),
  });
}

/** What could be handed on, all passages first. A text that is no list of passages stays as it is. */
export function rerankings(question: string, passages: string): PolicyAction[] {
  const asked = contentWords(question);
  const found = parsed(passages, question);
  const all: PolicyAction = {
    output: passages,
    features: RERANKER_FEATURES.map((name) => (name === 'as retrieved' ? 1 : 0)),
  };
  const pairs = found.flatMap((first) =>
    found.flatMap((second): PolicyAction[] =>
      first === second
        ? []
        : [{ output: rendered(first, second), features: described(first, second, asked) }],
    ),
  );
  return [all, ...pairs.filter(({ output }) => output !== passages)];
}

function described(first: Retrieved, second: Retrieved, asked: readonly string[]): number[] {
  const share = (has: (word: string) => boolean): number =>
    asked.filter(has).length / Math.max(1, asked.length);
  const own = (passage: Retrieved): number[] => [
    share((word) => passage.profile.wordSet.has(word)),
    passage.early,
    passage.named,
  ];
  const title = ` ${normaliseAnswer(second.title)} `;
  return [
    0,
    ...own(first),
    ...own(second),
    ` ${normaliseAnswer(first.text)} `.includes(title) ? 1 : 0,
    share((word) => first.profile.wordSet.has(word) || second.profile.wordSet.has(word)),
  ];
}

function rendered(...passages: readonly Retrieved[]): string {
  return renderPassages(passages.map(({ title, text }) => ({ id: title, title, text })));
}

/** What `renderPassages` wrote, the first few of it. */
function parsed(passages: string, question: string): Retrieved[] {
  const asked = ` ${normaliseAnswer(question)} `;
  return passages
    .split('\n')
    .slice(0, CONSIDERED)
    .flatMap((line, i): Retrieved[] => {
      const [, title, text] = /^\[\d+\] (.+?): (.+)$/.exec(line) ?? [];
      if (title === undefined || text === undefined) return [];
      return [
        {
          title,
          text,
          profile: textProfile(`${title} ${text}`),
          early: 1 - i / CONSIDERED,
          named: asked.includes(` ${normaliseAnswer(title)} `) ? 1 : 0,
        },
      ];
    });
}

function contentWords(text: string): string[] {
  return [...textProfile(text).wordSet].filter((word) => !FUNCTION_WORDS.has(word));
}
