/** Draws the page at once; the workers start after the first paint. */
import { mount } from 'svelte';
import './app.css';
import { RunClient } from './clients/run-client';
import { formatHash } from './state/run-settings';
import { RunPlayer } from './state/run.svelte';
import { ThemeChoice } from './state/theme.svelte';
import App from './ui/App.svelte';

const player = new RunPlayer((listener) => new RunClient(listener), location.hash);

mount(App, {
  target: document.getElementById('app')!,
  props: {
    player,
    themeChoice: new ThemeChoice(),
    // Replaced, not pushed: going back should leave the page, not undo digits.
    onSettings: (settings) => history.replaceState(history.state, '', formatHash(settings)),
  },
});

window.addEventListener('hashchange', () => player.applyHash(location.hash));
requestAnimationFrame(() => setTimeout(() => void player.connect()));
