import { describe, expect, it } from 'vitest';
import type { CodeRunner } from '../src/core/system/code-runner';
import { nodeCodeRunner } from '../src/sandbox/node';
import { PresentWorkload } from './present-workload';
import type { Activity } from './run-protocol';

const file = new File([], 'mine.jsonl');

function tasks(count: number) {
  const records = Array.from({ length: count }, (_, i) => ({
    line: i + 1,
    value: {
      task: `Write a function double${i}(n) that doubles a number.`,
      tests: `equal(double${i}(3), 6)`,
      solutions: `[1]\nconst double${i} = (n) => n * 2;\n[2]\nconst double${i} = (n) => n;`,
    },
  }));
  return { name: 'mine.jsonl', records, notes: [] };
}

describe('the present workload', () => {
  it('is there before its references, which are measured once', async () => {
    const told: (Activity | undefined)[] = [];
    let programs = 0;
    const node = nodeCodeRunner();
    const code: CodeRunner = {
      run: (...args) => {
        programs += 1;
        return node.run(...args);
      },
    };
    const present = new PresentWorkload(code, (activity) => told.push(activity));
    const { data } = await present.takeRows('verified-code', tasks(12), file);
    expect([present.system, present.file, programs]).toEqual(['verified-code', file, 0]);
    const [references] = await Promise.all([present.references(), present.references()]);
    expect(references!.chance).toBe(0.5);
    expect(programs).toBe(2 * (data.splits.train.length + data.splits.test.length));
    expect(told[0]).toMatchObject({ done: 1, total: programs, unit: 'programs' });
    expect(told.at(-1)).toBeUndefined();
    await present.references();
    expect(programs).toBe(2 * (data.splits.train.length + data.splits.test.length));
  });

  it('gives up on references of what it held before', async () => {
    const hanging: CodeRunner = {
      run: (_, signal) =>
        new Promise((_, reject) => {
          signal!.addEventListener('abort', () => reject(signal!.reason as Error));
        }),
    };
    const present = new PresentWorkload(hanging, () => undefined);
    await present.takeRows('verified-code', tasks(12), file);
    const references = present.references();
    await present.on('verified-code');
    await present.on('next-item');
    expect(await references).toBeUndefined();
    expect([present.system, present.file]).toEqual(['next-item', undefined]);
    expect((await present.references())!.chance).toBe(0.25);
  });

  it('says why they cannot be measured, and tries again when asked again', async () => {
    let broken = true;
    const node = nodeCodeRunner();
    const code: CodeRunner = {
      run: async (...args) => {
        if (broken) throw new Error('there is no sandbox');
        return node.run(...args);
      },
    };
    const present = new PresentWorkload(code, () => undefined);
    await present.takeRows('verified-code', tasks(12), file);
    await expect(present.references()).rejects.toThrow('there is no sandbox');
    broken = false;
    expect((await present.references())!.chance).toBe(0.5);
  });

  it('keeps what it holds where rows cannot be used', async () => {
    const present = new PresentWorkload(nodeCodeRunner(), () => undefined);
    const { system } = await present.workload;
    expect(system.name).toBe('multihop-qa');
    await expect(present.takeRows('multihop-qa', tasks(12), file)).rejects.toThrow();
    expect((await present.workload).data.name).toBe('shipped');
  });
});
