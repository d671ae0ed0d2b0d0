/**
 * Places a DAG in columns: a node's column is the longest path that leads to it, so every edge
 * points to the right. Inputs of the system are nodes of column 0 and its output closes the graph.
 */
import type { SystemSummary } from '../../state/run.svelte';

export interface GraphNode {
  readonly id: string;
  /** Field name of an input or the output, or the component's name. */
  readonly label: string;
  readonly kind: 'input' | 'component' | 'output';
  readonly column: number;
  /** Place within its column, from the top. */
  readonly row: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly field: string;
}

export interface LayeredGraph {
  /** In reading order: by column, then by row. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly columns: number;
}

type Graph = Pick<SystemSummary, 'components' | 'edges' | 'inputs' | 'output'>;

const inputId = (field: string): string => `input:${field}`;
const OUTPUT_ID = 'output';

/** @throws RangeError on a cycle, which no compound system has. */
export function layered({ components, edges, inputs, output }: Graph): LayeredGraph {
  const names = new Set(components.map(({ name }) => name));
  // Which input feeds whom follows from the fields; edges among components are given.
  const all: GraphEdge[] = [
    ...components.flatMap((component) =>
      component.inputs
        .filter((field) => inputs.includes(field))
        .map((field) => ({ from: inputId(field), to: component.name, field })),
    ),
    ...edges.filter(({ from, to }) => names.has(from) && names.has(to)),
    ...components
      .filter((component) => component.output === output)
      .map(({ name }) => ({ from: name, to: OUTPUT_ID, field: output })),
  ];
  const kinds: [string, string, GraphNode['kind']][] = [
    ...inputs.map((field): [string, string, 'input'] => [inputId(field), field, 'input']),
    ...components.map(({ name }): [string, string, 'component'] => [name, name, 'component']),
    [OUTPUT_ID, output, 'output'],
  ];
  const column = longestPaths(
    kinds.map(([id]) => id),
    all,
  );
  const columns = Math.max(...column.values()) + 1;
  const taken = new Map<number, number>();
  const nodes = kinds
    .map(([id, label, kind]) => {
      const place = kind === 'output' ? columns - 1 : column.get(id)!;
      const row = taken.get(place) ?? 0;
      taken.set(place, row + 1);
      return { id, label, kind, column: place, row };
    })
    .sort((a, b) => a.column - b.column || a.row - b.row);
  return { nodes, edges: all, columns };
}

function longestPaths(ids: readonly string[], edges: readonly GraphEdge[]): Map<string, number> {
  const columns = new Map<string, number>();
  const open = new Set<string>();
  const visit = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) throw new RangeError(`the graph has a cycle through "${id}"`);
    open.add(id);
    const before = edges.filter((edge) => edge.to === id).map((edge) => visit(edge.from));
    const column = before.length === 0 ? 0 : Math.max(...before) + 1;
    columns.set(id, column);
    return column;
  };
  for (const id of ids) visit(id);
  return columns;
}
