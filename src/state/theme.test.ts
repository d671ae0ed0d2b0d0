import { describe, expect, it } from 'vitest';
import { ThemeChoice } from './theme.svelte';

function storageWith(entries: Record<string, string>) {
  return {
    getItem: (key: string) => entries[key] ?? null,
    setItem: (key: string, value: string) => void (entries[key] = value),
  };
}

describe('ThemeChoice', () => {
  it('remembers the choice', () => {
    const storage = storageWith({});
    new ThemeChoice(() => storage).theme = 'dark';
    expect(new ThemeChoice(() => storage).theme).toBe('dark');
  });

  it('takes an unknown stored value for none', () => {
    const storage = storageWith({ 'optimas-web.theme': '"><script>' });
    expect(new ThemeChoice(() => storage).theme).toBe('auto');
  });

  it('works where storage is forbidden', () => {
    const choice = new ThemeChoice(() => {
      throw new Error('denied');
    });
    choice.theme = 'light';
    expect(choice.theme).toBe('light');
  });
});
