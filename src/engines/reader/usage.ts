/** Counting and cutting tokens: words and single marks, in one pass over the text. */

/** Number of tokens of a text. */
export function countTokens(text: string): number {
  return scan(text, Infinity).tokens;
}

/** The text up to and with its n-th token. */
export function firstTokens(text: string, n: number): string {
  return text.slice(0, scan(text, n).end);
}

function scan(text: string, limit: number): { tokens: number; end: number } {
  let tokens = 0;
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const word = isWord(code);
    if (code > 32 && !(word && inWord)) {
      if (tokens === limit) return { tokens, end: i };
      tokens++;
    }
    inWord = word;
  }
  return { tokens, end: text.length };
}

/** Digits, Latin letters and everything beyond ASCII's and Latin-1's marks. */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    (code >= 0xc0 && (code < 0x2000 || code > 0x206f))
  );
}
