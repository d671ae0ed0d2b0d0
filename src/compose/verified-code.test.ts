import { describe, expect, it } from 'vitest';
import { Budget } from '../core/run/budget';
import { edges, initialConfiguration, type Example } from '../core/system/compound-system';
import { Executor } from '../core/system/execute';
import { modelThat } from '../core/testing/chat-models';
import { nodeCodeRunner } from '../sandbox/node';
import type { CodeRunner } from '../systems/system-module';
import { verifiedCodeModule } from '../systems/verified-code';
import { codeReferences } from '../systems/verified-code/references';
import { verifiedCode } from '../systems/verified-code/system';

const code = nodeCodeRunner();
const directives = (field: string): string[] => [`Directive for ${field}.`];
const RIGHT = 'function half(x) { return x / 2; }';
const WRONG = 'function half(x) { return x; }';
const example = (id: string, pool: string): Example => ({
  id,
  inputs: { task: 'Write the function half(x): half of x.', pool },
  expected: [RIGHT, 'equal(half(2), 1)', 'equal(half(0), 0)', 'equal(half(-4), -2)'],
});
const HALF = example('half', `[1]\n${WRONG}\n\n[2]\n${RIGHT}`);

function answering(final: string) {
  const answers = { code: WRONG, tests: 'equal(half(0), 0)\nequal(half(2), 1)', final_code: final };
  return modelThat(
    ([, user]) =>
      answers[/Write the field: (\w+)$/.exec(user!.content)![1] as keyof typeof answers],
  );
}

async function run(final: string, pools = false, runner = code) {
  const system = verifiedCode({ directives, code: runner, pools });
  const model = answering(final);
  const trace = await new Executor(system, model, 1).execute(HALF, {
    configuration: initialConfiguration(system),
    budget: new Budget(Infinity, system.components.length),
  });
  return { trace, asked: model.asked.map(({ messages }) => messages[1]!.content) };
}

describe('verified-code', () => {
  it('runs program and tests, both written from the task, and hands the report on', async () => {
    expect(
      edges(verifiedCode({ directives, code })).map(({ from, to }) => `${from} > ${to}`),
    ).toEqual([
      'code_generator > executor',
      'unit_test_generator > executor',
      'code_generator > final_code_generator',
      'executor > final_code_generator',
    ]);
    const { trace } = await run(RIGHT);
    expect(trace.steps['executor']!.output).toBe(
      '1 of 2 tests pass.\npass: equal(half(0), 0)\nfail: equal(half(2), 1): gives 2, not 1',
    );
    expect([trace.reward, trace.beside]).toEqual([1, { 'all passed': 1 }]);
  });

  it('scores the share of hidden tests that pass', async () => {
    const { trace } = await run('Sure:\n```js\n' + WRONG + '\n```');
    expect(trace.reward).toBeCloseTo(1 / 3, 12);
    expect(trace.beside).toEqual({ 'all passed': 0 });
    for (const failing of ['for (;;) {}', 'I cannot do that.', 'throw 1']) {
      expect((await run(failing)).trace.reward, failing).toBe(0);
    }
  });

  it('shows the pool to an engine that chooses, and to no other', async () => {
    expect((await run(RIGHT)).asked.filter((text) => text.includes('pool:'))).toEqual([]);
    const asked = (await run(RIGHT, true)).asked;
    expect(asked.map((text) => text.includes('pool:'))).toEqual([true, false, true]);
  });

  it('never shows a hidden test', async () => {
    for (const text of (await run(RIGHT, true)).asked) expect(text).not.toContain('half(-4)');
  });

  it('fails, and scores nothing, where the sandbox cannot run', async () => {
    const broken: CodeRunner = { run: () => Promise.reject(new Error('no worker')) };
    const { trace } = await run(RIGHT, false, broken);
    expect(trace.failure?.message).toContain('no worker');
    expect(trace.reward).toBeUndefined();
  });

  it('tells of tasks that cannot be judged', async () => {
    const { reward } = verifiedCode({ directives, code });
    const { inputs, expected } = HALF;
    await expect(
      reward.score({ id: 'a', inputs: { task: 'Add numbers.' }, expected }, RIGHT),
    ).rejects.toThrow('names no function');
    await expect(reward.score({ id: 'a', inputs, expected: [RIGHT] }, RIGHT)).rejects.toThrow(
      'no hidden tests',
    );
  });
});

describe('references', () => {
  const splits = (train: readonly Example[], test: readonly Example[]) => ({
    name: 'x',
    notes: [],
    splits: { train, validation: [], test },
  });

  it('are means over programs, over the best place of train, and over the longest', async () => {
    // WRONG passes 1 of 3 tests, RIGHT all: chance (1/3 + 1) / 2.
    const references = await codeReferences(splits([HALF], [HALF]), code);
    expect(references.chance).toBeCloseTo(2 / 3, 12);
    expect([references.majority, references.heuristic]).toEqual([1, 1]);
  });

  it('are unknown without pools', async () => {
    const none = { chance: null, majority: null, heuristic: null };
    expect(await codeReferences(splits([HALF], [example('b', '')]), code)).toEqual(none);
    expect(await codeReferences(splits([], []), code)).toEqual(none);
    expect((await codeReferences(splits([], [HALF]), code)).majority).toBeNull();
  });
});

describe('the help', () => {
  it('says where the programs come from', () => {
    expect(verifiedCodeModule.help.about).toContain(
      'With the reader the programs come from a pool that the task carries; a language model writes them itself',
    );
  });
});
