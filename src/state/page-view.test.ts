import { describe, expect, it } from 'vitest';
import { PageView } from './page-view.svelte';

describe('the view', () => {
  it('is the run’s unless the hash names another one', () => {
    for (const hash of ['', '#seed=1', '#view=', '#view=nope', '#view=__proto__']) {
      expect(new PageView(hash).name).toBe('run');
    }
    expect(new PageView('#seed=1&view=models').name).toBe('models');
  });

  it('reads back what it writes', () => {
    const view = new PageView();
    for (const name of ['models', 'run'] as const) {
      view.show(name);
      expect(new PageView(`#seed=1${view.hash}`).name).toBe(name);
    }
  });
});
