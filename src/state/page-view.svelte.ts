/** Which of the page's views is shown, kept in the URL hash beside the settings (`&view=models`). */

export const VIEWS = { run: 'Runs', models: 'Models' } as const;
export type ViewName = keyof typeof VIEWS;

export class PageView {
  #name = $state.raw<ViewName>('run');

  /** @param hash the page's URL hash, not trusted */
  constructor(hash = '') {
    this.applyHash(hash);
  }

  get name(): ViewName {
    return this.#name;
  }

  show(name: ViewName): void {
    this.#name = name;
  }

  /** A hash without a view, or with one that does not exist, is the run's. */
  applyHash(hash: string): void {
    this.#name = /[#&]view=models(&|$)/.test(hash) ? 'models' : 'run';
  }

  /** What the view adds to the hash of the settings. */
  get hash(): string {
    return this.#name === 'run' ? '' : `&view=${this.#name}`;
  }
}
