/**
 * entity-ranking, after the STaRK-Prime system of arXiv 2507.03041: two scorers read what is known
 * of the candidates, one their relations, one their descriptions, and two weights join the scores.
 */
import type { Component } from '../../core/system/component';
import {
  compoundSystem,
  type CompoundSystem,
  type Example,
} from '../../core/system/compound-system';
import { promptComponent } from '../messages';
import type { DirectivePool } from '../system-module';
import { candidateNames } from './data-set';
import { evidenceIn } from './evidence';
import { hitAtOne, readRanking, reciprocalRank } from './metric';
import { combined, linesByName, parseScores, ranked, type Scores } from './scores';

/** Some twelve tokens for each of 20 candidates. */
const SCORES = 400;

/** Weights that the final scorer may give to one kind of score. */
const WEIGHTS = [0, 0.1, 0.25, 0.5, 1, 2, 4] as const;

/** Candidates of a score list that are shown with what speaks for them. */
const EXPLAINED = 3;

/** Score list, best first, without the candidates that have none. */
function writeScores(
  question: string,
  names: readonly string[],
  scores: Scores,
  about: ReadonlyMap<string, string>,
): string {
  const scored = names.filter((name) => scores.get(name)! > 0);
  return ranked(scored.length > 0 ? scored : names, scores)
    .map((name, i) => {
      const score = Number(scores.get(name)!.toFixed(3));
      return i < EXPLAINED
        ? `${name}: ${score} (${evidenceIn(question, about.get(name) ?? '')})`
        : `${name}: ${score}`;
    })
    .join('\n');
}

function scorer(
  description: Pick<Component, 'name' | 'description' | 'inputs' | 'output'>,
  initial: string,
  directives: readonly string[],
): Component {
  const asking = promptComponent(description, { initial, directives }, SCORES);
  const read = description.inputs[1]!;
  return {
    ...asking,
    async run(inputs, configuration, context) {
      const written = await asking.run(inputs, configuration, context);
      const names = inputs[read]!.split('\n').map((line) => line.slice(0, line.indexOf(': ')));
      return writeScores(
        inputs['question']!,
        names,
        parseScores(written, names),
        linesByName(inputs[read]!, names),
      );
    },
  };
}

const judged =
  (metric: (ranking: readonly string[], right: readonly string[]) => number) =>
  (example: Example, output: string): number =>
    metric(readRanking(output, candidateNames(example.inputs['candidates']!)), example.expected);

export function entityRanking(directives: DirectivePool): CompoundSystem {
  return compoundSystem({
    name: 'entity-ranking',
    title: 'Entity ranking',
    description:
      'Ranks entities of a knowledge base for a question: by their relations, by their descriptions, and by both together.',
    inputs: ['question', 'candidates', 'relations', 'descriptions'],
    output: 'ranking',
    reward: {
      name: 'MRR',
      score: judged(reciprocalRank),
      beside: { 'Hit@1': judged(hitAtOne) },
    },
    components: [
      scorer(
        {
          name: 'relation_scorer',
          description: 'Scores how well the relations of each candidate fit the question.',
          inputs: ['question', 'relations'],
          output: 'relation_scores',
        },
        'Score from 0 to 1 how well the relations of each candidate fit the question.\nWrite a line "Name: score" for each candidate.\nScore in steps of 0.1.',
        directives('relation_scores'),
      ),
      scorer(
        {
          name: 'text_scorer',
          description: 'Scores how well the description of each candidate fits the question.',
          inputs: ['question', 'descriptions'],
          output: 'text_scores',
        },
        'Score from 0 to 1 how well the description of each candidate fits the question.\nWrite a line "Name: score" for each candidate.\nScore in steps of 0.1.',
        directives('text_scores'),
      ),
      {
        name: 'final_scorer',
        description: 'Weighs both scores of each candidate and writes the ranking, best first.',
        inputs: [
          'question',
          'candidates',
          'relation_scores',
          'text_scores',
          'relations',
          'descriptions',
        ],
        output: 'ranking',
        slots: {
          relation_weight: { kind: 'number', initial: 0.5, options: WEIGHTS },
          text_weight: { kind: 'number', initial: 1, options: WEIGHTS },
        },
        async run(inputs, configuration) {
          const names = candidateNames(inputs['candidates']!);
          const scores = combined(
            names,
            parseScores(inputs['relation_scores']!, names),
            parseScores(inputs['text_scores']!, names),
            {
              relation: Number(configuration['relation_weight']),
              text: Number(configuration['text_weight']),
            },
          );
          const about = ['relations', 'descriptions'].map((field) =>
            linesByName(inputs[field]!, names),
          );
          return ranked(names, scores)
            .map((name, i) =>
              i === 0
                ? `${name}: ${about.map((text) => evidenceIn(inputs['question']!, text.get(name) ?? '')).join('; ')}`
                : name,
            )
            .join('\n');
        },
      },
    ],
  });
}
