import { plainAmount, type Read, scaled } from './amount.ts';
import { isSpace, unitSet } from './characters.ts';
import { readDigits } from './digits.ts';
import { add, decimal, divide, multiply, ONE, powerOfTen, rational, type Rational } from './rational.ts';

const SCALES: Readonly<Record<string, number>> = {
  ...{ 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, 兆: 12 },
  ...{ 拾: 1, 佰: 2, 仟: 3 },
};
/** 千克, 千瓦时, 兆赫: here 千 and 兆 belong to the unit. 千克拉 and 千卡车 are thousands. */
const IN_KILO = '分|米|克(?!拉)|瓦|卡(?!车)|帕|焦|赫|伏|字节|比特';
const IN_MEGA = '瓦|帕|焦|赫|字节|比特';
const SCALE = `[十百千拾佰仟]?(?:[万亿]|兆(?!${IN_MEGA})){1,2}|[千仟](?!${IN_KILO})|[百佰](?!分|帕)`;
/** 58万, 3个亿 */
const CHINESE_SCALE = new RegExp(String.raw`[ \u2009]?(?:个(?=[百千]?[万亿兆]))?(?:${SCALE})`, 'y');
const SCALE_WORD = new RegExp(SCALE, 'y');
const LOWER_PART = /[零〇]?((?:\d,\d{3}|\d{1,4})(?:\.\d{1,8})?)([十百千拾佰仟]?[万亿]|[百千十佰仟拾])/y;
/** 1亿2648万3905.27元: what is left below the last scale word. */
const REST = /[零〇]?((?:\d,\d{3}|\d{2,4})(?:\.\d{1,2})?)(?=[元块圆])/y;
const COLLOQUIAL_TAIL = /(\d)(?![\d.,:/%万亿千百十仟佰拾分点年月日号天季])/y;

/**
 * Chinese scale words behind digits: 58万, 1.2万, 58,159.881百万, 12万3千, 581亿5988万1千. A single digit behind them
 * takes the next lower place, as it is spoken: 1万2 = 12,000.
 */
export function readChineseScale(text: string, read: Read): Read {
  if (read.amount === null || !opensScale(text, read.end)) return read;
  const word = matchAt(CHINESE_SCALE, text, read.end);
  if (word === null) return read;
  let factor = scaleOf(word);
  let amount = scaled(read.amount, factor, word);
  let end = read.end + word.length;
  for (;;) {
    LOWER_PART.lastIndex = end;
    const part = LOWER_PART.exec(text);
    const lower = part === null ? ONE : scaleOf(part[2] ?? '');
    if (part === null || lower.n >= factor.n) break;
    const next = readDigits(part[1] ?? '', 0).amount;
    if (next === null) break;
    const value = multiply(next.value, lower);
    const place = multiply(next.place, lower);
    const digits = shownDigits(add(amount.value, value), place);
    amount = { ...amount, value: add(amount.value, value), place, digits, scale: lower, scaleText: part[2] ?? '' };
    end += part[0].length;
    factor = lower;
  }
  REST.lastIndex = end;
  const rest = factor.n >= 10_000n ? REST.exec(text) : null;
  const ones = rest === null ? null : readDigits(rest[1] ?? '', 0).amount;
  if (rest !== null && ones !== null) {
    const value = add(amount.value, ones.value);
    return { amount: plainAmount(value, ones.place, shownDigits(value, ones.place)), end: end + rest[0].length };
  }
  COLLOQUIAL_TAIL.lastIndex = end;
  const tail = COLLOQUIAL_TAIL.exec(text);
  if (tail !== null && factor.n >= 100n) {
    const place = divide(factor, rational(10n));
    const value = add(amount.value, multiply(decimal(tail[1] ?? ''), place));
    amount = { ...amount, value, place, digits: shownDigits(value, place), scale: place };
    end += 1;
  }
  return { amount, end };
}

const SCALE_UNITS = unitSet('十百千万亿兆拾佰仟个');

function opensScale(text: string, at: number): boolean {
  return SCALE_UNITS[text.charCodeAt(isSpace(text.charCodeAt(at)) ? at + 1 : at)] === 1;
}

function shownDigits(value: Rational, place: Rational): number {
  const shown = divide(value, place);
  return (shown.n / shown.d).toString().length;
}

/** The length of the scale word at `at`; 0 where there is none. */
export function scaleWordLength(text: string, at: number): number {
  SCALE_WORD.lastIndex = at;
  return SCALE_WORD.exec(text)?.[0].length ?? 0;
}

export function scaleOf(word: string): Rational {
  return [...word].reduce((product, unit) => multiply(product, powerOfTen(SCALES[unit] ?? 0)), ONE);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
