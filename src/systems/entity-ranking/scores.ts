/** Score lists: read from what a model wrote, weighed, and written best first. */

/** Candidate → score in [0, 1]. */
export type Scores = ReadonlyMap<string, number>;

/** Bullets, numbering, quotes, bold and table marks before a name. */
const MARKS = /^(?:[\s>*•|"'`_[\]({-]|–|\d{1,3}[.)](?=\s))+/u;
const WORDY = /[\p{L}\p{N}]/u;

/** The longest candidate that a line begins with, and the rest of the line. */
export function leadingName(
  line: string,
  names: readonly string[],
): { readonly name: string; readonly rest: string } | undefined {
  let best: { name: string; rest: string } | undefined;
  for (const text of [line.trim(), line.replace(MARKS, '')]) {
    const lower = text.toLowerCase();
    for (const name of names) {
      if (best !== undefined && best.name.length >= name.length) continue;
      if (!lower.startsWith(name.toLowerCase())) continue;
      const rest = text.slice(name.length);
      if (!WORDY.test(rest.charAt(0))) best = { name, rest };
    }
  }
  return best;
}

/** The first number soon after the name: `0.8`, `80 %`, `8/10`, `0,8`. */
const NUMBER = /^[^\d\n]{0,24}?([:=]\s*-)?(\d+(?:[.,]\d+)?|[.,]\d+)(?:\s*(%)|\s*\/\s*(\d+))?/u;

function numberIn(rest: string): number | undefined {
  const match = NUMBER.exec(rest);
  if (match === null) return undefined;
  const value = Number(match[2]!.replace(',', '.')) * (match[1] === undefined ? 1 : -1);
  const scale = match[3] === undefined ? Number(match[4] ?? 1) : 100;
  return clipped(scale > 0 ? value / scale : 0);
}

const clipped = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Scores in a text: a line for each candidate (`Name: 0.8`), or a JSON object or list. Candidates
 * that are missing score 0, other lines are ignored, numbers are clipped to [0, 1]; of two lines
 * for one candidate the first counts.
 * @throws Error when no candidate has a score that can be read
 */
export function parseScores(text: string, names: readonly string[]): Scores {
  const found = new Map<string, number>();
  const put = (name: string, value: number | undefined): void => {
    if (value !== undefined && !found.has(name)) found.set(name, value);
  };
  for (const [label, value] of jsonPairs(text)) {
    const named = leadingName(label, names);
    if (named !== undefined) put(named.name, numberIn(`: ${String(value)}`));
  }
  if (found.size === 0) {
    for (const line of text.split(/\r\n|\r|\n/)) {
      const named = leadingName(line, names);
      if (named !== undefined) put(named.name, numberIn(named.rest));
    }
  }
  if (found.size === 0) {
    throw new Error(
      `no score of a candidate can be read, expected a line for each, such as "${names[0] ?? 'Name'}: 0.8"`,
    );
  }
  return new Map(names.map((name) => [name, found.get(name) ?? 0]));
}

/** Labels with their values in `{"Name": 0.8}`, `{"scores": {…}}` or `[{"name": …, "score": …}]`. */
function jsonPairs(text: string): [string, unknown][] {
  const start = text.search(/[[{]/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  if (start < 0 || end <= start) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.slice(start, end + 1));
  } catch {
    return [];
  }
  return pairsIn(parsed, 0);
}

function pairsIn(value: unknown, depth: number): [string, unknown][] {
  if (value === null || typeof value !== 'object' || depth > 3) return [];
  if (Array.isArray(value)) return value.flatMap((item) => pairsIn(item, depth + 1));
  const fields = Object.entries(value as Record<string, unknown>);
  const label = fields.find(([, item]) => typeof item === 'string');
  const score = fields.find(([, item]) => typeof item === 'number');
  const labelled =
    label !== undefined && score !== undefined && /^(?:name|id|entity|candidate)$/i.test(label[0]);
  if (labelled) return [[label[1] as string, score[1]]];
  return fields.flatMap(([name, item]): [string, unknown][] =>
    typeof item === 'object' ? pairsIn(item, depth + 1) : [[name, item]],
  );
}

/** The candidates, best first; ties keep the order of the candidates. */
export function ranked(names: readonly string[], scores: Scores): string[] {
  return names
    .map((name, index) => ({ name, index, score: scores.get(name) ?? 0 }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ name }) => name);
}

/** w_r · relation + w_t · text for each candidate. */
export function combined(
  names: readonly string[],
  relation: Scores,
  text: Scores,
  weights: { readonly relation: number; readonly text: number },
): Scores {
  return new Map(
    names.map((name) => [
      name,
      // Rounded, so that a tie on paper is a tie in floating point.
      Math.round(
        (weights.relation * (relation.get(name) ?? 0) + weights.text * (text.get(name) ?? 0)) * 1e9,
      ) / 1e9,
    ]),
  );
}

/** What stands about each candidate in a field of lines `Name: text`. */
export function linesByName(field: string, names: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of field.split('\n')) {
    const named = leadingName(line, names);
    if (named !== undefined) found.set(named.name, named.rest.replace(/^\s*:\s*/, ''));
  }
  return found;
}
