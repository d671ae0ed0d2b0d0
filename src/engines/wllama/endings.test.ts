import { afterEach, describe, expect, it, vi } from 'vitest';
import { turnOfEvents } from '../testing/held-model';
import { loaded, USER } from './testing/loaded';

afterEach(() => vi.useRealTimers());

describe('the end of an engine', () => {
  it('answers calls that are open and calls to come', async () => {
    const { model, engine } = await loaded({ pieces: ['stuck'] });
    const call = model.complete(USER, {});
    const waiting = model.complete(USER, {});
    const ends = Promise.allSettled([call, waiting]);
    await turnOfEvents();
    await model.unload();
    expect(await ends).toMatchObject([
      { reason: { problem: 'not-loaded', lasting: true } },
      { reason: { problem: 'not-loaded', lasting: true } },
    ]);
    expect(engine.ended).toBe(1);
    await expect(model.complete(USER, {})).rejects.toMatchObject({ problem: 'not-loaded' });
  });

  it('comes with a crash, of which wllama leaves the other calls open', async () => {
    const { model, engine } = await loaded({ pieces: ['stuck'] }, { slots: 2 });
    const other = model.complete(USER, {});
    const end = expect(other).rejects.toMatchObject({ problem: 'crashed' });
    await turnOfEvents();
    engine.script = { fails: new Error('unreachable') };
    await expect(model.complete(USER, {})).rejects.toMatchObject({
      problem: 'crashed',
      lasting: true,
    });
    await end;
    expect(engine.ended).toBe(1);
    await expect(model.complete(USER, {})).rejects.toMatchObject({ problem: 'crashed' });
  });

  it('comes with the end of wllama’s worker, which wllama does not tell its calls', async () => {
    const { model, engine } = await loaded({ pieces: ['stuck'] });
    const call = model.complete(USER, {});
    const end = expect(call).rejects.toMatchObject({ problem: 'crashed', lasting: true });
    await turnOfEvents();
    engine.watch.broke(new Error('its worker ended'));
    await end;
  });

  it('comes when nothing is heard any more, but not while there are pieces', async () => {
    vi.useFakeTimers();
    const { model, engine } = await loaded({ pieces: ['stuck'] }, {}, { silentSeconds: 60 });
    const call = model.complete(USER, {});
    const end = expect(call).rejects.toMatchObject({ problem: 'hung', lasting: true });
    await vi.advanceTimersByTimeAsync(50_000);
    engine.requests[0]!.onData({ choices: [] });
    await vi.advanceTimersByTimeAsync(50_000);
    expect(engine.ended).toBe(0);
    await vi.advanceTimersByTimeAsync(30_000);
    await end;
    expect(engine.ended).toBe(1);
  });
});
