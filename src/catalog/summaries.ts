// Written by tools/suites/summarise.ts from suites/*.json. Change those, then run it again.
import type { SuiteSummary } from './builtInSuite.ts';

export const summaries = {
  'mathematics-short': {
    id: 'mathematics-short',
    version: '2.0.0',
    hash: '73a259b014df75ab6f889339c90cbe50c554fe71aac4c1a484ae3005e146b5cb',
    title: { en: 'Mathematics, short', zh: '数学（短）' },
    description: {
      en: '20 questions of the mathematics suite, four of each tier, balanced over languages: for a first impression.',
      zh: '从数学中选出的20道题，五级各四道，语言均衡，适合先看个大概。',
    },
    kind: 'mathematics',
    languages: ['en', 'zh-Hans', 'zh-Hant'],
    itemCount: 20,
    maxTokens: 64,
  },
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
  'reading-short': {
    id: 'reading-short',
    version: '2.0.0',
    hash: '446718f5062507885ab5e02d62aee7077b3a13257c40b3dc7cd82863dac4be03',
    title: { en: 'Reading, short', zh: '阅读理解（短）' },
    description: {
      en: '20 questions of the reading suite, balanced over languages and kinds, on short passages only: for a first impression.',
      zh: '从阅读理解中选出的20道题，语言与题型均衡，只用短文段，适合先看个大概。',
    },
    kind: 'reading',
    languages: ['en', 'zh-Hans', 'zh-Hant'],
    itemCount: 20,
    maxTokens: 48,
  },
  reading: {
    id: 'reading',
    version: '2.0.0',
    hash: '7dc3c25d415295da21510e4a7b1d0d1779a68906bd9539598e3c494a96db5a08',
    title: { en: 'Reading', zh: '阅读理解' },
    description: {
      en: 'Find the answer in a table or a text, in English, Simplified and Traditional Chinese: accounts with scales and years, contracts, notices, merged and missing cells, look-alike rows, losses in parentheses, small sums, and questions that the text does not answer. Passages of up to 2,000 tokens.',
      zh: '在表格或文字里找出答案，有英文、简体和繁体中文：带单位和年份的报表、合同、通知，合并或缺失的单元格，相似的行，括号里的亏损，简单的推算，以及原文没有答案的问题。最长的文段约2000个词元。',
    },
    kind: 'reading',
    languages: ['en', 'zh-Hans', 'zh-Hant'],
    itemCount: 158,
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
