/**
 * Tokens and sentences, set on the text they come from. Joins words that wink-nlp splits at letters
 * outside its alphabet, and splits sentences that it leaves together.
 */
import { familyOf, isStopWord, isVerbFamily } from './lexicon';

export interface Token {
  readonly text: string;
  readonly lower: string;
  /** Word family or stem: "wrote", "writer" and "author" share one. */
  readonly root: string;
  /** Universal part of speech. */
  readonly pos: string;
  readonly start: number;
  readonly end: number;
  readonly capital: boolean;
  /** Carries meaning: neither punctuation nor a function word. */
  readonly content: boolean;
}

export interface Sentence {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Roots of the content tokens. */
  readonly roots: ReadonlySet<string>;
}

export interface RawToken {
  readonly text: string;
  readonly pos: string;
  readonly stem: string;
}

const LETTER = /\p{L}/u;
const CAPITAL = /^\p{Lu}/u;
const COPULA = /^(?:is|was|are|symbol)$/;
/** Words that wink takes for abbreviated days. */
const DAY = /^(?:Sun|Sat|Mon|Wed|Fri)\.$/;
/** "D.C." after a comma closes what it stands behind. */
const ACRONYM = /^(?:\p{Lu}\.){2,4}$/u;
/** "(1749–1819)" says when somebody was born and died. */
const LIFE = /\([^()]{0,60}\d{4}\s?[-–—]\s?[^()]{0,40}\d{4}\)/;
const DIGIT = /\d/;
const INITIAL = /^\p{Lu}\p{Ll}?\.$/u;
const WORDY = /[\p{L}\p{N}]/u;

/** "… the symbol U. It is …": a function word with a capital after an initial opens a sentence. */
export function afterInitials(raw: RawToken[]): RawToken[][] {
  const parts: RawToken[][] = [];
  let from = 0;
  for (let i = 1; i < raw.length; i++) {
    const { text } = raw[i]!;
    if (!CAPITAL.test(text)) continue;
    const opens = text.length > 1 && isStopWord(text.toLowerCase());
    const before = raw[i - 1]!.text;
    const ends =
      (INITIAL.test(before) && (opens || COPULA.test(raw[i - 2]?.text ?? ''))) ||
      (CAPITAL.test(text) &&
        (DAY.test(before) || (ACRONYM.test(before) && raw[i - 2]?.text === ',')));
    if (ends) {
      parts.push(raw.slice(from, i));
      from = i;
    }
  }
  parts.push(from === 0 ? raw : raw.slice(from));
  return parts;
}

/** Sets raw tokens on the text they come from, so that every span is cut from the text itself. */
export function placed(chunk: string, raws: readonly (readonly RawToken[])[]): Sentence[] {
  let cursor = 0;
  const sentences: Sentence[] = [];
  for (const raw of raws) {
    const parts: Placed[] = [];
    for (const token of raw) {
      const at = chunk.indexOf(token.text, cursor);
      const start = at >= 0 && at <= cursor + 4 ? at : Math.min(cursor, chunk.length);
      const end = Math.min(start + token.text.length, chunk.length);
      if (end === start) continue;
      const before = parts[parts.length - 1];
      if (before !== undefined && before.end === start && glued(chunk, start, end)) {
        before.end = end;
        before.joined = true;
      } else {
        parts.push({ start, end, pos: token.pos, stem: token.stem, joined: false });
      }
      cursor = end;
    }
    const origin = parts[0]?.start;
    if (origin === undefined) continue;
    const text = chunk.slice(origin, parts[parts.length - 1]!.end);
    sentences.push(sentenceOf(text, retagged(parts.map((part) => tokenOf(chunk, part, origin)))));
  }
  return sentences;
}

/** "the river flows through": a verb form after a noun and before a preposition is no noun. */
function retagged(tokens: Token[]): Token[] {
  return tokens.map((token, i) => {
    if (token.pos !== 'NOUN' || token.capital || !token.lower.endsWith('s')) return token;
    if (!isVerbFamily(token.root) || !isNounTag(tokens[i - 1]?.pos)) return token;
    const next = tokens[i + 1]?.pos;
    return next === 'ADP' || next === 'DET' ? { ...token, pos: 'VERB' } : token;
  });
}

const isNounTag = (pos: string | undefined): boolean => pos === 'NOUN' || pos === 'PROPN';

interface Placed {
  start: number;
  end: number;
  readonly pos: string;
  readonly stem: string;
  joined: boolean;
}

function tokenOf(chunk: string, part: Placed, origin: number): Token {
  const text = chunk.slice(part.start, part.end);
  const lower = text.toLowerCase();
  const capital = CAPITAL.test(text);
  const guessed = capital ? 'PROPN' : part.pos === 'X' ? 'NOUN' : part.pos;
  const pos = part.joined ? guessed : part.pos;
  // wink stems years to "18yi" and the like: a token with digits is its own root.
  const ownRoot = part.joined || part.stem === '' || DIGIT.test(text);
  return {
    text,
    lower,
    root: familyOf(lower) ?? (ownRoot ? lower : part.stem),
    pos,
    start: part.start - origin,
    end: part.end - origin,
    capital,
    content: pos !== 'PUNCT' && WORDY.test(text) && !isStopWord(lower),
  };
}

/** Letter to letter without a space between: two pieces of one word, unless a contraction. */
function glued(text: string, start: number, end: number): boolean {
  if (!LETTER.test(text[start - 1] ?? '') || !LETTER.test(text[start] ?? '')) return false;
  const piece = text.slice(start, end).toLowerCase();
  return !piece.includes("'") && !piece.includes('’');
}

function sentenceOf(text: string, tokens: readonly Token[]): Sentence {
  const roots = new Set<string>();
  for (const token of tokens) if (token.content) roots.add(token.root);
  if (text.includes('(') && LIFE.test(text)) roots.add('born').add('died');
  return { text, tokens, roots };
}

export function joined(sentences: readonly Sentence[]): Sentence {
  if (sentences.length === 1) return sentences[0]!;
  let text = '';
  const tokens: Token[] = [];
  for (const sentence of sentences) {
    if (text !== '') text += ' ';
    const shift = text.length;
    for (const token of sentence.tokens) {
      tokens.push({ ...token, start: token.start + shift, end: token.end + shift });
    }
    text += sentence.text;
  }
  return sentenceOf(text, tokens);
}
