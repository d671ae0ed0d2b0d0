/**
 * Wires between the cards. An edge to the next column goes straight; one that skips columns climbs
 * to a lane above the cards (one lane a source, shared by all its targets), runs along it and
 * comes down in the gap before its target, so no wire ever crosses a card.
 */
import type { GraphEdge, LayeredGraph } from './layers';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Wire extends GraphEdge {
  /** SVG path data. */
  readonly path: string;
  /** Where a lane's field name is written: once for each lane. */
  readonly label?: { readonly x: number; readonly y: number };
}

export const LANE_HEIGHT = 22;
const CORNER = 7;
/** Distance between wires that share a gap. */
const TRACK = 5;

/** Sources of edges that skip columns, in order of their lanes from the cards upwards. */
export function laneSources({ nodes, edges }: LayeredGraph): string[] {
  const columns = new Map(nodes.map(({ id, column }) => [id, column]));
  const span = (edge: GraphEdge): number => columns.get(edge.to)! - columns.get(edge.from)!;
  const sources = new Set(edges.filter((edge) => span(edge) > 1).map(({ from }) => from));
  // Later sources lie lower, so that lanes of earlier ones pass above them.
  return nodes
    .map(({ id }) => id)
    .filter((id) => sources.has(id))
    .reverse();
}

/** @param boxes places of the nodes, in the coordinates of the drawing */
export function wires(graph: LayeredGraph, boxes: ReadonlyMap<string, Box>): Wire[] {
  const columns = new Map(graph.nodes.map(({ id, column }) => [id, column]));
  const lanes = laneSources(graph);
  const top = Math.min(...[...boxes.values()].map((box) => box.top));
  const entering = new Map<string, number>();
  const labelled = new Set<string>();
  return graph.edges.flatMap((edge): Wire[] => {
    const from = boxes.get(edge.from);
    const to = boxes.get(edge.to);
    if (from === undefined || to === undefined) return [];
    const start = { x: from.left + from.width, y: from.top + from.height / 2 };
    const end = { x: to.left, y: to.top + to.height / 2 };
    if (columns.get(edge.to)! - columns.get(edge.from)! <= 1) {
      return [{ ...edge, path: curve(start, end) }];
    }
    const lane = lanes.indexOf(edge.from);
    const y = top - 10 - lane * LANE_HEIGHT;
    const port = (entering.get(edge.to) ?? 0) + 1;
    entering.set(edge.to, port);
    const up = start.x + 8 + lane * TRACK;
    const down = end.x - 12 - lane * TRACK;
    const entry = end.y - port * 14;
    const path = rounded([
      start,
      { x: up, y: start.y },
      { x: up, y },
      { x: down, y },
      { x: down, y: entry },
      { x: end.x, y: entry },
    ]);
    const first = !labelled.has(edge.from);
    labelled.add(edge.from);
    return [{ ...edge, path, ...(first && { label: { x: up + 12, y: y - 5 } }) }];
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function curve(start: Point, end: Point): string {
  const middle = (start.x + end.x) / 2;
  return `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`;
}

/** A polyline of right angles with rounded corners. */
function rounded(points: readonly Point[]): string {
  let path = `M${points[0]!.x} ${points[0]!.y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const a = towards(corner, before);
    const b = towards(corner, after);
    path += `L${a.x} ${a.y}Q${corner.x} ${corner.y} ${b.x} ${b.y}`;
  }
  const last = points.at(-1)!;
  return `${path}L${last.x} ${last.y}`;
}

/** A point at most `CORNER` and half the way from `from` to `to`. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(CORNER / length, 0.5);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
