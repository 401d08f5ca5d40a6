export type Theme = 'system' | 'light' | 'dark';

const KEY = 'storyreel.theme';
const ORDER: readonly Theme[] = ['system', 'light', 'dark'];

export function rememberedTheme(): Theme {
  const remembered = window.localStorage.getItem(KEY);
  return ORDER.find((theme) => theme === remembered) ?? 'system';
}

export function useTheme(theme: Theme): void {
  if (theme === 'system') {
    delete document.documentElement.dataset['theme'];
    window.localStorage.removeItem(KEY);
  } else {
    document.documentElement.dataset['theme'] = theme;
    window.localStorage.setItem(KEY, theme);
  }
}

export function nextTheme(theme: Theme): Theme {
  return ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? 'system';
}
