/** Statistics in a sentence: p values, confidence intervals, and the figures of two groups. */
import type { Direction } from './proposition';

const NUMBER = '(0?[.·]\\d+|\\d+[.·]\\d+|\\d+)';
const P_VALUE = new RegExp(
  `\\bp(?:\\s?-?\\s?values?)?\\s{0,2}(?:of |was |is )?(?:for \\w+ )?([<>=≤≥⩽⩾]|less than|greater than|of)\\s{0,2}${NUMBER}`,
  'gi',
);
const INTERVAL = new RegExp(
  `(?:95\\s?%|\\bCI\\b|confidence interval)[^\\d%-]{0,40}?(?:CI|interval)?[^\\d-]{0,6}(-?\\d+[.·]?\\d*)\\s?(?:-|–|to|,|;)\\s?(-?\\d+[.·]?\\d*)`,
  'gi',
);
const RATIO = /\b(OR|RR|HR|aOR|aHR|IRR|odds|ratio|hazards?|relative risk)\b/;
const LEVEL = 0.05;

const value = (text: string): number => Number(text.replace('·', '.'));

/** p values with whether each says that something was found. */
export function pValues(text: string): boolean[] {
  const found: boolean[] = [];
  for (const [, sign = '', digits = ''] of text.matchAll(P_VALUE)) {
    const p = value(digits);
    if (!(p <= 1)) continue;
    const above = sign === '>' || sign === '≥' || sign === '⩾' || sign === 'greater than';
    found.push(!above && (sign === '=' || sign === 'of' ? p < LEVEL : p <= LEVEL));
  }
  if (/\bp\s?=\s?n\.?s\b|\(ns\)/i.test(text)) found.push(false);
  return found;
}

/** Confidence intervals with whether each excludes "no difference" (1 for a ratio, else 0). */
export function intervals(text: string): boolean[] {
  const none = RATIO.test(text) ? 1 : 0;
  return [...text.matchAll(INTERVAL)].map(([, low = '', high = '']) => {
    const [a, b] = [value(low), value(high)];
    return (a > none && b > none) || (a < none && b < none);
  });
}

/** Whether a sentence's statistics say that something was found; undefined: it has none. */
export function significance(text: string): boolean | undefined {
  const p = pValues(text);
  const all = p.length > 0 ? p : intervals(text);
  return all.length === 0 ? undefined : all.includes(true);
}

const ARM =
  /(\d+(?:\.\d+)?)\s?(%|[\p{L} ]{0,30}?)\s?\b(?:with|in|among|for|under|after|of)\b ([^,;()\d]{2,80}?)(?= and \d| versus | vs\.? | compared | than |[,;(]|\.$|$)/giu;

/**
 * Whether what is tried has the higher or the lower of two figures in a sentence.
 * @param tried words that name what is tried
 */
export function figuresDirection(text: string, tried: (arm: string) => number): Direction {
  const arms = [...text.matchAll(ARM)].map(([, digits = '', , name = '']) => ({
    figure: Number(digits),
    share: tried(name),
  }));
  const [a, b] = arms;
  if (a === undefined || b === undefined || a.share === b.share) return 0;
  const [own, other] = a.share > b.share ? [a, b] : [b, a];
  return own.figure > other.figure ? 1 : own.figure < other.figure ? -1 : 0;
}
