/**
 * Reading a prompt: which directives it gives for a task. Any text is a valid prompt; time is
 * linear in its length. The later of two contradicting directives wins.
 */
import { NUMBER_WORDS } from './lexicon';
import { readerDirectives, type ReaderDirective, type ReaderTask } from './directives';

/** Directives in force, each with its number (undefined for those that take none). */
export interface Directions {
  has(id: string): boolean;
  number(id: string): number | undefined;
  readonly ids: readonly string[];
}

const NEGATIONS = new Set(['not', 'never', 'avoid', 'without', 'dont', "don't", 'cannot', 'nor']);
const LONGEST_PROMPT = 50_000;
const byId = new Map(readerDirectives.map((directive) => [directive.id, directive]));

const memo = new Map<string, Directions>();

/** Directives of the prompt for one task. */
export function readDirections(prompt: string, task: ReaderTask): Directions {
  const key = `${task}\n${prompt}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  const directions = parse(prompt.slice(0, LONGEST_PROMPT), task);
  if (memo.size >= 256) memo.delete(memo.keys().next().value ?? '');
  memo.set(key, directions);
  return directions;
}

function parse(prompt: string, task: ReaderTask): Directions {
  const inForce = new Map<string, number | undefined>();
  const turnOn = (directive: ReaderDirective, value: number | undefined): void => {
    for (const id of [...inForce.keys()]) {
      const other = byId.get(id);
      if (id === directive.id) inForce.delete(id);
      else if (directive.group !== undefined && other?.group === directive.group)
        inForce.delete(id);
    }
    inForce.set(directive.id, value);
  };
  for (const words of clausesOf(prompt)) {
    const clause = ` ${words.join(' ')} `;
    const negated = words.some((word) => NEGATIONS.has(word));
    for (const directive of readerDirectives) {
      if (!directive.tasks.includes(task) || !matches(directive, clause)) continue;
      const negation = directive.negation ?? 'off';
      if (negation === 'needed' && !negated) continue;
      if (negation === 'off' && negated) {
        inForce.delete(directive.id);
        const opposite = byId.get(directive.opposite ?? '');
        if (opposite !== undefined) turnOn(opposite, undefined);
        continue;
      }
      const value = numberIn(words);
      if (directive.number?.absent === null && value === undefined) continue;
      turnOn(directive, directive.number && (value ?? directive.number.absent ?? undefined));
    }
  }
  return {
    has: (id) => inForce.has(id),
    number: (id) => inForce.get(id),
    ids: [...inForce.keys()],
  };
}

function matches(directive: ReaderDirective, clause: string): boolean {
  return (
    directive.cues.every((cues) => cues.some((cue) => hasCue(clause, cue))) &&
    directive.without?.some((cue) => hasCue(clause, cue)) !== true
  );
}

function hasCue(clause: string, cue: string): boolean {
  if (cue.endsWith('~')) return clause.includes(` ${cue.slice(0, -1)}`);
  return clause.includes(` ${cue} `) || clause.includes(` ${cue}s `);
}

/** The first number of at least one in the clause. */
function numberIn(words: readonly string[]): number | undefined {
  for (const word of words) {
    if (/^\d{1,4}$/.test(word)) {
      const value = Number(word);
      if (value >= 1) return value;
    }
  }
  return undefined;
}

/** Clauses as lower-case words, number words as digits. A negation after "and" opens a clause. */
function clausesOf(prompt: string): string[][] {
  const clauses: string[][] = [];
  const plain = prompt.toLowerCase().replaceAll('’', "'");
  for (const sentence of plain.split(
    /[.!?;\n\r]+|, (?=and |then |do not |don't |never |without |avoid )/,
  )) {
    let words: string[] = [];
    for (const match of sentence.matchAll(/[\p{L}\p{N}']+/gu)) {
      const word = match[0].replace(/^'+|'+$/g, '');
      if (word === '') continue;
      const opens =
        word === 'but' ||
        word === 'however' ||
        (NEGATIONS.has(word) && ['and', 'then', 'or'].includes(words[words.length - 1] ?? '')) ||
        (NEGATIONS.has(word) && words.at(-1) === 'do' && words.at(-2) === 'and');
      if (opens && words.length > 0) {
        clauses.push(words);
        words = [];
      }
      const value = word === 'single' ? 1 : NUMBER_WORDS.get(word);
      words.push(value === undefined ? word : String(value));
    }
    if (words.length > 0) clauses.push(words);
  }
  return clauses;
}
