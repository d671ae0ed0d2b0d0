/** What the tests ask of the lab's page. */
import type { Page } from '@playwright/test';
import type { LoadProgress } from '../../src/engines/loaded-model';
import type { Lab } from './server';

export interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly failure?: { readonly name: string; readonly problem?: string; readonly message: string };
  readonly milliseconds: number;
  readonly progress: readonly LoadProgress[];
  readonly texts: readonly { readonly piece: string; readonly at: number }[];
}

/**
 * @param method of `lab.worker.js`
 * @param given its arguments; a last `{ until: { pieces | reports | milliseconds } }` aborts it
 */
export function call(page: Page, method: string, ...given: unknown[]): Promise<Answer> {
  type InPage = typeof globalThis & { lab: { call(...all: unknown[]): Promise<Answer> } };
  return page.evaluate(([name, rest]) => (globalThis as InPage).lab.call(name, ...rest), [
    method,
    given,
  ] as const);
}

export function sourceIn({ origin }: Lab) {
  return { model: 'lab-model', url: `${origin}/model`, library: `${origin}/model/library.wasm` };
}
