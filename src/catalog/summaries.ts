// Written by tools/suites/summarise.ts from suites/*.json. Change those, then run it again.
import type { SuiteSummary } from './builtInSuite.ts';

export const summaries = {
  mathematics: {
    id: 'mathematics',
    version: '1.0.0',
    hash: '2d39aeff3d14572d438df003e50a048dcecf8f820d4d9ab03e6dae3a0dcf852d',
    title: { en: 'Mathematics', zh: '数学' },
    description: {
      en: 'Arithmetic in one or two steps, in English and Simplified Chinese: bare expressions, questions in words, and short word problems.',
      zh: '一步或两步的算术，中英文各半：有算式，有文字题，也有简短的应用题。',
    },
    kind: 'mathematics',
    languages: ['en', 'zh-Hans'],
    items: 32,
    maxTokens: 64,
  },
  reading: {
    id: 'reading',
    version: '1.0.0',
    hash: 'f7688ef106330b0f9477660d074ef6eb199dfd4f10241e6008a652e53a229a0c',
    title: { en: 'Reading', zh: '阅读理解' },
    description: {
      en: 'Find one value in a short table or a few sentences, in English, Simplified and Traditional Chinese. Two years, look-alike rows, losses in parentheses, and questions that the text does not answer.',
      zh: '在一张小表或几句话里找出一个答案，有英文、简体和繁体中文。考的是年份、相似的行、括号里的亏损，以及原文没有答案的问题。',
    },
    kind: 'reading',
    languages: ['en', 'zh-Hans', 'zh-Hant'],
    items: 36,
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
    items: 1,
    maxTokens: 64,
  },
} as const satisfies Record<string, SuiteSummary>;
