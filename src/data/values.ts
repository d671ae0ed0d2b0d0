/** Values in records: found by dotted paths, and as texts. */

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The value at a path such as `context.contexts`; a column may also have dots in its own name. */
export function valueAt(record: unknown, path: string): unknown {
  if (!isObject(record)) return undefined;
  if (Object.hasOwn(record, path)) return record[path];
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const inner = record[path.slice(0, dot)];
    if (!isObject(inner)) continue;
    const value = valueAt(inner, path.slice(dot + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A list has one line an item, inner lists one space between theirs; objects stay JSON. */
export function textOf(value: unknown): string {
  return Array.isArray(value)
    ? value
        .map(lineOf)
        .filter((line) => line !== '')
        .join('\n')
    : plain(value);
}

function lineOf(value: unknown): string {
  return (Array.isArray(value) ? value.map(lineOf).join(' ') : plain(value))
    .replace(/\s+/g, ' ')
    .trim();
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
