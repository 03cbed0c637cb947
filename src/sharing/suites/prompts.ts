import type { Language, PromptTemplate } from '#domain';
import type { EntryFormat } from './format.ts';

type ByLanguage = Readonly<Record<Language, string>>;

/** What stands around passage and question; {0} is the place of the question with its passage, if any. */
const AROUND: Readonly<Record<EntryFormat['asks'], ByLanguage>> = {
  reading: {
    en: 'Answer from the text below, as briefly as you can, in its own words. If it does not say, reply "unanswerable".\n\n{0}',
    'zh-Hans': '请根据下面这段文字，用原文的词语简短作答；文中没有说的，就回答“无法回答”。\n\n{0}',
    'zh-Hant': '請根據下面這段文字，用原文的詞語簡短作答；文中沒有說的，就回答「無法回答」。\n\n{0}',
  },
  figures: {
    en: 'Answer from the report below with nothing but the answer, in the unit of the report. Round what you calculate to two decimal places.\n\n{0}',
    'zh-Hans': '请根据下面的报告作答，只写答案，单位与报告一致；计算结果保留两位小数。\n\n{0}',
    'zh-Hant': '請根據下面的報告作答，只寫答案，單位與報告一致；計算結果保留兩位小數。\n\n{0}',
  },
  mathematics: {
    en: '{0}\nWork it out, then give the final number on the last line after "####".',
    'zh-Hans': '{0}\n请写出计算过程，最后一行在“####”后面写出最终的数字。',
    'zh-Hant': '{0}\n請寫出計算過程，最後一行在「####」後面寫出最終的數字。',
  },
  choice: {
    en: '{0}\nReply with the letter of the right option only.',
    'zh-Hans': '{0}\n只回答正确选项的字母。',
    'zh-Hant': '{0}\n只回答正確選項的字母。',
  },
  plain: {
    en: '{0}\nReply with the answer only.',
    'zh-Hans': '{0}\n只回答答案。',
    'zh-Hant': '{0}\n只回答答案。',
  },
};

/** Most new tokens of an answer: a solution in steps needs more than a span. */
export const MAX_TOKENS: Readonly<Record<EntryFormat['asks'], number>> = {
  reading: 64,
  figures: 64,
  mathematics: 512,
  choice: 16,
  plain: 128,
};

/** The templates for items of these languages, with a passage and without. */
export function promptFor(asks: EntryFormat['asks'], languages: readonly Language[]): PromptTemplate {
  const filled = (what: string): Partial<Record<Language, string>> =>
    Object.fromEntries(languages.map((language) => [language, AROUND[asks][language].replace('{0}', what)]));
  return { withPassage: filled('{passage}\n\n{question}'), withoutPassage: filled('{question}') };
}
