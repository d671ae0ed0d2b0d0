/** What charts share: margins, and labels that do not lie on each other. */
export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface PlacedLabel {
  readonly text: string;
  /** Where it would best stand, in pixels from the top. */
  readonly y: number;
}

/** Moves labels apart to at least `gap` pixels, keeping their order and staying above `bottom`. */
export function spread<T extends PlacedLabel>(
  labels: readonly T[],
  gap: number,
  bottom: number,
): T[] {
  const placed = [...labels].sort((a, b) => a.y - b.y);
  let above = -Infinity;
  const down = placed.map((label) => {
    above = Math.max(label.y, above + gap);
    return { ...label, y: above };
  });
  let below = bottom + gap;
  return down
    .reverse()
    .map((label) => {
      below = Math.min(label.y, below - gap);
      return { ...label, y: below };
    })
    .reverse();
}
