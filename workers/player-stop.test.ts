import { expect, it } from 'vitest';
import type { RunEvent } from '../src/core/run/run-event';
import { Player } from './player';
import type { PlayerStatus } from './run-protocol';

it('says at once that it stopped, while an event is still in flight, and ignores that event', async () => {
  let release: (event: RunEvent) => void = () => undefined;
  const inFlight = new Promise<RunEvent>((resolve) => (release = resolve));
  async function* events(): AsyncGenerator<RunEvent, void, void> {
    yield await inFlight;
  }
  const statuses: PlayerStatus[] = [];
  const seen: RunEvent[] = [];
  const player = new Player(
    events(),
    {
      status: (status) => statuses.push(status),
      events: (batch) => seen.push(...batch.map(({ event }) => event)),
    },
    new AbortController(),
    false,
  );
  const playing = player.play();
  await Promise.resolve();
  player.stop();
  player.stop();
  expect(statuses).toEqual(['running', 'stopped']);
  release({ type: 'run.failed', message: 'too late', hint: '' });
  await playing;
  expect(seen).toEqual([]);
  expect(statuses).toEqual(['running', 'stopped']);
});
