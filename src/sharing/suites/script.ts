import { guessLanguage, type Language } from '#domain';

/** Characters that the other script never uses; a suite of short questions needs more of them than a passage does. */
const SIMPLIFIED = /[们个国为时说对开关与产业销万亿币务这来会学发经过还实电话书买卖东车点无问题页谁维请选择]/u;
const TRADITIONAL = /[誰維請選擇臺灣陽歡馬麼樣從動應長門間師當幾兩邊體數單價錢總額]/u;

/**
 * Guesses the language of each text of one file. A short Chinese text may hold no character that tells its script:
 * then it is that of most of the others.
 */
export function languagesOf(texts: readonly string[]): readonly Language[] {
  const guesses = texts.map((text): Language | null => {
    const language = guessLanguage(text);
    if (language !== 'zh-Hans') return language;
    if (TRADITIONAL.test(text)) return 'zh-Hant';
    return SIMPLIFIED.test(text) ? language : null;
  });
  const told = (wanted: Language): number => guesses.filter((language) => language === wanted).length;
  const usual: Language = told('zh-Hant') > told('zh-Hans') ? 'zh-Hant' : 'zh-Hans';
  return guesses.map((language) => language ?? usual);
}
