/**
 * Settings of a run and their form in the URL hash (`#seed=1&budget=400&mode=paper`), so that a
 * link reproduces a run. A hash is anyone's text: every value is checked, and a bad one is replaced
 * by the default with a sentence that says so.
 */
import {
  CHOICE_NAMES,
  choiceProblem,
  DEFAULT_CHOICES,
  isChoice,
  type RunChoices,
} from './run-choices';

export interface RunSettings extends RunChoices {
  /** Integer in [0, 2³² − 1]. */
  readonly seed: number;
  /** System runs. */
  readonly budget: number;
}

export type NumberName = 'seed' | 'budget';

/** Inclusive range of whole numbers. */
interface Range {
  readonly label: string;
  readonly min: number;
  readonly max: number;
}

export const DEFAULT_SETTINGS: RunSettings = { seed: 1, budget: 400, ...DEFAULT_CHOICES };

export const SETTINGS_RANGES: Readonly<Record<NumberName, Range>> = {
  seed: { label: 'Seed', min: 0, max: 2 ** 32 - 1 },
  budget: { label: 'Budget', min: 5, max: 5000 },
};

/** What is wrong with a value, as a sentence; `undefined` if it is allowed. */
export function settingProblem(name: keyof RunSettings, value: unknown): string | undefined {
  if (isChoice(name)) return choiceProblem(name, value);
  const { label, min, max } = SETTINGS_RANGES[name];
  const allowed =
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return allowed ? undefined : `${label} must be a whole number from ${min} to ${max}.`;
}

/**
 * Reads the hash; what it does not mention stays as in `present`.
 * @param hash with or without `#`
 */
export function parseHash(
  hash: string,
  present: RunSettings = DEFAULT_SETTINGS,
): { readonly settings: RunSettings; readonly problems: readonly string[] } {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  let settings = present;
  const problems: string[] = [];
  for (const name of ['seed', 'budget', ...CHOICE_NAMES] as const) {
    const text = parameters.get(name);
    if (text === null) continue;
    const value = isChoice(name) ? text : wholeNumber(text);
    const problem = settingProblem(name, value);
    if (problem === undefined) settings = { ...settings, [name]: value };
    else problems.push(`The link's ${name} is not usable, so ${settings[name]} is set. ${problem}`);
  }
  return { settings, problems };
}

/** Digits only: `Number('')` is 0 and `Number('1e3')` is 1000. */
function wholeNumber(text: string): number {
  return /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
}

/** Seed and budget always; of the choices, those that differ from the default. */
export function formatHash(settings: RunSettings): string {
  const made = CHOICE_NAMES.filter((name) => settings[name] !== DEFAULT_SETTINGS[name]);
  const all = (['seed', 'budget', ...made] as const).map((name) => `${name}=${settings[name]}`);
  return `#${all.join('&')}`;
}
