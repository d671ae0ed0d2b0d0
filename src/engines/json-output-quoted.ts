/** Text of a model or a server inside a message of ours: nobody has checked it. */

/** Most characters of it that a message shows. */
const LONGEST = 200;

/** Line and control characters, and those that change the direction of the text around them. */
const NOT_PRINTED = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** One line of at most 200 characters, without what could disguise the message around it. */
export function quoted(text: string): string {
  // Cut first: the text may be long. By code points: half of a surrogate pair is no text.
  const characters = [
    ...text
      .slice(0, 8 * LONGEST)
      .replace(NOT_PRINTED, ' ')
      .trim(),
  ];
  const line = characters.slice(0, LONGEST).join('');
  return characters.length > LONGEST ? `${line}…` : line;
}
