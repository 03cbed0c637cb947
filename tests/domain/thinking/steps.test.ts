import { expect, it } from 'vitest';
import { clean } from '../../../src/domain/extract/text/clean.ts';
import { stepsOf } from '../../../src/domain/thinking/steps.ts';

const steps = (text: string) => stepsOf(clean(text).text);

it.each([
  ['12 × 3 = 35', '36'],
  ['So 12*3=35, then', '36'],
  ['5x3 = 16', '15'],
  ['5 x 3 = 16', '15'],
  ['(5 + 3) × 2 = 13', '16'],
  ['5 + 3 × 2 = 16', '11'],
  ['58,159,881 - 52,000,000 = 6,159,880', '6,159,881'],
  ['1/2 + 1/3 = 2/5', '5/6'],
  ['7 / 2 = 3', '3.5'],
  ['100 ÷ 7 ≈ 14.5', '100/7'],
  ['$12 + $15 = $28', '27'],
  ['12 apples + 3 apples = 16 apples', '15'],
  ['１２＋３＝１６', '15'],
  ['5加3等于9', '8'],
  ['1.5万 × 2 = 4万元', '30,000'],
  ['\\(12 \\times 3 = 35\\)', '36'],
  ['<<48/2=25>>25', '24'],
  ['12 times 3 equals 35.', '36'],
  ['5 + 3 = **9**', '8'],
  ['2 × 3 = 7 × 4 = 28', '6'],
])('%s is false', (text, value) => {
  expect(steps(text).filter(({ holds }) => !holds)).toMatchObject([{ value }]);
});

it.each([
  '12 × 3 = 36',
  '16 - 3 - 4 = 9 eggs.',
  '1/3 = 0.333',
  '10 / 3 = 3.33',
  '7 / 8 = 0.88',
  '100 ÷ 7 ≈ 14.3',
  '25 / 100 = 25%',
  '0.25 × 100 = 25%',
  '50% × 200 = 100',
  '58,159,881 / 100000 = 581.6',
  '5 + 3 = 8 + 2 = 10',
  '2 × 3 = 6 × 4 = 24',
  '3 million + 2 million = 5 million',
  '3千米 + 200米 = 3200米',
  '-5 + 3 = -2',
  '- 5 + 3 = 8',
  '1. 5 + 3 = 8',
  'Step 3 - 5 × 2 = 10',
  '48/2=24, 48+24=72',
])('%s holds', (text) => {
  const found = steps(text);
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
});

it.each([
  'x + 3 = 8, 2x + 3 = 9, f(2) = 4',
  '2^3 = 8; 2**3 = 9; 5! = 120',
  '7 / 2 = 3 remainder 1',
  '7 ÷ 2 = 3 余 1',
  '11 / 2 = 5 1/2',
  '11 / 2 = 5 and 1/2',
  '2 hours + 30 minutes = 150 minutes',
  '2 km × 3 = 6000 m',
  '200 + 10% = 220',
  '10:30 + 2 = 12:30',
  '3,5 + 1 = 4,5',
  'price - 5 + 3 = 8',
  'In 2024 = 58 + 3',
  '2 + 3 = ?',
  '6 ÷ 2(1+2) = 1',
  '5 + 3 = 8x',
  '17 mod 5 = 2',
  '1 / 0 = 5',
  '2024-12-31 = Tuesday',
  'Qwen2 + 3 = 6',
])('%s is not judged', (text) => {
  expect(steps(text).filter(({ holds }) => !holds)).toEqual([]);
});

it('gives the place of the step and of its result', () => {
  const text = 'We have 12 × 3 = 35 apples.';
  const [step] = stepsOf(text);
  expect(text.slice(step?.start, step?.end)).toBe('12 × 3 = 35');
  expect(text.slice(step?.result.start, step?.result.end)).toBe('35');
});

it('takes time in proportion to the length, whatever the text', () => {
  const hostile = ['1+', '(', '1', '=', '1=1=', '1 2 ', 'x', '9'.repeat(50), '1/3*', '1,', '千万', '-'];
  for (const unit of hostile) {
    const time = (length: number): number => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const began = performance.now();
      stepsOf(text);
      return performance.now() - began;
    };
    time(20_000);
    expect(time(100_000), unit).toBeLessThan(3_000);
  }
});
