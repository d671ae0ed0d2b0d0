import { describe, expect, it } from 'vitest';
import type { SandboxOutcome } from './limits';
import { rememberedRunner } from './remembered';

function counted(
  outcome: (code: string) => SandboxOutcome | Promise<SandboxOutcome>,
  capacity = 2,
) {
  const asked: string[] = [];
  const runner = rememberedRunner(async (code) => {
    asked.push(code);
    return outcome(code);
  }, capacity);
  return { asked, runner };
}

const ok = (code: string): SandboxOutcome => ({ ok: true, value: code, printed: '' });

describe('remembered outcomes', () => {
  it('are asked for once, also side by side', async () => {
    const { asked, runner } = counted(ok);
    const both = await Promise.all([runner.run('a'), runner.run('a')]);
    expect(both).toEqual([ok('a'), ok('a')]);
    await runner.run('a');
    expect(asked).toEqual(['a']);
  });

  it('are as many as there is room for, the latest used', async () => {
    const { asked, runner } = counted(ok);
    for (const code of ['a', 'b', 'a', 'c', 'a', 'b']) await runner.run(code);
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });

  it('are kept where the clock decided twice', async () => {
    const { asked, runner } = counted(() => ({ ok: false, printed: '', byClock: true }));
    for (let i = 0; i < 4; i++) expect(await runner.run('a')).toEqual({ ok: false, printed: '' });
    expect(asked).toEqual(['a', 'a']);
  });

  it('are taken from a later time where the clock decided once', async () => {
    let times = 0;
    const { asked, runner } = counted((code) =>
      ++times === 1 ? { ok: false, printed: '', byClock: true } : ok(code),
    );
    expect((await runner.run('a')).ok).toBe(false);
    for (let i = 0; i < 3; i++) expect(await runner.run('a')).toEqual(ok('a'));
    expect(asked).toEqual(['a', 'a']);
  });

  it('are not kept where nothing ran', async () => {
    const broken = counted(() => Promise.reject(new Error('no worker')));
    await expect(broken.runner.run('a')).rejects.toThrow('no worker');
    await expect(broken.runner.run('a')).rejects.toThrow('no worker');
    expect(broken.asked).toEqual(['a', 'a']);
  });

  it('let an aborted caller go and serve the others', async () => {
    let finish: (outcome: SandboxOutcome) => void = () => undefined;
    const { runner } = counted(() => new Promise((resolve) => (finish = resolve)));
    const leaving = new AbortController();
    const gone = runner.run('a', leaving.signal);
    const stays = runner.run('a');
    leaving.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    finish(ok('a'));
    expect(await stays).toEqual(ok('a'));
  });
});
