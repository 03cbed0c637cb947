import type { Language } from './suite.ts';

/** Characters that simplified Chinese never uses and that few traditional texts of some length lack. */
const TRADITIONAL = /[們個國為時說對開關於與產業銷萬億幣務這來會學發經過還實現電話書買賣東車點無問題頁]/u;

/** The language that a text is probably in, by its script. */
export function guessLanguage(text: string): Language {
  if (!/\p{Script=Han}/u.test(text)) return 'en';
  return TRADITIONAL.test(text) ? 'zh-Hant' : 'zh-Hans';
}
