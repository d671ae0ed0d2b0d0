import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, SandboxError } from './limits';
import { nodeCodeRunner, nodeSandbox } from './node';
import { sandbox } from './sandbox';

const box = nodeSandbox({ ...DEFAULT_LIMITS, milliseconds: 5000 });

/** The next program runs as if the one before had never been. */
async function nextRuns(): Promise<void> {
  const next = await box.run('[({}).leaked, typeof leaked, [1, 2].map((x) => x * 2)]');
  expect(next).toEqual({ ok: true, value: '[null,"undefined",[2,4]]', printed: '' });
}

async function failureOf(code: string): Promise<string> {
  const { ok, failure } = await box.run(code);
  await nextRuns();
  expect(ok).toBe(false);
  return failure!;
}

describe('a program that behaves', () => {
  it('gives its last value as JSON and what it printed', async () => {
    expect(
      await box.run('console.log("a", 1, [2]); console.error({ b: 3 }); ({ c: [1, "x"] })'),
    ).toEqual({ ok: true, value: '{"c":[1,"x"]}', printed: 'a 1 [2]\n{"b":3}\n' });
  });

  it('may return a promise', async () => {
    expect((await box.run('(async () => { await 0; return 7; })()')).value).toBe('7');
    expect(await failureOf('Promise.reject(new Error("no"))')).toBe(
      'The program failed: Error: no',
    );
  });

  it('draws the same random numbers each time', async () => {
    const draw = async () => (await box.run('[Math.random(), Math.random()]')).value;
    expect(await draw()).toBe(await draw());
  });
});

describe('a program that takes too much', () => {
  it.each([
    ['for (;;) {}', 'too many steps'],
    ['for (;;) { try { for (;;) {} } catch {} }', 'too many steps'],
    ['/(a*)*b/.test("a".repeat(40))', 'too many steps'],
    ['new ArrayBuffer(1 << 30)', '32 MB of memory'],
    ['"a".repeat(1 << 29)', '32 MB of memory'],
    ['const a = []; for (;;) a.push(new ArrayBuffer(1 << 20))', '32 MB of memory'],
    ['for (let i = 0; i < 1e5; i++) console.log("x".repeat(1000))', 'printed more than 16384'],
    ['for (;;) { try { console.log("x".repeat(1000)); } catch {} }', 'printed more than 16384'],
    ['console.log("x".repeat(10_000_000))', 'printed more than 16384'],
    ['function f() { return f() + 1; } f()', 'calls itself too deeply'],
    ['const p = new Proxy({}, { get: () => p.x }); p.x', 'calls itself too deeply'],
    ['let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)', 'too deeply'],
    ['('.repeat(20_000), 'too deeply'],
    [`1${' '.repeat(70_000)}`, 'more than 65536 characters'],
  ])('case %#', async (code, failure) => {
    expect(await failureOf(code)).toContain(failure);
  });

  it('prints no more than the limit', async () => {
    const { printed } = await box.run('for (;;) console.log("x".repeat(1000))');
    expect(printed.length).toBe(DEFAULT_LIMITS.outputCharacters);
  });

  it('is ended by the clock where it takes few steps', async () => {
    const slow = nodeSandbox({ ...DEFAULT_LIMITS, milliseconds: 30, steps: Infinity });
    const outcome = await slow.run('for (;;) {}');
    expect(outcome).toMatchObject({ ok: false, byClock: true });
    expect(outcome.failure).toBe('The program ran longer than 30 ms.');
    expect((await slow.run('1')).value).toBe('1');
  });
});

describe('a program that looks for a way out', () => {
  it.each([
    ['fetch("https://example.org")', "'fetch' is not defined"],
    ['require("fs")', "'require' is not defined"],
    ['process.exit()', "'process' is not defined"],
    ['for (;;) postMessage("x".repeat(1000))', "'postMessage' is not defined"],
    ['setTimeout(() => {}, 0)', "'setTimeout' is not defined"],
    ['importScripts("x.js")', "'importScripts' is not defined"],
    ['import("fs")', 'could not load module'],
    ['import fs from "fs"; fs', 'SyntaxError'],
  ])('%s', async (code, failure) => {
    expect(await failureOf(code)).toContain(failure);
  });

  it('finds only its own globals behind console.log', async () => {
    const { value } = await box.run(
      'const global = console.log.constructor("return this")(); [global === globalThis, typeof global.process, typeof global.WebAssembly]',
    );
    expect(value).toBe('[true,"undefined","undefined"]');
  });

  it('changes prototypes and built-ins for itself alone', async () => {
    await box.run(
      'Object.prototype.leaked = 1; Array.prototype.map = () => "bad"; globalThis.leaked = 1; JSON.stringify = () => "bad"; 1',
    );
    await nextRuns();
  });
});

describe('results that are no plain values', () => {
  it.each([
    ['(() => 1)', undefined],
    ['Symbol("x")', undefined],
    ['undefined', undefined],
    ['NaN', 'null'],
    ['JSON.stringify = () => "bad"; ({ a: 1 })', '{"a":1}'],
  ])('%s', async (code, value) => {
    const outcome = await box.run(code);
    expect([outcome.ok, outcome.value]).toEqual([true, value]);
  });

  it.each([
    ['const a = {}; a.a = a; a', 'circular reference'],
    ['10n', 'BigInt'],
    ['({ get a() { throw new Error("no"); } })', 'Error: no'],
    ['({ get a() { for (;;) {} } })', 'too many steps'],
    ['({ toJSON() { for (;;) {} } })', 'too many steps'],
    ['new Promise(() => {})', 'never settled'],
    ['(async () => { for (;;) await 0; })()', 'never settled'],
    ['throw { get message() { for (;;) {} } }', 'too many steps'],
    ['throw Symbol("x")', 'it threw symbol'],
    ['throw null', 'it threw no message'],
    ['throw "plainly"', 'it threw plainly'],
  ])('%s', async (code, failure) => {
    expect(await failureOf(code)).toContain(failure);
  });

  it('are cut to the limit', async () => {
    for (const code of ['new Array(1e5).fill(1)', '({ toJSON: () => "x".repeat(1e5) })']) {
      expect((await box.run(code)).value!.length).toBe(DEFAULT_LIMITS.outputCharacters);
    }
  });
});

describe('the sandbox itself', () => {
  it('throws where it cannot be loaded, and tries again', async () => {
    let tries = 0;
    const broken = sandbox(() => Promise.reject(new Error(`offline ${++tries}`)));
    await expect(broken.run('1')).rejects.toThrow(
      new SandboxError('the sandbox could not be loaded: offline 1'),
    );
    await expect(broken.run('1')).rejects.toThrow('offline 2');
  });

  it('throws the reason of an aborted signal', async () => {
    const runner = nodeCodeRunner();
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(runner.run('1', controller.signal)).rejects.toThrow('enough');
    expect(await runner.run('1')).toEqual({ ok: true, value: '1', printed: '' });
  });
});
