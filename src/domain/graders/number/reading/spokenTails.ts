import { type Amount, exactAmount, type Read } from './amount.ts';
import { readDigitOf } from './chinese.ts';
import { isDigit } from './characters.ts';
import { add, atMost, decimal, multiply, powerOfTen, rational, type Rational } from './rational.ts';
import type { NumberToken } from './tokens.ts';

/** A number that may be said in parts of a whole: of a hundred for percent. */
export interface Spoken extends Read {
  readonly parts?: Rational;
}

/** What is spoken between a number and its unit: "两个半小时", 三成五. */
export function readTail(text: string, spoken: Spoken): Spoken {
  const { amount, end } = spoken;
  if (amount === null) return spoken;
  if (text[end] === ' ' && amount.value.d === 1n) return readSpokenPlaces(text, amount, end) ?? spoken;
  if (text[end] === '成') return readTenths(text, amount, end) ?? spoken;
  return text.startsWith('个半', end) ? { amount: plusHalf(amount), end: end + 2 } : spoken;
}

const AND_PART = / and (?:a|one|three) (?:half|quarters?|third)\b(?! of\b| (?:is|are|was|were)\b)/iy;
const POINT = / point( (?:zero|one|two|three|four|five|six|seven|eight|nine)\b){1,6}/iy;
const DIGIT_WORDS = 'zero one two three four five six seven eight nine'.split(' ');

/** "18 and a half", "18 point five": figures and words. */
function readSpokenPlaces(text: string, amount: Amount, end: number): Spoken | null {
  const next = text.charCodeAt(end + 1) | 0x20;
  if (next !== LETTER_A && next !== LETTER_P) return null;
  AND_PART.lastIndex = POINT.lastIndex = end;
  const part = AND_PART.exec(text)?.[0];
  if (part !== undefined) return { amount: plusPart(amount, part), end: end + part.length };
  const point = POINT.exec(text)?.[0];
  if (point === undefined) return null;
  const places = point
    .trim()
    .split(' ')
    .slice(1)
    .map((word) => DIGIT_WORDS.indexOf(word.toLowerCase()));
  const value = add(amount.value, decimal(`0.${places.join('')}`));
  return { amount: { ...amount, value, place: powerOfTen(-places.length) }, end: end + point.length };
}

const LETTER_A = 0x61;
const LETTER_P = 0x70;

/** 成 as a tenth: not in 成本, 成员, 成立, 一成不变. */
const TENTHS = /成(?:(半)|([1-9一二三四五六七八九])(?!\d))?(?![本立为员功绩果长交都人分品就熟年形像语家份不])/y;

/** 三成 is 30%, 三成五 35%, 八成半 85%. */
function readTenths(text: string, amount: Amount, end: number): Spoken | null {
  TENTHS.lastIndex = end;
  const match = TENTHS.exec(text);
  if (match === null || amount.value.d !== 1n || !atMost(amount.value, powerOfTen(1))) return null;
  const [written, half, digit] = match;
  const ones = half === undefined ? readDigitOf(digit) : 5;
  const value = add(multiply(amount.value, powerOfTen(1)), rational(BigInt(ones)));
  return { amount: exactAmount(value), end: end + written.length, parts: powerOfTen(2) };
}

const SPOKEN_HALF = /^(?:半| and (?:an? |one |three )(?:half|quarters?|third)\b(?! of\b))/i;
/** The digit behind 元 or 块 that says its tenths. */
const SPOKEN_TENTHS =
  /^([1-9一二三四五六七八九])(?![\d.,，%万亿千百十个角毛分元块年月日共起定样些般直切旦致下方面边系概律再向])/;

/** "三小时半", "an hour and a half", 26块半: half of one unit. 18块5, 五块五: five tenths. */
export function withSpokenTail(text: string, token: NumberToken): NumberToken {
  const { amount, unit, end } = token;
  if (amount === null || token.scaleWords || (unit.kind !== 'measure' && unit.kind !== 'money')) return token;
  const isSpoken = unit.kind === 'measure' || /[块元圆蚊]/.test(text[end - 1] ?? '');
  if (isSpoken && (text[end] === '半' || text[end] === ' ')) {
    const half = SPOKEN_HALF.exec(text.slice(end, end + 24))?.[0];
    return half === undefined ? token : { ...token, amount: plusPart(amount, half), end: end + half.length };
  }
  if (unit.kind !== 'money' || !isSpoken) return token;
  // 五元二 is not said.
  const isWritten = isDigit(text.charCodeAt(end));
  if (!isWritten && text[end - 1] !== '块') return token;
  const tenths = SPOKEN_TENTHS.exec(text.slice(end, end + 2))?.[1];
  if (tenths === undefined) return token;
  const value = add(amount.value, rational(BigInt(readDigitOf(tenths)), 10n));
  return { ...token, amount: exactAmount(value), end: end + 1 };
}

/** " and a half", " and three quarters": the words of SPOKEN_HALF. */
function plusPart(amount: Amount, words: string): Amount {
  if (!/quarter|third/i.test(words)) return plusHalf(amount);
  const top = /three/i.test(words) ? 3n : 1n;
  return exactAmount(add(amount.value, rational(top, /third/i.test(words) ? 3n : 4n)));
}

function plusHalf(amount: Amount): Amount {
  return exactAmount(add(amount.value, rational(1n, 2n)));
}
