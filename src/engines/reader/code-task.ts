/** Reading a programming task: the function wanted, its rules, and its examples. */

export interface CodeTask {
  /** Name of the function wanted, where the task names one. */
  readonly name: string | undefined;
  /** Lines that say what the program shall do beside its purpose. */
  readonly rules: readonly string[];
  /** A call and what it gives, as the task writes them. */
  readonly examples: readonly { readonly call: string; readonly expected: string }[];
  /** Distinct words without the examples. */
  readonly words: ReadonlySet<string>;
}

const CALL = /(?<![\w$.])([A-Za-z_$][\w$]*)\(/;
/** `- f([1, 2]) gives 3`, also with "returns", "is" or an arrow. */
const EXAMPLE =
  /^\s{0,8}(?:[-*•]\s{0,4})?([A-Za-z_$][\w$]*\(.*\))\s{1,4}(?:gives|returns|is|==+|=>|→)\s{1,4}(\S.*?)\.?$/;
const HEADING = /^\s{0,8}(?:rules|examples?|notes?)\s{0,4}:?$/i;

/** Linear in the length of the text. */
export function parseCodeTask(text: string): CodeTask {
  const rules: string[] = [];
  const examples: { call: string; expected: string }[] = [];
  const told: string[] = [];
  for (const line of text.slice(0, 20_000).split('\n')) {
    const example = line.length <= 400 ? EXAMPLE.exec(line) : null;
    if (example !== null) {
      examples.push({ call: example[1]!, expected: example[2]! });
      continue;
    }
    if (line.trim() === '' || HEADING.test(line)) continue;
    told.push(line);
    // The first line is the purpose; what follows it are rules.
    if (told.length > 1) rules.push(line.replace(/^[\s\-*•]+/, ''));
  }
  return {
    name: CALL.exec(told[0] ?? '')?.[1] ?? CALL.exec(text.slice(0, 20_000))?.[1],
    rules,
    examples,
    words: wordsOf(told.join('\n')),
  };
}

export function wordsOf(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((w) => w.length > 1));
}

/** Values that a sentence names: quoted texts, numbers, `null` and the like, as JavaScript. */
export function valuesIn(sentence: string): string[] {
  return (
    sentence.match(
      /'[^'\n]{0,60}'|"[^"\n]{0,60}"|-?\b\d+(?:\.\d+)?\b|\b(?:null|true|false|undefined)\b/g,
    ) ?? []
  );
}

/** What a rule says is returned: "return null", "returns 'none'". */
export function returnedIn(sentence: string): string | undefined {
  const said =
    /\breturns? (?:the (?:text|value|number) )?(?=['"\-\d]|null\b|true\b|false\b|undefined\b)(.*)$/.exec(
      sentence,
    )?.[1];
  return said === undefined ? undefined : valuesIn(said)[0];
}
