import { describe, expect, it } from 'vitest';
import { diamond, joining, systemOf } from '../testing/graphs';
import type { Component } from './component';
import {
  componentNamed,
  descendants,
  edges,
  initialConfiguration,
  SystemError,
} from './compound-system';

function messageOf(components: readonly Component[], output: string): string {
  try {
    systemOf(components, output);
  } catch (error) {
    expect(error).toBeInstanceOf(SystemError);
    return (error as Error).message;
  }
  throw new Error('the wiring was taken');
}

describe('checking the wiring', () => {
  it('names a component name that is used twice', () => {
    const twice = [
      joining('same', ['question']),
      { ...joining('same', ['question']), output: 'x' },
    ];
    expect(messageOf(twice, 'x')).toMatch(/"same"/);
  });

  it('names both components that write one field', () => {
    const two = [joining('one', ['question']), { ...joining('two', ['question']), output: 'one' }];
    const message = messageOf(two, 'one');
    expect(message).toMatch(/"two" writes the field "one"/);
    expect(message).toMatch(/"one" writes too/);
  });

  it('names a component that writes an input of the system', () => {
    const message = messageOf([{ ...joining('a', ['question']), output: 'question' }], 'question');
    expect(message).toMatch(/"a".*"question".*input of the system/);
  });

  it('names the component and the field that nobody writes', () => {
    const message = messageOf([joining('a', ['question']), joining('b', ['a', 'ghost'])], 'b');
    expect(message).toMatch(/"b" reads the field "ghost"/);
  });

  it('blames the component with the missing field, not the one that waits for it', () => {
    const message = messageOf([joining('late', ['early']), joining('early', ['ghost'])], 'late');
    expect(message).toMatch(/"early".*"ghost"/);
  });

  it('names the components of a cycle', () => {
    const message = messageOf(
      [joining('a', ['question', 'c']), joining('b', ['a']), joining('c', ['b'])],
      'c',
    );
    expect(message).toMatch(/cycle/);
    for (const name of ['a', 'b', 'c']) expect(message).toContain(`"${name}"`);
    expect(messageOf([joining('self', ['self'])], 'self')).toMatch(/cycle through "self"/);
  });

  it('names the output of the system that nobody writes', () => {
    expect(messageOf([joining('a', ['question'])], 'z')).toMatch(/"z"/);
  });

  it('names component and slot of an initial value that is not allowed', () => {
    const number = joining('a', ['question'], {
      slots: { k: { kind: 'number', initial: 4, options: [1, 2, 3] } },
    });
    expect(messageOf([number], 'a')).toMatch(/"a", slot "k": expected one of 1, 2, 3, got 4/);
    const prompt = joining('b', ['question'], {
      slots: { prompt: { kind: 'prompt', initial: ' \n', directives: [] } },
    });
    expect(messageOf([prompt], 'b')).toMatch(/"b", slot "prompt": the prompt is empty/);
  });
});

describe('the order of components', () => {
  const names = (components: readonly Component[], output: string): string[] =>
    systemOf(components, output).components.map(({ name }) => name);

  it('puts every writer before its readers', () => {
    expect(names([...diamond()].reverse(), 'join')).toEqual(['root', 'right', 'left', 'join']);
  });

  it('keeps the given order where it is free', () => {
    expect(names(diamond(), 'join')).toEqual(['root', 'left', 'right', 'join']);
    const free = ['c', 'a', 'b'].map((name) => joining(name, ['question']));
    expect(names(free, 'a')).toEqual(['c', 'a', 'b']);
  });
});

describe('descendants', () => {
  const system = systemOf([...diamond(), joining('beside', ['question'])], 'join');
  const of = (name: string): string[] => [...descendants(system, name)].sort();

  it('of a branch of a diamond leave the other branch out', () => {
    expect(of('left')).toEqual(['join']);
    expect(of('right')).toEqual(['join']);
  });

  it('of the root are everything that follows, not itself and not what stands beside', () => {
    expect(of('root')).toEqual(['join', 'left', 'right']);
    expect(of('join')).toEqual([]);
    expect(of('beside')).toEqual([]);
  });

  it('of an unknown component are an error that names it', () => {
    expect(() => descendants(system, 'nobody')).toThrow(/"nobody"/);
  });
});

describe('what a system tells of itself', () => {
  const system = systemOf(diamond(), 'join');

  it('has the initial value of every slot and nothing for components without one', () => {
    expect(initialConfiguration(system)).toEqual({ left: { n: 1 } });
  });

  it('has an edge for every field that another component writes', () => {
    expect(edges(system)).toEqual([
      { from: 'root', to: 'left', field: 'root' },
      { from: 'root', to: 'right', field: 'root' },
      { from: 'left', to: 'join', field: 'left' },
      { from: 'right', to: 'join', field: 'right' },
    ]);
  });

  it('finds components by name', () => {
    expect(componentNamed(system, 'right').output).toBe('right');
    expect(() => componentNamed(system, 'wrong')).toThrow(SystemError);
  });
});
