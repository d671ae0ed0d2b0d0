/**
 * Seed and budget of a run, and their form in the URL hash (`#seed=1&budget=400`), so that a link
 * reproduces a run. A hash is anyone's text: every value is checked, and a bad one is replaced by
 * the default with a sentence that says so.
 */
export interface RunSettings {
  /** Integer in [0, 2³² − 1]. */
  readonly seed: number;
  /** System runs. */
  readonly budget: number;
}

/** Inclusive range of whole numbers. */
interface Range {
  readonly label: string;
  readonly min: number;
  readonly max: number;
}

export const DEFAULT_SETTINGS: RunSettings = { seed: 1, budget: 400 };

export const SETTINGS_RANGES: Readonly<Record<keyof RunSettings, Range>> = {
  seed: { label: 'Seed', min: 0, max: 2 ** 32 - 1 },
  budget: { label: 'Budget', min: 100, max: 5000 },
};

/** What is wrong with a value, as a sentence; `undefined` if it is allowed. */
export function settingProblem(name: keyof RunSettings, value: unknown): string | undefined {
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
  const settings = { ...present };
  const problems: string[] = [];
  for (const name of ['seed', 'budget'] as const) {
    const text = parameters.get(name);
    if (text === null) continue;
    // Digits only: Number('') is 0 and Number('1e3') is 1000.
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    const problem = settingProblem(name, value);
    if (problem === undefined) settings[name] = value;
    else problems.push(`The link's ${name} is not usable, so ${settings[name]} is set. ${problem}`);
  }
  return { settings, problems };
}

export function formatHash({ seed, budget }: RunSettings): string {
  return `#seed=${seed}&budget=${budget}`;
}
