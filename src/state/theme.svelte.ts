/** Light or dark: the system's choice unless the visitor made one, which is remembered. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'optimas-web.theme';

/** The parts of `localStorage` used; reading either may throw where storage is forbidden. */
type ThemeStorage = Pick<Storage, 'getItem' | 'setItem'>;

export class ThemeChoice {
  readonly #storage: () => ThemeStorage;
  #theme = $state.raw<Theme>('auto');

  constructor(storage: () => ThemeStorage = () => localStorage) {
    this.#storage = storage;
    try {
      const kept = storage().getItem(KEY);
      this.#theme = THEMES.find((theme) => theme === kept) ?? 'auto';
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    try {
      this.#storage().setItem(KEY, theme);
    } catch {
      // As above.
    }
  }
}
