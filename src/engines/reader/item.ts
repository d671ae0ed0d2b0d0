/**
 * Naming the next item: every choice is weighed by the words it shares with the analysis and by
 * its place in the profile; the directives say what else counts and how the answer is written.
 */
import { FUNCTION_WORDS } from '../../core/reward/text-profile';
import type { Chooser } from './choice';
import type { Language } from './language';
import { needField, type ReaderRequest } from './messages';
import { readDirections, type Directions } from './prompt';

interface Option {
  readonly letter: string;
  readonly title: string;
  readonly words: ReadonlySet<string>;
  /** Last two words of the title: what it is. */
  readonly kind: readonly string[];
  readonly brand: string | undefined;
  readonly price: number | undefined;
}

interface Reading {
  /** Words of the things seen. */
  readonly seen: ReadonlySet<string>;
  /** Words of what is wanted next. */
  readonly wanted: ReadonlySet<string>;
  /** Titles and letters that the profile names, in its order. */
  readonly listed: readonly Option[];
}

/** How much a place in the profile is worth to a reader that was told nothing about it. */
const LISTED = [0.5, 0.25];
const UNSURE = 'The customer may take';

/** Empty when there is no choice to read. @throws Error when a field is missing */
export function writeItem(request: ReaderRequest, _: Language, choose: Chooser): string {
  const fields = {
    analysis: request.fields.get('analysis') ?? '',
    profile: request.fields.get('profile') ?? '',
    choices: needField(request, 'choices'),
  };
  return item(fields, readDirections(request.prompt, 'item'), choose);
}

function item(
  fields: { readonly analysis: string; readonly profile: string; readonly choices: string },
  directions: Directions,
  choose: Chooser,
): string {
  const options = optionsOf(fields.choices);
  const reading = readingOf(fields.analysis, fields.profile, options);
  const left = options.filter(
    (option) => !directions.has('from-profile') || reading.listed.includes(option),
  );
  const prices = options.flatMap(({ price }) => (price === undefined ? [] : [price]));
  const ranked = choose.ranked(left.length > 0 ? left : options, (option) =>
    weightOf(option, reading, directions, prices),
  );
  const [best, second] = ranked;
  return best === undefined ? '' : written(best, second, directions);
}

function weightOf(
  option: Option,
  { seen, wanted, listed }: Reading,
  directions: Directions,
  prices: readonly number[],
): number {
  const share = (words: ReadonlySet<string>): number => shared(option.words, words);
  const all = new Set([...seen, ...wanted]);
  const place = listed.indexOf(option);
  let weight = LISTED[place] ?? 0;
  if (directions.has('wanted-next')) weight += [...option.words].some((w) => wanted.has(w)) ? 1 : 0;
  else weight += share(all);
  if (directions.has('most-shared-item')) weight += share(all);
  if (directions.has('new-item')) weight -= 2 * share(all);
  if (directions.has('profile-first') && place === 0) weight += 1;
  if (directions.has('same-brand') && option.brand !== undefined) {
    weight += seen.has(option.brand) || wanted.has(option.brand) ? 0.7 : 0;
  }
  if (directions.has('not-again') && option.kind.every((word) => seen.has(word))) weight -= 0.7;
  const cheapness = cheapnessOf(option, prices);
  if (directions.has('cheapest')) weight += cheapness;
  if (directions.has('dearest')) weight -= cheapness;
  return weight;
}

function written(best: Option, second: Option | undefined, directions: Directions): string {
  const named = directions.has('letter-only')
    ? best.letter
    : directions.has('letter-and-title')
      ? `${best.letter}) ${best.title}`
      : directions.has('title-only')
        ? best.title
        : `${UNSURE} ${best.title}.`;
  if (second === undefined) return named;
  const other = directions.has('letter-only') ? second.letter : second.title;
  if (directions.has('two-items')) return `${named}\n${other}`;
  return directions.has('explain-item') ? `${named}\nRather than ${other}.` : named;
}

/** From 0 (the dearest) to 1 (the cheapest); a half where prices do not say. */
function cheapnessOf({ price }: Option, prices: readonly number[]): number {
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  return price === undefined || !(high > low) ? 0.5 : (high - price) / (high - low);
}

function optionsOf(choices: string): Option[] {
  return choices.split('\n').flatMap((line, i): Option[] => {
    const text = line.trim();
    if (text === '') return [];
    const [, mark, rest] = /^\(?([A-Z]|\d{1,2})[).:]\s+(.*)$/.exec(text) ?? [];
    const content = rest ?? text;
    const title = content.split(' | ')[0]!.trim();
    const brand = /\bbrand ([\p{L}\p{N}'-]+)/iu.exec(content)?.[1];
    const price = /[$€£]\s?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) (?:euros|dollars|pounds)/.exec(content);
    return [
      {
        letter: mark ?? String.fromCharCode(65 + (i % 26)),
        title,
        words: contentWords(content),
        kind: words(title).slice(-2),
        brand: brand?.toLowerCase(),
        price: price === null ? undefined : Number(price[1] ?? price[2]),
      },
    ];
  });
}

function readingOf(analysis: string, profile: string, options: readonly Option[]): Reading {
  const at = analysis.search(/\bnext\s*[:,]/i);
  const lines = profile.split('\n').map((line) => ` ${words(line).join(' ')} `);
  const listed = lines.flatMap((line) =>
    options.filter(({ title }) => line.includes(` ${words(title).join(' ')} `)),
  );
  return {
    seen: contentWords(at < 0 ? analysis : analysis.slice(0, at)),
    wanted: contentWords(at < 0 ? '' : analysis.slice(at + 'next:'.length)),
    listed: [...new Set(listed)],
  };
}

/** Words of the form of an offer, which say nothing about it. */
const FORM = new Set('brand euros dollars more another something'.split(' '));

function contentWords(text: string): Set<string> {
  return new Set(words(text).filter((word) => !FUNCTION_WORDS.has(word) && !FORM.has(word)));
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
}

function shared(own: ReadonlySet<string>, others: ReadonlySet<string>): number {
  if (own.size === 0) return 0;
  return [...own].filter((word) => others.has(word)).length / own.size;
}
