import * as runtime from './generated/runtime.js';

export type Locale = runtime.Locale;
export const LOCALES: readonly Locale[] = runtime.locales;

/** Each language by its own name, so that a reader finds it whatever the page speaks. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', zh: '中文' };

/** For `<html lang>` and `Intl`: the interface's Chinese is simplified. */
const TAGS: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-Hans' };

let current = $state<Locale>(runtime.getLocale());

// Every message function asks this getter, and a getter that reads a signal is tracked: sentences change in place, so a
// switch of the language neither reloads the page nor remounts a view (which would lose what was typed, or a run).
runtime.overwriteGetLocale(() => current);

export function getLocale(): Locale {
  return current;
}

export function localeTag(): string {
  return TAGS[current];
}

/** Changes every sentence on the page and remembers the choice. */
export function setLocale(locale: Locale): void {
  // Where storage is refused (a private window, a sandboxed frame), the choice holds for this visit.
  try {
    void runtime.setLocale(locale, { reload: false });
  } catch {
    /* remembered nowhere */
  }
  current = locale;
}
