import { describe, expect, it } from 'vitest';
import type { RolloutGroup } from '../reward/preference-pair';
import { ReplayBuffer } from './replay-buffer';

/** A group with three strict pairs: rewards 0, ½ and 1. */
function group(exampleId: string, component = 'c'): RolloutGroup {
  return {
    component,
    exampleId,
    inputs: {},
    outputs: [0, 0.5, 1].map((reward) => ({ output: `y${reward}`, reward, incumbent: false })),
  };
}

const ids = (buffer: ReplayBuffer, component = 'c'): string[] =>
  buffer.groups(component).map(({ exampleId }) => exampleId);

describe('the replay buffer', () => {
  it('drops whole groups, the oldest first, once there are more pairs than fit', () => {
    const buffer = new ReplayBuffer(7);
    for (const id of ['a', 'b']) buffer.add(group(id));
    expect(ids(buffer)).toEqual(['a', 'b']);
    buffer.add(group('c'));
    expect(ids(buffer)).toEqual(['b', 'c']);
    expect(buffer.pairs()).toHaveLength(6);
  });

  it('is full only beyond its capacity', () => {
    const buffer = new ReplayBuffer(6);
    for (const id of ['a', 'b']) buffer.add(group(id));
    expect(ids(buffer)).toEqual(['a', 'b']);
  });

  it('counts each component for itself', () => {
    const buffer = new ReplayBuffer(3);
    buffer.add(group('a', 'one'));
    buffer.add(group('a', 'two'));
    buffer.add(group('b', 'one'));
    expect(ids(buffer, 'one')).toEqual(['b']);
    expect(ids(buffer, 'two')).toEqual(['a']);
    expect(buffer.pairs().map(({ component }) => component)).toHaveLength(6);
  });

  it('keeps the newest group even if it alone is too large', () => {
    const buffer = new ReplayBuffer(1);
    buffer.add(group('a'));
    buffer.add(group('b'));
    expect(ids(buffer)).toEqual(['b']);
  });

  it('keeps groups without a pair, which take no room', () => {
    const buffer = new ReplayBuffer(3);
    buffer.add({ ...group('even'), outputs: group('even').outputs.slice(0, 1) });
    buffer.add(group('a'));
    expect(ids(buffer)).toEqual(['even', 'a']);
    expect(buffer.groups('unknown')).toEqual([]);
  });
});
