/** Numbers as the page writes them: always the same digits, so that columns and lines stay put. */
const counts = new Intl.NumberFormat('en');

/** A reward or another score, three decimals; an en dash where there is none. */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? '–'
    : value.toFixed(3).replace('-', '−');
}

/** Like `score`, with its sign. */
export function signed(value: number | null | undefined): string {
  const text = score(value);
  return text === '–' || text.startsWith('−') ? text : `+${text}`;
}

/** A number of any size, to four digits but with all before the point: `0.3333`, `12346`, `−1.5`. */
export function number(value: number): string {
  const short = Math.abs(value) < 1000 ? Number(value.toPrecision(4)) : Math.round(value);
  return String(short).replaceAll('-', '−');
}

/** A share as a whole percentage. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)} %` : '–';
}

export function count(value: number): string {
  return counts.format(Math.round(value));
}

/** `1 change`, `2 changes`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Seconds in words: `45 s`, `2 min 05 s`, `3 h 07 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${padded(whole % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`;
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}

/** How many a second, also where one takes many: `28.7`, `0.033`. */
export function rate(perSecond: number | undefined): string {
  if (perSecond === undefined) return '–';
  return perSecond >= 1 ? perSecond.toFixed(1) : String(Number(perSecond.toPrecision(2)));
}

export function interval(low: number, high: number): string {
  return `${score(low)} to ${score(high)}`;
}

/** A message as a sentence of its own: a capital first, a full stop last. */
export function sentence(message: string): string {
  const text = message.trim();
  const whole = /[.!?…]$/.test(text) ? text : `${text}.`;
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

/** `one`, `one and two`, `one, two and three`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
