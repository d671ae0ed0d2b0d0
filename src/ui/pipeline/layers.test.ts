import { describe, expect, it } from 'vitest';
import { layered } from './layers';
import { laneSources, wires, type Box } from './routes';

const component = (name: string, inputs: string[], output: string) => ({
  name,
  description: '',
  inputs,
  output,
  slots: {},
});

/** A diamond with a skip: question → a, a → b and c, b and c and question → d. */
const DIAMOND = {
  inputs: ['question'],
  output: 'answer',
  components: [
    component('a', ['question'], 'x'),
    component('b', ['x'], 'y'),
    component('c', ['x'], 'z'),
    component('d', ['question', 'y', 'z'], 'answer'),
  ],
  edges: [
    { from: 'a', to: 'b', field: 'x' },
    { from: 'a', to: 'c', field: 'x' },
    { from: 'b', to: 'd', field: 'y' },
    { from: 'c', to: 'd', field: 'z' },
  ],
};

const boxesOf = (graph: ReturnType<typeof layered>): Map<string, Box> =>
  new Map(
    graph.nodes.map(({ id, column, row }) => [
      id,
      { left: column * 130, top: 50 + row * 120, width: 100, height: 100 },
    ]),
  );

describe('layered', () => {
  it('puts each node in the column of the longest path to it', () => {
    const { nodes, columns } = layered(DIAMOND);
    expect(nodes.map(({ id, column, row }) => [id, column, row])).toEqual([
      ['input:question', 0, 0],
      ['a', 1, 0],
      ['b', 2, 0],
      ['c', 2, 1],
      ['d', 3, 0],
      ['output', 4, 0],
    ]);
    expect(columns).toBe(5);
  });

  it('draws every edge to the right', () => {
    const { nodes, edges } = layered(DIAMOND);
    const column = new Map(nodes.map((node) => [node.id, node.column]));
    for (const { from, to } of edges) expect(column.get(from)!).toBeLessThan(column.get(to)!);
    expect(edges).toHaveLength(7);
  });

  it('refuses a cycle', () => {
    const cyclic = { ...DIAMOND, edges: [...DIAMOND.edges, { from: 'd', to: 'a', field: 'w' }] };
    expect(() => layered(cyclic)).toThrow(/cycle/);
  });
});

describe('wires', () => {
  it('sends only edges that skip columns through a lane, labelled once', () => {
    const graph = layered(DIAMOND);
    expect(laneSources(graph)).toEqual(['input:question']);
    const drawn = wires(graph, boxesOf(graph));
    expect(drawn).toHaveLength(7);
    const labelled = drawn.filter(({ label }) => label !== undefined);
    expect(labelled.map(({ from, to }) => [from, to])).toEqual([['input:question', 'd']]);
    expect(labelled[0]!.label!.y).toBeLessThan(50);
  });

  it('draws nothing before the cards are measured', () => {
    expect(wires(layered(DIAMOND), new Map())).toEqual([]);
  });
});
