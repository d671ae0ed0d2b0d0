import { describe, expect, it } from 'vitest';
import { RUN_LOG_VERSION } from '../core/run/run-event';
import { DEFAULT_SETTINGS } from './run-settings';
import { RunPlayer } from './run.svelte';
import { FakeClient, progressAt, startedEvent, SUMMARY } from './testing/fake-client';

function withFakes(hash = ''): { player: RunPlayer; clients: FakeClient[] } {
  const clients: FakeClient[] = [];
  const player = new RunPlayer((listener) => {
    const client = new FakeClient(listener);
    clients.push(client);
    return client;
  }, hash);
  return { player, clients };
}

describe('RunPlayer', () => {
  it('creates no client before it is connected', async () => {
    const { player, clients } = withFakes();
    expect(clients).toHaveLength(0);
    expect(player.summary).toBeUndefined();
    await player.connect();
    expect(clients).toHaveLength(1);
    expect(player.summary).toBe(SUMMARY);
    expect(player.status).toBe('idle');
  });

  it('starts the system with the settings of the link', async () => {
    const { player, clients } = withFakes('#seed=7&budget=250&features=hashed&labels=soft');
    await player.run();
    expect(clients[0]!.requests).toEqual([
      {
        request: {
          system: 'two-step',
          engine: 'reader',
          seed: 7,
          budget: 250,
          mode: 'default',
          features: 'hashed',
          options: { labels: 'soft' },
        },
        paused: false,
        models: [],
      },
    ]);
    expect(player.status).toBe('preparing');
    expect(player.underWay).toBe(true);
  });

  it('folds batches and keeps the whole log', async () => {
    const { player, clients } = withFakes();
    await player.run();
    const { listener } = clients[0]!;
    listener.status('running');
    listener.events([{ at: 0, event: startedEvent() }, progressAt(1000, 20)]);
    listener.events([progressAt(2000, 40)]);
    expect(player.record.state.spent.systemRuns).toBe(40);
    expect(player.record.state.phase).toBe('rollouts');
    expect(player.record.pace.perSecond).toBeCloseTo(20);
    expect(player.record.pace.secondsLeft).toBeCloseTo(18);
    expect(player.record.log.version).toBe(RUN_LOG_VERSION);
    expect(player.record.log.events).toHaveLength(3);
  });

  it('says what takes long while a run is under way, and not after it', async () => {
    const { player, clients } = withFakes();
    await player.run();
    const { listener } = clients[0]!;
    const loading = { name: 'loading encoder', done: 7e6, total: 28e6, unit: 'bytes' } as const;
    listener.activity({ ...loading, elapsed: 1000 });
    expect(player.activity).toMatchObject({ amount: '7.0 of 28.0 MB', secondsLeft: 3 });
    listener.activity(undefined);
    expect(player.activity).toBeUndefined();
    listener.activity({ ...loading, elapsed: 1000 });
    listener.status('stopped');
    expect(player.activity).toBeUndefined();
    await player.run();
    expect(player.activity).toBeUndefined();
  });

  it('starts nothing when it is stopped while the workers are still starting', async () => {
    const { player, clients } = withFakes();
    const running = player.run();
    clients[0]!.listener.status('stopped');
    await running;
    expect(clients[0]!.requests).toEqual([]);
    expect(player.status).toBe('stopped');
    await player.run();
    expect(clients[0]!.requests).toHaveLength(1);
  });

  it('remembers in which iterations heads were put back, until the record is cleared', async () => {
    const { player, clients } = withFakes();
    await player.run();
    const restored = (iteration: number) => ({
      at: iteration,
      event: { type: 'heads.restored', iteration, component: 'searcher' } as const,
    });
    clients[0]!.listener.events([{ at: 0, event: startedEvent() }, restored(2)]);
    clients[0]!.listener.events([restored(5)]);
    expect(player.record.restored).toEqual([2, 5]);
    await player.reset();
    expect(player.record.restored).toEqual([]);
  });

  it('refuses a value that is not offered and keeps the settings', () => {
    const { player } = withFakes();
    expect(player.set('labels', 'best' as 'hard')).toMatch(/^Labels must be one of/);
    expect(player.settings).toEqual(DEFAULT_SETTINGS);
    expect(player.set('labels', 'hard')).toBeUndefined();
    expect(player.settings.labels).toBe('hard');
  });

  it('takes the first step of a run only once the run is prepared', async () => {
    const { player, clients } = withFakes();
    await player.step();
    const client = clients[0]!;
    expect(client.requests[0]!.paused).toBe(true);
    expect(client.calls).not.toContain('step');
    client.listener.status('preparing');
    client.listener.status('paused');
    expect(client.calls.filter((call) => call === 'step')).toHaveLength(1);
    client.listener.status('running');
    client.listener.status('paused');
    expect(client.calls.filter((call) => call === 'step')).toHaveLength(1);
    await player.step();
    expect(client.calls.filter((call) => call === 'step')).toHaveLength(2);
  });

  it('ignores a second Run and new settings while a run is under way', async () => {
    const { player, clients } = withFakes();
    await player.run();
    await player.run();
    expect(clients[0]!.requests).toHaveLength(1);
    player.set('budget', 1000);
    player.set('mode', 'paper');
    player.applyHash('#budget=1000&mode=paper');
    expect(player.settings).toEqual(DEFAULT_SETTINGS);
  });

  it('resets to fresh workers, keeping settings and the loaded file', async () => {
    const { player, clients } = withFakes('#seed=3');
    await player.useRows(new File(['[]'], 'mine.json'));
    await player.run();
    clients[0]!.listener.events([{ at: 0, event: startedEvent() }]);
    await player.reset();
    expect(clients).toHaveLength(2);
    expect(clients[0]!.calls).toContain('dispose');
    expect(clients[1]!.calls).toContain('useRows mine.json');
    expect(player.status).toBe('idle');
    expect(player.record.state.status).toBe('empty');
    expect(player.record.log.events).toEqual([]);
    expect(player.settings.seed).toBe(3);
    clients[0]!.listener.events([{ at: 5, event: startedEvent() }]);
    clients[0]!.listener.status('finished');
    expect(player.status).toBe('idle');
    expect(player.record.state.status).toBe('empty');
  });

  it('goes to another system with its own data, and forgets the file of the one before', async () => {
    const { player, clients } = withFakes();
    await player.useRows(new File(['[]'], 'mine.json'));
    expect(player.set('system', 'next-item')).toBeUndefined();
    await expect.poll(() => clients[0]!.calls.at(-1)).toBe('summary next-item');
    await expect.poll(() => player.loading).toBe(false);
    await player.reset();
    expect(clients[1]!.calls).toContain('summary next-item');
    expect(clients[1]!.calls.some((call) => call.startsWith('useRows'))).toBe(false);
    expect(player.set('system', 'nonsense' as 'next-item')).toMatch(/System must be one of/);
    expect(player.settings.system).toBe('next-item');
  });

  it('takes rows after the data of a system that was just chosen, and none during a run', async () => {
    const { player, clients } = withFakes();
    const rows = new File(['{}'], 'mine.json');
    player.set('system', 'next-item');
    expect(await player.useRows(rows)).toBeUndefined();
    expect(clients[0]!.calls.slice(-2)).toEqual(['summary next-item', 'useRows mine.json']);
    await player.run();
    expect((await player.useRows(rows))?.message).toContain('under way');
    expect(clients[0]!.calls.filter((call) => call.startsWith('useRows'))).toHaveLength(1);
  });

  it('measures a configuration that fits, and says why one does not', async () => {
    const { player, clients } = withFakes();
    await player.measureFile(new File(['{"system":"x"}'], 'c.json'));
    expect(clients[0]!.requests[0]!.request.measure).toEqual({
      configuration: { searcher: { k: 2 } },
    });
    await player.stop();
    clients[0]!.listener.status('stopped');
    clients[0]!.configurationOutcome = { ok: false, problem: { message: 'another system' } };
    await player.measureFile(new File(['{}'], 'c.json'));
    expect(player.configurationProblem).toBe('another system');
    expect(clients[0]!.requests).toHaveLength(1);
    await player.measureFile(new File([new Uint8Array(17 * 2 ** 20)], 'big.json'));
    expect(player.configurationProblem).toContain('larger');
    await player.run();
    expect(player.configurationProblem).toBeUndefined();
  });

  it('keeps what was loaded when a file is refused', async () => {
    const { player, clients } = withFakes();
    await player.connect();
    clients[0]!.outcome = { ok: false, problem: { message: 'No answer.', line: 3 } };
    await player.useRows(new File(['x'], 'bad.json'));
    expect(player.dataProblem).toEqual({ message: 'No answer.', line: 3 });
    expect(player.summary).toBe(SUMMARY);
    expect(player.loading).toBe(false);
    await player.reset();
    expect(clients[1]!.calls).not.toContain('useRows bad.json');
  });

  it('says what to do after a worker broke, and runs again with fresh workers', async () => {
    const { player, clients } = withFakes();
    await player.run();
    clients[0]!.listener.status('running');
    clients[0]!.listener.problem('The reward worker stopped: no. Press Reset to start again.');
    expect(player.status).toBe('failed');
    expect(player.problems).toHaveLength(1);
    await player.run();
    expect(clients).toHaveLength(2);
    expect(clients[1]!.requests).toHaveLength(1);
    expect(player.problems).toEqual([]);
  });

  it('fails rather than hangs when the fresh workers break too', async () => {
    const { player, clients } = withFakes();
    await player.connect();
    clients[0]!.listener.problem('The reward worker stopped. Press Reset to start again.');
    const running = player.run();
    clients[1]!.listener.problem('The reward worker stopped. Press Reset to start again.');
    await running;
    clients[1]!.listener.status('preparing');
    expect(player.status).toBe('failed');
    expect(player.problems).toHaveLength(1);
  });

  it('reports a call that failed instead of throwing', async () => {
    const { player, clients } = withFakes();
    await player.connect();
    clients[0]!.failure = new Error('The worker is gone.');
    await player.run();
    expect(player.status).toBe('failed');
    expect(player.problems[0]).toMatch(/^The worker is gone\. Press Reset/);
  });

  it('refuses a log of another version without breaking', async () => {
    const { player, clients } = withFakes();
    await player.run();
    clients[0]!.listener.events([
      {
        at: 0,
        event: { ...startedEvent(), version: 99 } as unknown as ReturnType<typeof startedEvent>,
      },
    ]);
    expect(player.problems[0]).toMatch(/version 99/);
  });

  it('selects the first component with a configuration until another is chosen', async () => {
    const { player } = withFakes();
    expect(player.selected).toBeUndefined();
    await player.connect();
    expect(player.selected).toBe('searcher');
    player.selectComponent('answerer');
    expect(player.selected).toBe('answerer');
    player.selectComponent('nobody');
    expect(player.selected).toBe('searcher');
  });
});
