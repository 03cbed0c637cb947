/**
 * Words and figures of the interface. `m.key()` is a sentence of messages/{en,zh}/*.json in the current language; it and
 * the formatters read a signal, so markup that calls them follows a switch of the language by itself. In a script, put
 * the call into `$derived`: a constant would keep the language in which it was made.
 */
import type { LocalText } from '#domain';
import { getLocale } from './locale.svelte.ts';

export { m } from './generated/messages.js';
export { getLocale, localeTag, setLocale, LOCALES, LOCALE_NAMES, type Locale } from './locale.svelte.ts';
export * from './format.ts';
export { modelName } from './modelName.ts';

/** The reader's language of a text that data brings in both. */
export function localText(text: LocalText): string {
  return text[getLocale()];
}
