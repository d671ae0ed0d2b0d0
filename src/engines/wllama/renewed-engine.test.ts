import { expect, it } from 'vitest';
import { ModelError } from '../../core/system/chat-model';
import { turnOfEvents } from '../testing/held-model';
import { noEngine } from './engine-failures';
import { RenewedEngine } from './renewed-engine';
import { RunningEngine } from './running-engine';
import { fakeEngine } from './testing/fake-engine';
import { loaded, USER } from './testing/loaded';

it('starts anew once it has kept too much', async () => {
  // 32 bytes a token, and 11 tokens a call.
  const { model, engine } = await loaded({}, {}, { keptBytes: 1000 });
  const started: number[] = [];
  for (let call = 0; call < 7; call++) {
    await model.complete(USER, {});
    started.push(engine.started);
  }
  // Before the call after the one that went beyond it.
  expect(started).toEqual([1, 1, 1, 2, 2, 2, 3]);
  expect(engine.ended).toBe(2);
});

it('counts what an aborted call has read', async () => {
  const { model, engine } = await loaded({ pieces: ['wait'] }, {}, { keptBytes: 300 });
  const abort = new AbortController();
  const call = model.complete(USER, {}, abort.signal).catch(() => undefined);
  await turnOfEvents();
  abort.abort();
  await call;
  engine.script = {};
  await model.complete(USER, {});
  expect(engine.started).toBe(2);
});

it('waits for calls that are under way, and lets the next ones wait', async () => {
  const fake = fakeEngine();
  const start = () => RunningEngine.start(fake.create);
  const engine = new RenewedEngine(await start(), { start, bytesPerToken: 1, keptBytes: 5 });
  const log: string[] = [];
  let finish: () => void = () => undefined;
  const slow = engine.use(() => new Promise<void>((resolve) => (finish = resolve)));
  await engine.use(async (_, kept) => kept(6));
  const next = ['a', 'b'].map((name) =>
    engine.use(async () => void log.push(`${name} on engine ${fake.started}`)),
  );
  await turnOfEvents();
  expect([log, fake.started]).toEqual([[], 1]);
  finish();
  await Promise.all([slow, ...next]);
  expect(log).toEqual(['a on engine 2', 'b on engine 2']);
});

it('goes on with what it has where a new one can not be started', async () => {
  const fake = fakeEngine();
  const start = () => RunningEngine.start(fake.create);
  const canStart = async (): Promise<boolean> => false;
  const renewal = { start, canStart, bytesPerToken: 1, keptBytes: 5 };
  const engine = new RenewedEngine(await start(), renewal);
  for (let i = 0; i < 3; i++) await engine.use(async (_, kept) => kept(6));
  expect([fake.started, fake.ended]).toEqual([1, 0]);
});

it('ends with the reason when it cannot be started anew', async () => {
  const fake = fakeEngine();
  const engine = new RenewedEngine(await RunningEngine.start(fake.create), {
    start: async () => {
      throw noEngine('offline');
    },
    bytesPerToken: 1,
    keptBytes: 5,
  });
  await engine.use(async (_, kept) => kept(6));
  for (let i = 0; i < 2; i++) {
    await expect(engine.use(async () => undefined)).rejects.toMatchObject({ problem: 'crashed' });
  }
});

it('ends for good, also while it is started anew', async () => {
  const fake = fakeEngine();
  let started: (engine: RunningEngine) => void = () => undefined;
  const engine = new RenewedEngine(await RunningEngine.start(fake.create), {
    start: () => new Promise((resolve) => (started = resolve)),
    bytesPerToken: 1,
    keptBytes: 5,
  });
  await engine.use(async (_, kept) => kept(6));
  const call = engine.use((running) =>
    running.ask(
      async () => 1,
      () => noEngine('unused'),
    ),
  );
  await turnOfEvents();
  engine.end(new ModelError('not-loaded', 'Gone.', 'Load it.', true));
  started(await RunningEngine.start(fake.create));
  await expect(call).rejects.toThrow('Gone.');
  expect([fake.started, fake.ended]).toEqual([2, 2]);
});
