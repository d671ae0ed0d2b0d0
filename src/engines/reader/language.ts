/**
 * English text as sentences of tokens with part of speech and root: a thin wrapper of wink-nlp.
 * Promises spans cut from the (whitespace-normalised) text, words joined again that wink splits at
 * letters outside its alphabet, linear time on odd text, and memoised sentences.
 */
import { afterInitials, joined, placed, type RawToken, type Sentence } from './tokens';

export type { Sentence, Token } from './tokens';

export interface Language {
  /** Sentences of a text; every line break ends a sentence. */
  sentences(text: string): readonly Sentence[];
  /** All of a text as one sentence. */
  whole(text: string): Sentence;
}

/** Longer runs without a space are cut: wink's URL and e-mail patterns are not linear in them. */
const LONGEST_RUN = 48;
const LONGEST_CHUNK = 6000;
const MEMO_STEMS = 20_000;
/** Text whose analysis is kept; a character costs about 200 bytes. */
const MEMO_CHARACTERS = 600_000;

/** One space for every run of white space and control characters; no run without space is long. */
export function normalised(text: string): string {
  const plain = text.replace(/[\s\p{C}]+/gu, ' ').trim();
  if (plain.length <= LONGEST_RUN) return plain;
  const pieces: string[] = [];
  for (const run of plain.split(' ')) {
    if (run.length <= LONGEST_RUN) pieces.push(run);
    else
      for (let i = 0; i < run.length; i += LONGEST_RUN) pieces.push(run.slice(i, i + LONGEST_RUN));
  }
  return pieces.join(' ');
}

let loading: Promise<Language> | undefined;

/** The shared analyser; the model is loaded at the first call. */
export function loadLanguage(): Promise<Language> {
  loading ??= createLanguage().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function createLanguage(): Promise<Language> {
  const [{ default: winkNLP }, { default: model }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ]);
  const nlp = winkNLP(model, ['sbd', 'pos']);
  const its = nlp.its;
  // What `its.stem` calls for a token, without its detour through the document.
  const stem = model.addons.stem as (word: string) => string;

  // Stemming takes as long as the rest of the analysis; words come again and again.
  const stems = new Map<string, string>();
  const stemOf = (word: string): string => {
    const known = stems.get(word);
    if (known !== undefined) return known;
    if (stems.size >= MEMO_STEMS) stems.clear();
    const found = stem(word.toLowerCase());
    stems.set(word, found);
    return found;
  };
  const analyse = (line: string): RawToken[][] => {
    const doc = nlp.readDoc(line);
    const tokens = doc.tokens();
    const texts = tokens.out();
    const tags = tokens.out(its.pos) as unknown as string[];
    const sentences: RawToken[][] = [];
    let next = 0;
    doc.sentences().each((sentence: { tokens(): { length(): number } }) => {
      const end = Math.min(next + sentence.tokens().length(), texts.length);
      const raw: RawToken[] = [];
      for (; next < end; next++) {
        raw.push({
          text: texts[next]!,
          pos: tags[next] ?? 'X',
          stem: stemOf(texts[next]!),
        });
      }
      sentences.push(...afterInitials(raw));
    });
    return sentences;
  };

  const memo = new Map<string, readonly Sentence[]>();
  let held = 0;
  const line = (text: string): readonly Sentence[] => {
    const known = memo.get(text);
    if (known !== undefined) {
      // Moved to the end: the map's order is the order of use.
      memo.delete(text);
      memo.set(text, known);
      return known;
    }
    const found: Sentence[] = [];
    for (const chunk of chunks(normalised(text))) {
      found.push(...placed(chunk, analyse(chunk)));
    }
    memo.set(text, found);
    held += text.length;
    while (held > MEMO_CHARACTERS) {
      const oldest = memo.keys().next().value;
      if (oldest === undefined) break;
      memo.delete(oldest);
      held -= oldest.length;
    }
    return found;
  };

  const sentences = (text: string): readonly Sentence[] => {
    if (!text.includes('\n')) return line(text);
    return text.split('\n').flatMap((part) => (part.trim() === '' ? [] : line(part)));
  };
  return {
    sentences,
    whole: (text) => joined(sentences(text)),
  };
}

function chunks(text: string): string[] {
  if (text.length <= LONGEST_CHUNK) return text === '' ? [] : [text];
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    let to = Math.min(from + LONGEST_CHUNK, text.length);
    if (to < text.length) {
      const space = text.lastIndexOf(' ', to);
      if (space > from) to = space;
    }
    const part = text.slice(from, to).trim();
    if (part !== '') parts.push(part);
    from = to;
  }
  return parts;
}
