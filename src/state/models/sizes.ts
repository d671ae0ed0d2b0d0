/** Sizes in words, decimal units as file managers write them: `94 MB`, `2.3 GB`. */
const MEGABYTE = 1e6;
const GIGABYTE = 1e9;

export function size(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  // From here on the megabytes would round to four digits.
  if (bytes >= 999.5 * MEGABYTE) return `${(bytes / GIGABYTE).toFixed(1)} GB`;
  if (bytes >= 9.95 * MEGABYTE) return `${Math.round(bytes / MEGABYTE)} MB`;
  if (bytes >= 0.05 * MEGABYTE) return `${(bytes / MEGABYTE).toFixed(1)} MB`;
  return `${Math.ceil(Math.max(0, bytes) / 1e3)} kB`;
}

/** `12.3 of 376.0 MB`: one unit for both, always one decimal, so that the line stays put. */
export function amount(bytes: number, total: number | undefined): string {
  const [unit, name] =
    Math.max(bytes, total ?? 0) >= GIGABYTE ? ([GIGABYTE, 'GB'] as const) : [MEGABYTE, 'MB'];
  // A gigabyte's tenth takes long to pass: two decimals keep it moving.
  const written = (value: number): string => (value / unit).toFixed(name === 'GB' ? 2 : 1);
  return total === undefined
    ? `${written(bytes)} ${name}`
    : `${written(bytes)} of ${written(total)} ${name}`;
}

/** `12.3 MB a second`. */
export function rate(bytesPerSecond: number): string {
  return bytesPerSecond < 0.1 * MEGABYTE
    ? `${Math.round(bytesPerSecond / 1e3)} kB a second`
    : `${(bytesPerSecond / MEGABYTE).toFixed(1)} MB a second`;
}
