import fc from 'fast-check';
import type { GradeInput } from '../../src/domain/index.ts';
import { chineseNumeral, decimalText, englishWords, fullWidth, grouped, roundedText } from './numerals.ts';

/** A case whose verdict follows from how it was made. */
export interface Construction {
  readonly input: GradeInput;
  readonly correct: boolean;
  /** How it was made, for a failing run. */
  readonly made: string;
}

type Written = readonly [text: string, correct: boolean, made: string];

const ZH_QUESTION = '公司2024年的收入是多少？';
const EN_QUESTION = "What was the company's revenue in 2024?";

/** `n` thousand yuan, written rightly and wrongly in Chinese. */
function chineseMoney(n: bigint, other: bigint): readonly Written[] {
  const yi = decimalText(n, 5);
  const round = roundedText(n, 5, 1);
  const isRoundEnough = round.replace('.', '').replace(/^0+/, '').length >= 3 || round === yi;
  return [
    [`${grouped(n)}千元`, true, 'the unit of the table'],
    [`${n}千元`, true, 'no separators'],
    [`人民币${grouped(n)}千元`, true, 'currency before'],
    [fullWidth(`${grouped(n)}`) + '千元', true, 'full width'],
    [`${grouped(n)}（人民幣千元）`, true, 'unit in parentheses, traditional'],
    [`${grouped(n * 1000n)}元`, true, 'expanded'],
    [`${yi}亿元`, true, 'exact in 亿'],
    [`${decimalText(n, 3)}百万元`, true, 'exact in 百万'],
    [`${decimalText(n, 1)}萬元`, true, 'exact in 万, traditional'],
    [`${chineseNumeral(n * 1000n)}元`, true, 'numeral'],
    [`${chineseNumeral(n * 1000n, true)}元整`, true, 'financial numeral'],
    [`${round}亿元`, isRoundEnough, 'rounded to one place'],
    [`${roundedText(n + 10_000n, 5, 1)}亿元`, false, 'rounded to one place, next value'],
    [`${grouped(n)}元`, false, 'scale lost'],
    [`${grouped(n)}万元`, false, 'scale ten times too large'],
    [`${decimalText(n, 6)}亿元`, false, 'billion taken for 亿'],
    [`${grouped(n)}千港元`, false, 'other currency'],
    [`${grouped(n + 1n)}千元`, false, 'last digit off by one'],
    [`-${grouped(n)}千元`, false, 'sign'],
    [`${grouped(other)}千元`, other === n, 'another value'],
    [`${grouped(n)}千元或${grouped(n + 7n)}千元`, false, 'hedge'],
  ];
}

function englishMoney(n: bigint, other: bigint): readonly Written[] {
  const billion = decimalText(n, 6);
  return [
    [`RMB${grouped(n)} thousand`, true, 'the unit of the table'],
    [`${grouped(n)}`, true, 'bare'],
    [`RMB'000 ${grouped(n)}`, true, 'unit before'],
    [`${billion} billion yuan`, true, 'exact in billion'],
    [`RMB ${decimalText(n, 3)} million`, true, 'exact in million'],
    [`RMB${billion}bn`, true, 'abbreviation'],
    [`${grouped(n * 1000n)} yuan`, true, 'expanded'],
    [`${billion} billion`, true, 'scale without currency'],
    [`US$${billion} billion`, false, 'other currency'],
    [`${billion} million yuan`, false, 'scale too small'],
    [`${decimalText(n, 5)} billion yuan`, false, '亿 taken for billion'],
    [`RMB ${grouped(n)}`, false, 'scale lost'],
    [`RMB${grouped(other)} thousand`, other === n, 'another value'],
    [`either RMB${grouped(n)} thousand or RMB${grouped(n + 5n)} thousand`, false, 'hedge'],
  ];
}

/** A whole number in unitless mathematics. */
function plain(n: number): readonly Written[] {
  const big = BigInt(n);
  return [
    [grouped(big), true, 'grouped'],
    [`$${grouped(big)}.00`, true, 'currency and decimals'],
    [fullWidth(String(n)), true, 'full width'],
    [englishWords(n), true, 'English words'],
    [chineseNumeral(big), true, 'Chinese numeral'],
    [chineseNumeral(big, true), true, 'financial numeral'],
    [`$${grouped(big).replaceAll(',', '{,}')}$`, true, 'LaTeX separators'],
    [`${n * 2}/2`, true, 'fraction'],
    [`${n}1`, false, 'digit appended'],
    [`1${n}`, false, 'digit put before'],
    [`-${n}`, n === 0, 'sign'],
    [`${n}.5`, false, 'half more'],
    [`${n}%`, n === 0, 'percent'],
    [`${n}万`, n === 0, 'scale'],
    [`${n} or ${n + 1}`, false, 'hedge'],
    [`${n}-${n + 3}`, false, 'range'],
    [`${n} + 3`, false, 'calculation'],
  ];
}

function percent(tenths: number): readonly Written[] {
  const value = decimalText(BigInt(tenths), 1);
  return [
    [`${value}%`, true, 'percent'],
    [`${fullWidth(value)}％`, true, 'full width'],
    [`${value} percent`, true, 'word'],
    [value, true, 'bare'],
    [
      `百分之${chineseNumeral(BigInt(Math.floor(tenths / 10)))}${tenths % 10 === 0 ? '' : `点${'零一二三四五六七八九'[tenths % 10] ?? ''}`}`,
      true,
      'spoken',
    ],
    [`${value}个百分点`, false, 'points'],
    [decimalText(BigInt(tenths), 3), tenths === 0, 'ratio'],
    [`${decimalText(BigInt(tenths + 1), 1)}%`, false, 'a tenth more'],
  ];
}

function minutes(hours: number, rest: number): readonly Written[] {
  const total = hours * 60 + rest;
  return [
    [`${total} minutes`, true, 'asked unit'],
    [`${total}分钟`, true, 'asked unit in Chinese'],
    [`${hours} hours and ${rest} minutes`, true, 'compound'],
    [`${hours}小時${rest}分鐘`, true, 'compound, traditional'],
    [`${hours}h ${rest}min`, true, 'abbreviations'],
    [`${total * 60} seconds`, true, 'seconds'],
    [`${hours} hours`, rest === 0, 'part of it'],
    [`${total} hours`, false, 'unit'],
    [`${total + 1} minutes`, false, 'one more'],
    [`${total} km`, false, 'other kind'],
  ];
}

const EN_PHRASES: readonly ((v: string) => string)[] = [
  (v) => v,
  (v) => `${v}.`,
  (v) => `The answer is ${v}.`,
  (v) => `**Final Answer:** ${v}`,
  (v) => `<think>Maybe 41. The answer is 43.</think>\n\nThe answer is ${v}.`,
  (v) => `The answer is 43. Wait, I forgot something. The answer is ${v}.`,
  (v) => `The answer is not 43 but ${v}.`,
  (v) => `The answer is ${v}, not 43.`,
  (v) => `Step 1: read the table.\nStep 2: The answer is ${v} (see note 5).`,
  (v) => `${v}\n\nQuestion: What is 3 + 4?\nAnswer: 7`,
  (v) => `Answer: ${v}\n<|im_end|>\n<|im_start|>user`,
];

const ZH_PHRASES: readonly ((v: string) => string)[] = [
  (v) => v,
  (v) => `${v}。`,
  (v) => `答案是${v}。`,
  (v) => `**答案：**${v}`,
  (v) => `<think>可能是41。答案是43。</think>\n答案是${v}。`,
  (v) => `答案是43。等等，我算错了。答案是${v}。`,
  (v) => `答案不是43，而是${v}。`,
  (v) => `答案：${v}（见附注5）`,
  (v) => `1. 先看表格。\n2. 答案为${v}。`,
  (v) => `答案：${v}\n\n问题：3加4等于多少？\n答案：7`,
];

const ZH_YEARS: readonly ((v: string) => string)[] = [
  (v) => `2024年的收入为${v}。`,
  (v) => `截至2024年12月31日止年度，收入为${v}，同比增长8.6%。`,
  (v) => `2023年为41千元，2024年为${v}。`,
  (v) => `2024年和2023年的收入分别为${v}和41千元。`,
  (v) => `2024年，公司收入为${v}（見附註5）。`,
];

const EN_YEARS: readonly ((v: string) => string)[] = [
  (v) => `In 2024, revenue was ${v}.`,
  (v) => `Revenue rose 12.3% to ${v} in 2024 from RMB41 thousand in 2023.`,
  (v) => `Revenue was RMB41 thousand in 2023 and ${v} in 2024.`,
];

interface Family {
  readonly unit: string;
  readonly gold: string;
  readonly written: readonly Written[];
  readonly language: GradeInput['language'];
  readonly question?: string;
  readonly phrases: readonly ((v: string) => string)[];
}

const thousands = fc.bigInt({ min: 100_001n, max: 999_999_999n });

const families: fc.Arbitrary<Family> = fc.oneof(
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
    const { gold, unit, language, question } = family;
    return {
      input: {
        ...{ output: phrase(text), gold: { value: gold, unit }, language, finish: 'stop' as const },
        ...(question === undefined ? {} : { question }),
      },
      correct,
      made,
    };
  });
