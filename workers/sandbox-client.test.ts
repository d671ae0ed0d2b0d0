import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, SandboxError, type SandboxOutcome } from '../src/sandbox/limits';
import { sandboxClient, type SandboxWorker } from './sandbox-client';

/** Workers whose programs end as `answer` says; `hang` never ends. */
class FakeWorkers {
  started = 0;
  ended = 0;
  readonly asked: string[] = [];
  load: () => Promise<void> = () => Promise.resolve();
  break: (error: Error) => void = () => undefined;
  running = 0;
  mostRunning = 0;

  readonly start = (): SandboxWorker => {
    this.started += 1;
    const broken = new Promise<never>((_, reject) => (this.break = reject));
    broken.catch(() => undefined);
    return {
      api: { load: () => this.load(), run: (code) => this.#run(code) },
      broken,
      end: () => (this.ended += 1),
    };
  };

  async #run(code: string): Promise<SandboxOutcome> {
    this.asked.push(code);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    if (code.startsWith('hang')) {
      this.running -= 1;
      return new Promise(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.running -= 1;
    return { ok: true, value: code, printed: 'p'.repeat(code === 'flood' ? 1e6 : 1) };
  }
}

const ok = (value: string): SandboxOutcome => ({ ok: true, value, printed: 'p' });

describe('the sandbox client', () => {
  it('starts one worker when the first program comes, and runs one after the other', async () => {
    const workers = new FakeWorkers();
    const client = sandboxClient(workers.start);
    expect(workers.started).toBe(0);
    const all = await Promise.all(['a', 'b', 'c', 'a'].map((code) => client.run(code)));
    expect(all).toEqual(['a', 'b', 'c', 'a'].map(ok));
    expect([workers.started, workers.mostRunning]).toEqual([1, 1]);
    expect(workers.asked).toEqual(['a', 'b', 'c']);
  });

  it('ends the worker of a program that does not end, and starts another', async () => {
    const workers = new FakeWorkers();
    const client = sandboxClient(workers.start, { wallMs: 20 });
    const [first, second] = await Promise.all([client.run('hang'), client.run('b')]);
    expect(first).toEqual({
      ok: false,
      printed: '',
      failure: 'The program did not end within 20 ms.',
    });
    expect(second).toEqual(ok('b'));
    expect([workers.started, workers.ended]).toEqual([2, 1]);
    await client.run('hang');
    expect(workers.asked).toEqual(['hang', 'b', 'hang']);
  });

  it('throws where the worker cannot be started, and tries again', async () => {
    const workers = new FakeWorkers();
    workers.load = () => Promise.reject(new Error('404'));
    const client = sandboxClient(workers.start);
    await expect(client.run('a')).rejects.toThrow(
      new SandboxError('the sandbox could not be started: 404'),
    );
    workers.load = () => Promise.resolve();
    expect(await client.run('a')).toEqual(ok('a'));
    expect([workers.started, workers.ended]).toEqual([2, 1]);
  });

  it('throws where the worker does not start in time', async () => {
    const workers = new FakeWorkers();
    workers.load = () => new Promise(() => undefined);
    const client = sandboxClient(workers.start, { startMs: 10 });
    await expect(client.run('a')).rejects.toThrow('nothing came back within 10 ms');
    expect(workers.ended).toBe(1);
  });

  it('throws where the worker breaks under a program, and starts another', async () => {
    const workers = new FakeWorkers();
    const client = sandboxClient(workers.start);
    const lost = client.run('hang');
    setTimeout(() => workers.break(new Error('crashed')), 5);
    await expect(lost).rejects.toThrow(new SandboxError('the sandbox broke: crashed'));
    expect(await client.run('a')).toEqual(ok('a'));
    expect(workers.started).toBe(2);
  });

  it('lets so many wait and no more', async () => {
    const workers = new FakeWorkers();
    const client = sandboxClient(workers.start, { waiting: 2 });
    const all = await Promise.allSettled(['a', 'b', 'c'].map((code) => client.run(code)));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((all[2] as PromiseRejectedResult).reason).toBeInstanceOf(SandboxError);
    expect(await client.run('c')).toEqual(ok('c'));
  });

  it('cuts what comes out', async () => {
    const { printed } = await sandboxClient(new FakeWorkers().start).run('flood');
    expect(printed.length).toBe(DEFAULT_LIMITS.outputCharacters);
  });

  it('throws the reason of an aborted signal at once', async () => {
    const client = sandboxClient(new FakeWorkers().start, { wallMs: 50 });
    const controller = new AbortController();
    const gone = client.run('hang', controller.signal);
    controller.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
  });

  it('starts anew after it was disposed of', async () => {
    const workers = new FakeWorkers();
    const client = sandboxClient(workers.start);
    await client.run('a');
    client.dispose();
    await client.run('b');
    expect([workers.started, workers.ended]).toEqual([2, 1]);
  });
});
