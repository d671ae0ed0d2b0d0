import { describe, expect, it } from 'vitest';
import type { Example } from '../core/system/compound-system';
import { nodeCodeRunner } from '../sandbox/node';
import { codeReferences } from '../systems/verified-code/references';

const RIGHT = 'const double = (n) => n * 2;';
const HALF = 'const double = (n) => n === 0 ? 0 : -1;';
const WRONG = '/* the longest of them all */ const double = () => undefined;';

function example(id: string, programs: readonly string[]): Example {
  const pool = programs.map((program, i) => `[${i + 1}]\n${program}`).join('\n');
  return {
    id,
    inputs: { task: 'Write a function double(n) that doubles a number.', pool },
    expected: [RIGHT, 'equal(double(3), 6)', 'equal(double(0), 0)'],
  };
}

const data = {
  name: 'test',
  notes: [],
  splits: {
    // The second place passes most: 1/2 and 1 against 0 and 1/2.
    train: [example('a', [WRONG, HALF]), example('b', [HALF, RIGHT])],
    validation: [],
    test: [example('c', [WRONG, RIGHT, HALF]), example('d', [RIGHT, HALF])],
  },
};

describe('references of verified-code', () => {
  it('are pass rates of a drawn, a placed and the longest program', async () => {
    const told: string[] = [];
    const references = await codeReferences(data, nodeCodeRunner(), {
      onProgram: (done, total) => told.push(`${done}/${total}`),
    });
    expect(references.chance).toBeCloseTo(((0 + 1 + 0.5) / 3 + (1 + 0.5) / 2) / 2, 12);
    expect(references.majority).toBeCloseTo((1 + 0.5) / 2, 12);
    expect(references.heuristic).toBeCloseTo((0 + 0.5) / 2, 12);
    expect(told).toEqual(Array.from({ length: 9 }, (_, i) => `${i + 1}/9`));
  });

  it('are unknown where tasks carry no pools', async () => {
    const bare = { ...data, splits: { ...data.splits, test: [example('e', [])] } };
    expect(await codeReferences(bare, nodeCodeRunner())).toEqual({
      chance: null,
      majority: null,
      heuristic: null,
    });
  });

  it('are not measured any further once nobody wants them', async () => {
    const abort = new AbortController();
    let ran = 0;
    const measured = codeReferences(data, nodeCodeRunner(), {
      signal: abort.signal,
      onProgram: (done) => {
        ran = done;
        if (done === 2) abort.abort(new Error('enough'));
      },
    });
    await expect(measured).rejects.toThrow('enough');
    expect(ran).toBe(2);
  });
});
