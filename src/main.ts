/** Draws the page at once; the workers start after the first paint. */
import { mount } from 'svelte';
import './app.css';
import { ImportClient } from './clients/import-client';
import { RunClient } from './clients/run-client';
import { DataImport } from './state/data-import.svelte';
import { ModelsHolder } from './state/models/models-holder.svelte';
import { PageView } from './state/page-view.svelte';
import { formatHash } from './state/run-settings';
import { RunPlayer } from './state/run.svelte';
import { ThemeChoice } from './state/theme.svelte';
import App from './ui/App.svelte';

const player = new RunPlayer(
  (listener) => new RunClient(listener),
  location.hash,
  (model, choose) => holder.reload(model, choose),
);
const view = new PageView(location.hash);
const holder: ModelsHolder = new ModelsHolder(async () =>
  (await import('./open-models')).openModels(player),
);

const imported = new DataImport(
  () => new ImportClient(),
  ({ file, data: { rows, notes } }) => {
    const all = JSON.stringify({ name: file.name, records: rows, notes });
    return player.useRows(new File([all], file.name, { type: 'application/json' }));
  },
);

const hash = (): string => `${formatHash(player.settings)}${view.hash}`;

mount(App, {
  target: document.getElementById('app')!,
  props: {
    player,
    holder,
    imported,
    view,
    themeChoice: new ThemeChoice(),
    // Replaced, not pushed: going back should leave the page, not undo digits.
    onSettings() {
      history.replaceState(history.state, '', hash());
      // What was looked at for one system is not meant for another.
      if (imported.system !== player.settings.system) imported.cancel();
    },
    onView(name) {
      view.show(name);
      history.pushState(history.state, '', hash());
    },
  },
});

// Fires for Back and Forward, too.
window.addEventListener('hashchange', () => {
  view.applyHash(location.hash);
  player.applyHash(location.hash);
});
requestAnimationFrame(() => setTimeout(() => void player.connect()));
