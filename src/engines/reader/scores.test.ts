import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messagesOf } from './fixtures';
import { reader } from './index';
import { readDirections } from './prompt';
import { scoreDirectives } from './score-directives';

const RELATIONS = [
  'Barn owl: is an animal, a bird; lives in farmland; eats mice; is eaten by eagles',
  'Red fox: is an animal, a mammal; lives in forest; eats mice, eagles',
  'Wood mouse: is an animal, a mammal; lives in forest; eats seeds; is eaten by owls, eagles',
  'Oak: is a plant, a tree; grows in forest',
].join('\n');
const DESCRIPTIONS = [
  'Barn owl: It flies at night. It is silent.',
  'Red fox: It is red. It sleeps in winter but does not hibernate.',
  'Wood mouse: It hibernates. It is small.',
  'Oak: It sheds its leaves each year and stands bare in winter.',
].join('\n');

async function scored(
  wanted: 'relation_scores' | 'text_scores',
  question: string,
  directives: string,
): Promise<Record<string, number>> {
  const field =
    wanted === 'relation_scores' ? { relations: RELATIONS } : { descriptions: DESCRIPTIONS };
  const prompt = `Score each candidate. Score in steps of 0.1. ${directives}`;
  const { text } = await reader().complete(messagesOf(prompt, { question, ...field }, wanted), {
    temperature: 0,
    seed: 0,
  });
  return Object.fromEntries(
    text.split('\n').map((line) => {
      const [name, score] = line.split(': ');
      return [name!, Number(score)];
    }),
  );
}
const relations = (question: string, directives = '') =>
  scored('relation_scores', question, directives);
const texts = (question: string, directives = '') => scored('text_scores', question, directives);

describe('directives for scoring', () => {
  it.each(
    scoreDirectives.flatMap(({ tasks, id, sentence }) =>
      tasks.map((task) => [task, id, sentence] as const),
    ),
  )('%s: %s is recognised by its own cues only', (task, id, sentence) => {
    expect(readDirections(sentence, task).ids).toEqual([id]);
  });

  it('are those of SCORES.md', () => {
    const text = readFileSync(new URL('SCORES.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z-]+)`\s*\| ([^|]+?)\s*\| ([^|]+?)\s*\|$/gm)];
    const table = (['relation_scores', 'text_scores'] as const).flatMap((task) =>
      scoreDirectives
        .filter(({ tasks }) => tasks.includes(task))
        .map(({ id, sentence, effect }) => [id, sentence, effect]),
    );
    expect(rows.map((row) => row.slice(1))).toEqual(table);
  });

  it('are at least ten for each task', () => {
    for (const task of ['relation_scores', 'text_scores'] as const) {
      expect(scoreDirectives.filter(({ tasks }) => tasks.includes(task)).length).toBeGreaterThan(9);
    }
  });
});

describe('scores by relations', () => {
  it('are the share of the words of the question that a candidate has', async () => {
    // mammal, eats, mice: the owl has two of three, the fox all, the mouse "mammal" and "eats".
    expect(await relations('Which mammal eats mice?')).toEqual({
      'Barn owl': 0.7,
      'Red fox': 1,
      'Wood mouse': 0.7,
      Oak: 0,
    });
  });

  it('count in tenths only when told to', async () => {
    const rough = await relations('Which mammal eats mice?', 'Do not score in steps.');
    expect(rough['Barn owl']).toBe(0.5);
  });

  it('tell who eats from who is eaten', async () => {
    const question = 'Which animal is eaten by eagles?';
    const plain = await relations('Which animal eats eagles?');
    expect(plain['Red fox']).toBe(1);
    const asked = await relations(question, 'Count only the relations that the question asks for.');
    expect(asked['Wood mouse']).toBe(1);
    expect(asked['Red fox']).toBe(0.5);
  });

  it('keep a third for another type', async () => {
    const asked = await relations('Which bird eats mice?', 'Check the type that is asked.');
    expect(asked['Barn owl']).toBe(1);
    // Two thirds, of which a third stays.
    expect(asked['Red fox']).toBe(0.2);
  });

  it('match other forms of a word only when told to', async () => {
    expect((await relations('Which tree grows in forests?')).Oak).toBe(0.7);
    const told = await relations('Which tree grows in forests?', 'Match word forms.');
    expect(told.Oak).toBe(1);
  });

  it('follow what does harm as well', async () => {
    const question = 'Which mammal eats mice?';
    const best = await relations(question, 'Give 1 to the best candidate and 0 to the rest.');
    expect(Object.values(best)).toEqual([0, 1, 0, 0]);
    const first = await relations(question, 'Read only the first two relations.');
    expect(first['Red fox']).toBe(0.3);
    const generous = await relations(question, 'Be generous.');
    expect(generous.Oak).toBe(0.5);
  });
});

describe('scores by descriptions', () => {
  it('take a denial for a match unless told to punish it', async () => {
    const question = 'Which mammal hibernates?';
    expect((await texts(question, 'Count other forms of a word.'))['Red fox']).toBe(0.5);
    const punished = await texts(
      question,
      'Count other forms of a word. Punish negations and contradictions.',
    );
    expect(punished['Red fox']).toBe(0);
    expect(punished['Wood mouse']).toBe(0.5);
  });

  it('leave the relations out when told to', async () => {
    const question = 'Which animal that lives in forests hibernates?';
    // One of four words; the quarter is nearest to 0.2 and 0.3, and the lower comes first.
    expect((await texts(question))['Wood mouse']).toBe(0.2);
    const told = await texts(question, 'Leave food, place and use to the relations.');
    expect(told['Wood mouse']).toBe(0.5);
  });

  it('know synonyms when told to', async () => {
    expect((await texts('Which nocturnal bird?'))['Barn owl']).toBe(0);
    expect((await texts('Which nocturnal bird?', 'Count synonyms.'))['Barn owl']).toBe(0.5);
  });

  it('grow to 1 in relation to the strongest', async () => {
    const told = await texts(
      'Which nocturnal bird?',
      'Count synonyms. Rate each candidate in relation to the strongest one.',
    );
    expect(told['Barn owl']).toBe(1);
  });

  it('need the question and the descriptions', async () => {
    const asked = messagesOf('Score.', { question: 'Which?' }, 'text_scores');
    await expect(reader().complete(asked, {})).rejects.toThrow(/"descriptions" is needed/);
  });
});
