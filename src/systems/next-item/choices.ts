/** The choices as text, and which of them an answer means. */

export interface Choice {
  /** `A`, `B`, … */
  readonly letter: string;
  /** What stands behind the letter. */
  readonly text: string;
  /** The text up to its first attribute. */
  readonly title: string;
}

/** Between the title of an item and its attributes, and between these. */
export const BESIDE = ' | ';

/** One choice a line, at most 26 of them: `A) Brinsel Mira tripod | photography | brand Brinsel | 24 euros`. */
export function renderChoices(texts: readonly string[]): string {
  return texts.map((text, i) => `${letterOf(i)}) ${text.replace(/\s+/g, ' ').trim()}`).join('\n');
}

export function letterOf(place: number): string {
  return String.fromCharCode(65 + place);
}

/** What `renderChoices` wrote. */
export function parseChoices(choices: string): Choice[] {
  return choices.split('\n').flatMap((line): Choice[] => {
    const [, letter, text] = /^([A-Z])\) (.+)$/.exec(line.trim()) ?? [];
    if (letter === undefined || text === undefined) return [];
    return [{ letter, text, title: titleOf(text) }];
  });
}

/** The text before the attributes. */
export function titleOf(text: string): string {
  return text.split(BESIDE)[0]!.trim();
}

/** `A`, `(b)`, `C) …`, `Answer: D.`, `option 2`: a letter or number that stands for the answer. */
const MARK =
  /^(?:the\s+)?(?:(?:final\s+)?answer|choice|option|item|letter|next item)?\s*(?:is\b)?\s*[:=]?\s*[*_"'`([{]*([A-Za-z]|\d{1,2})[*_"'`)\]}]*(?:[).:,]|\s*$|\s*[-–—]\s)/i;

/**
 * Index of the choice that a free answer means: the exact text or title of a choice, a letter or
 * number at its start, or the only title that it contains (the text, where titles are alike),
 * or a letter that is announced (`the answer is B`). Anything else means none.
 */
export function chosen(answer: string, choices: readonly Choice[]): number | undefined {
  const said = plain(answer);
  if (said === '') return undefined;
  const texts = choices.map(({ text }) => plain(text));
  const names = texts.map((text, i) => {
    const title = plain(choices[i]!.title);
    return choices.filter((other) => plain(other.title) === title).length === 1 ? title : text;
  });
  const exact = only(texts, (text) => text === said) ?? only(names, (name) => name === said);
  if (exact !== undefined) return exact;
  const mark = MARK.exec(answer.trim())?.[1];
  if (mark !== undefined) {
    const place = /\d/.test(mark)
      ? Number(mark) - 1
      : choices.findIndex(({ letter }) => letter === mark.toUpperCase());
    if (place >= 0 && place < choices.length) return place;
  }
  return contained(said, names) ?? lettered(answer, choices);
}

/** `… the answer is B.`, `I choose (C)`: a capital that is announced, and the only one that is. */
const ANNOUNCED =
  /\b(?:answer|choice|option|item|choose|pick|select|take|is)\s*[:=]?\s+[*_"'`([{]*([A-Z])(?=[*_"'`)\]}]*(?:[.:,)]|\s*$|\s+(?:or|and)\b))/gm;

function lettered(answer: string, choices: readonly Choice[]): number | undefined {
  const letters = new Set([...answer.matchAll(ANNOUNCED)].map(([, letter]) => letter));
  return only(
    choices.map(({ letter }) => letter),
    (letter) => letters.size === 1 && letters.has(letter),
  );
}

/** Place of the only one that passes. */
function only(texts: readonly string[], passes: (text: string) => boolean): number | undefined {
  const places = texts.flatMap((text, i) => (passes(text) ? [i] : []));
  return places.length === 1 ? places[0] : undefined;
}

/** Place of the only text that stands in `said`; one within another that does is no second one. */
function contained(said: string, texts: readonly string[]): number | undefined {
  const holds = (whole: string, part: string): boolean =>
    part !== '' && ` ${whole} `.includes(` ${part} `);
  const found = texts.filter((text) => holds(said, text));
  return only(
    texts,
    (text) => found.includes(text) && !found.some((other) => other !== text && holds(other, text)),
  );
}

/** Lower case, words and numbers only. */
function plain(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}
