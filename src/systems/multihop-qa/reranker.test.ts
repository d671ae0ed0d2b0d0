import { describe, expect, it } from 'vitest';
import { multihopQa, NOTHING_FOUND } from '.';
import { edges, initialConfiguration } from '../../core/system/compound-system';
import { indexPassages } from './passages';
import { RERANKER_FEATURES, rerankings } from './reranker';

const QUESTION = 'Which river flows through the birthplace of Alfred Nobel?';
const PASSAGES = [
  '[1] Oslo: Oslo is a city on a river.',
  '[2] Alfred Nobel: He was born in Stockholm.',
  '[3] Stockholm: The river Norr flows there.',
].join('\n');

const named = (features: readonly number[]): Record<string, number> =>
  Object.fromEntries(RERANKER_FEATURES.map((name, i) => [name, features[i]!]));

describe('what the reranker could hand on', () => {
  const actions = rerankings(QUESTION, PASSAGES);

  it('is everything as it is, or two passages in either order', () => {
    expect(actions).toHaveLength(1 + 6);
    expect(actions[0]!.output).toBe(PASSAGES);
    expect(actions.map(({ output }) => output)).toContain(
      '[1] Alfred Nobel: He was born in Stockholm.\n[2] Stockholm: The river Norr flows there.',
    );
    expect(new Set(actions.map(({ output }) => output)).size).toBe(7);
  });

  it('is described by the question, the order and the names', () => {
    const chain = actions.find(({ output }) => output.startsWith('[1] Alfred'))!;
    const other = actions.find(({ output }) => /^\[1\] Alfred.*\n\[2\] Stockholm/.test(output))!;
    // Asked: river, flows, through, birthplace, alfred, nobel; "through" is no function word.
    expect(named(other.features)).toEqual({
      'as retrieved': 0,
      'first: overlap with the question': 2 / 6,
      'first: retrieved early': 1 - 1 / 6,
      'first: title in the question': 1,
      'second: overlap with the question': 2 / 6,
      'second: retrieved early': 1 - 2 / 6,
      'second: title in the question': 0,
      'first names second': 1,
      'words of the question in either': 4 / 6,
    });
    expect(named(chain.features)['first names second']).toBe(0);
    expect(named(actions[0]!.features)['as retrieved']).toBe(1);
  });

  it('is the text itself where there is nothing to choose from', () => {
    for (const text of [NOTHING_FOUND, '', '[1] Oslo: A city.']) {
      expect(rerankings(QUESTION, text).map(({ output }) => output)).toEqual([text]);
    }
  });
});

describe('multihop-qa with a reranker', () => {
  const index = indexPassages([{ id: '1', title: 'Elbe', text: 'A river.' }]);

  it('has one more component between retriever and hint', () => {
    const system = multihopQa(index, () => [], { reranker: true });
    expect(edges(system).map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'question_rewriter > keyword_extractor',
      'keyword_extractor > retriever',
      'retriever > passage_reranker',
      'passage_reranker > hint_generator',
      'hint_generator > answer_generator',
    ]);
    const weights = initialConfiguration(system)['passage_reranker']!['weights'];
    expect(weights).toHaveLength(RERANKER_FEATURES.length);
  });

  it('is as it was without it', () => {
    const names = multihopQa(index, () => []).components.map(({ name }) => name);
    expect(names).not.toContain('passage_reranker');
    expect(names).toHaveLength(5);
  });
});
