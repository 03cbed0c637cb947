import fc from 'fast-check';
import type { Family } from './constructions.ts';
import type { Phrase } from './phrases.ts';
import type { Written } from './writtenValues.ts';
import { fullWidth } from './numerals.ts';

const TOWNS = ['London', 'Paris', 'Rome', 'Berlin', 'Vienna', 'Madrid', 'New York', 'York', 'Bath', 'Aix-en-Provence'];
const TOWNS_ZH = ['北京', '上海', '广州', '深圳', '南京', '北京路', '台北', '天津', '重庆', '西安'];
const LETTERS = 'ABCD';

const EN: readonly Phrase[] = [
  (v) => v,
  (v) => `${v}.`,
  (v) => `The answer is ${v}.`,
  (v) => `**Answer:** ${v}`,
  (v) => `<think>Maybe A. The answer is A.</think>\nThe answer is ${v}.`,
  (v) => `\\boxed{${v}}`,
];
const ZH: readonly Phrase[] = [
  (v) => v,
  (v) => `${v}。`,
  (v) => `答案是${v}。`,
  (v) => `答案：${v}`,
  (v) => `【答案】${v}`,
];

/** The right option `at` and another one, by letter and by text, rightly, wrongly and without a choice. */
function written(options: readonly string[], at: number, other: number): readonly Written[] {
  const [right, wrong] = [LETTERS[at] ?? '', LETTERS[other] ?? ''];
  const [text, wrongText] = [options[at] ?? '', options[other] ?? ''];
  return [
    [right, true, 'letter'],
    [`(${right})`, true, 'letter in parentheses'],
    [fullWidth(right), true, 'full width'],
    [text, true, 'text'],
    [`${right}. ${text}`, true, 'letter and text'],
    [`(${right}) ${text}`, true, 'letter in parentheses and text'],
    [wrong, false, 'another letter'],
    [wrongText, false, 'another text'],
    [`${wrong}. ${wrongText}`, false, 'another letter and text'],
    [`${right}. ${wrongText}`, false, 'contradiction'],
    [`${wrong}. ${text}`, false, 'contradiction with the right text'],
    [`${right}, ${wrong}`, false, 'list'],
    [`${wrong}或${right}`, false, 'hedge'],
    [`${wrong} or ${right}`, false, 'hedge'],
    [`${right}${wrong}`, false, 'letters run together'],
    [`not ${right}`, false, 'denied'],
    [options.map((o, i) => `${LETTERS[i] ?? ''}. ${o}`).join('\n'), false, 'all options'],
  ];
}

export const choiceFamily: fc.Arbitrary<Family> = fc
  .tuple(fc.boolean(), fc.nat(3), fc.integer({ min: 1, max: 3 }), fc.nat())
  .chain(([en, at, step, start]) =>
    fc.shuffledSubarray(en ? TOWNS : TOWNS_ZH, { minLength: 4, maxLength: 4 }).map((choices): Family => {
      const stem = en ? `Which town is number ${start}?` : `第${start}个城市是哪一个？`;
      const question = [stem, ...choices.map((text, i) => `${LETTERS[i] ?? ''}. ${text}`)].join('\n');
      return {
        ...{ unit: 'choice', gold: LETTERS[at] ?? '', language: en ? 'en' : 'zh-Hans', question, choices },
        ...{ written: written(choices, at, (at + step) % 4), phrases: en ? EN : ZH },
      };
    }),
  );
