import fc from 'fast-check';
import type { GradeInput } from '../../src/domain/index.ts';
import { choiceFamily } from './choiceFamily.ts';
import { decimalText } from './numerals.ts';
import { EN_PHRASES, EN_YEARS, type Phrase, ZH_PHRASES, ZH_YEARS } from './phrases.ts';
import { chineseMoney, englishMoney, minutes, percent, plain, type Written } from './writtenValues.ts';

/** A case whose verdict follows from how it was made. */
export interface Construction {
  readonly input: GradeInput;
  readonly correct: boolean;
  /** How it was made, for a failing run. */
  readonly made: string;
}

const ZH_QUESTION = '公司2024年的收入是多少？';
const EN_QUESTION = "What was the company's revenue in 2024?";

/** One gold, the ways to write it and its neighbours, and the phrases to put them into. */
export interface Family {
  readonly unit: string;
  readonly gold: string;
  readonly written: readonly Written[];
  readonly language: GradeInput['language'];
  readonly question?: string;
  readonly choices?: readonly string[];
  readonly phrases: readonly Phrase[];
}

const thousands = fc.bigInt({ min: 100_001n, max: 999_999_999n });

/** A sum asked in words: every output may say the question again before it answers. */
const sums = fc
  .tuple(fc.integer({ min: 44, max: 499 }), fc.integer({ min: 44, max: 499 }), fc.boolean())
  .map(([a, b, en]): Family => {
    const question = en ? `How much is ${a} plus ${b}?` : `请算出 ${a} + ${b}`;
    const say: readonly Phrase[] = en
      ? [(v) => `${question} ${v}`, (v) => `**${question}**\n\n${v}`, (v) => `Question: ${question}\nAnswer: ${v}`]
      : [(v) => `${question}：${v}`, (v) => `${question} = ${v}`, (v) => `問題：${question}\n答案：${v}`];
    const written = plain(a + b).filter(([, , made]) => made !== 'calculation' && made !== 'open term');
    return { unit: '', gold: String(a + b), language: en ? 'en' : 'zh-Hans', question, written, phrases: say };
  });

const families: fc.Arbitrary<Family> = fc.oneof(
  sums,
  choiceFamily,
  fc.tuple(thousands, thousands).map(([n, other]): Family => ({
    ...{ unit: 'CNY:thousand', gold: String(n), language: 'zh-Hans', question: ZH_QUESTION },
    ...{ written: chineseMoney(n, other), phrases: [...ZH_PHRASES, ...ZH_YEARS] },
  })),
  fc.tuple(thousands, thousands).map(([n, other]): Family => ({
    ...{ unit: 'CNY:thousand', gold: String(n), language: 'en', question: EN_QUESTION },
    ...{ written: englishMoney(n, other), phrases: [...EN_PHRASES, ...EN_YEARS] },
  })),
  fc.tuple(fc.integer({ min: 44, max: 99_999 }), fc.boolean()).map(([n, en]): Family => ({
    ...{ unit: '', gold: String(n), language: en ? 'en' : 'zh-Hans', written: plain(n) },
    phrases: en ? EN_PHRASES : ZH_PHRASES,
  })),
  fc.tuple(fc.integer({ min: 441, max: 999 }), fc.boolean()).map(([n, en]): Family => ({
    ...{ unit: 'percent', gold: decimalText(BigInt(n), 1), language: en ? 'en' : 'zh-Hant', written: percent(n) },
    phrases: en ? EN_PHRASES : ZH_PHRASES,
  })),
  fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 59 }), fc.boolean())
    .map(([hours, rest, en]): Family => ({
      ...{ unit: 'minute', gold: String(hours * 60 + rest), language: en ? 'en' : 'zh-Hant' },
      ...{ written: minutes(hours, rest), phrases: en ? EN_PHRASES : ZH_PHRASES },
    })),
);

/** Value × unit × scale × script × phrasing × distractors. */
export const constructions: fc.Arbitrary<Construction> = fc
  .tuple(families, fc.nat(), fc.nat())
  .map(([family, i, j]): Construction => {
    const [text, correct, made] = family.written[i % family.written.length] ?? ['', false, ''];
    const phrase = family.phrases[j % family.phrases.length] ?? ((v: string) => v);
    const { gold, unit, language, question, choices } = family;
    return {
      input: {
        ...{ output: phrase(text), gold: { value: gold, unit }, language, finish: 'stop' as const },
        ...(question === undefined ? {} : { question }),
        ...(choices === undefined ? {} : { choices }),
      },
      correct,
      made,
    };
  });
