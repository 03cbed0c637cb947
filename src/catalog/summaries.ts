// Written by tools/suites/summarise.ts from suites/*.json. Change those, then run it again.
import type { SuiteSummary } from './builtInSuite.ts';

export const summaries = {
  mathematics: {
    id: 'mathematics',
    version: '2.0.0',
    hash: '5b5137ad7685dbf01f700bfc0d65082cdd7ba3bd7ad366d042b14a8ac67f4912',
    title: { en: 'Mathematics', zh: '数学' },
    description: {
      en: 'Arithmetic, word problems of one and of several steps, fractions, percentages and ratios, units and dates: five tiers, in English, Simplified and Traditional Chinese, each question with a worked solution.',
      zh: '分五级：四则运算，一步与多步应用题，分数、百分数与比，单位与日期。有英文、简体和繁体中文，每题都有解答过程。',
    },
    kind: 'mathematics',
    languages: ['en', 'zh-Hans', 'zh-Hant'],
    itemCount: 133,
    maxTokens: 64,
  },
  reading: {
    id: 'reading',
    version: '1.0.0',
    hash: '524d750701f3dd0f771fd993cb975fd797f7fca369f13e4e0fddd9d84cc7fe01',
    title: { en: 'Reading', zh: '阅读理解' },
    description: {
      en: 'Find one value in a short table or a few sentences, in English, Simplified and Traditional Chinese. Two years, look-alike rows, losses in parentheses, and questions that the text does not answer.',
      zh: '在一张小表或几句话里找出一个答案，有英文、简体和繁体中文。考的是年份、相似的行、括号里的亏损，以及原文没有答案的问题。',
    },
    kind: 'reading',
    languages: ['en', 'zh-Hans', 'zh-Hant'],
    itemCount: 40,
    maxTokens: 48,
  },
  'seed-003': {
    id: 'seed-003',
    version: '1.0.0',
    hash: '64383e30b1ff6880a7c1bbb6a326d0f7670d35454defaaeb6e27d50652a139dd',
    title: { en: 'Seed 003: one annual report', zh: '种子 003：一份年报' },
    description: {
      en: 'One question on an annual-report table as it was pasted from a PDF, with its broken lines. The prompt is sent byte for byte as people wrote it when they compared fifteen models by hand.',
      zh: '从 PDF 里直接粘贴出来的一张年报表格，断行都在，只问一个问题。提示词一字不差，就是当初手工比较十五个模型时用的那一段。',
    },
    kind: 'reading',
    languages: ['zh-Hans'],
    itemCount: 1,
    maxTokens: 64,
  },
} as const satisfies Record<string, SuiteSummary>;
