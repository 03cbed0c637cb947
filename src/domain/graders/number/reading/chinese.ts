import { exactAmount, plainAmount, type Amount, type Read, scaled, spokenAmount } from './amount.ts';
import { isDigit, unitSet } from './characters.ts';
import { add, decimal, divide, equal, multiply, ONE, powerOfTen, rational, type Rational, ZERO } from './rational.ts';

const DIGITS: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
  ...{ 壹: 1, 贰: 2, 叁: 3, 参: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 },
};
/** 廿 is twenty: a digit and its ten in one. */
const TENS: Readonly<Record<string, number>> = { 廿: 20, 卅: 30, 卌: 40 };
const SMALL: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const BIG: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8, 兆: 1e12 };
const IS_DIGIT = unitSet(Object.keys(DIGITS).join(''));
const IS_UNIT = unitSet([...Object.keys(TENS), ...Object.keys(SMALL), ...Object.keys(BIG)].join(''));
/** The longest run of numerals that is read: more are no quantity. */
const LONGEST = 60;

/** Words in which these characters are no number. */
const NO_NUMBER =
  /(?:一[共起定样些般直切旦致下方面边系概律再向]|十分(?![之钟])|千万(?!元)|万(?:一|分(?!之))|三角形|四边形|百分(?!之)|两[者种边]|零[上下])/y;
/** 2又3/4: a mixed number in digits. */
const MIXED = /又(\d{1,30})\s?[/\u2044]\s?(\d{1,30})(?![\d/]|\.\d|,\d)/y;
const NO_NUMBER_BEFORE = /[之唯统同第万]$/;
/** The numerals of cheques are characters of words as well: 参见, 陆续, 收拾, 登陆, 玖龙. */
const CAPITAL = unitSet('壹贰叁参肆伍陆柒捌玖拾');
const COUNTED = unitSet('元圆角分整万亿成倍个人名件年月日号天次份只张台岁点%');

/**
 * Reads a Chinese numeral at `at`: simple, traditional (already folded) and financial forms, digit by digit (二零二四),
 * decimals (三点五), fractions (三分之一, 二又三分之一) and percentages (百分之十二点五: the amount is 12.5, see `parts`).
 * Null where no numeral starts.
 */
export function readChinese(text: string, at: number): (Read & { readonly parts?: Rational }) | null {
  if (!opensNumeral(text, at)) return null;
  const run = numeralAt(text, at);
  NO_NUMBER.lastIndex = at;
  if (run === '' || NO_NUMBER.test(text)) return null;
  if (CAPITAL[text.charCodeAt(at)] === 1 && isInWord(text, at, run)) return null;
  if (run.startsWith('一') && NO_NUMBER_BEFORE.test(text[at - 1] ?? '') && !isPart(text, at)) return null;
  if (text.startsWith('一半', at)) return { amount: { ...exactAmount(rational(1n, 2n)), weak: true }, end: at + 2 };
  const parts = readParts(text, at, run);
  if (parts !== null) return parts;
  const whole = readWhole(run);
  if (whole === null) return null;
  let end = at + whole.length;
  // 十八九: eighteen or nineteen.
  if (whole.hasUnits && (DIGITS[run[whole.length] ?? ''] ?? 0) > 0) return { amount: null, end: end + 1 };
  const weak = whole.length === 1 || (!whole.hasUnits && whole.length < 4 && !/[零〇]/.test(run));
  const fraction = readFractionWords(text, end, whole.value);
  if (fraction !== null) return fraction;
  if (text[end] === '点') {
    const places = readPlaces(text, end + 1);
    if (places !== '') {
      end += 1 + places.length;
      return withScale(text, end, decimalAmount(whole.value, places));
    }
  }
  if (/[多余几]/.test(text[end] ?? '')) return { amount: null, end: end + 1 };
  return { amount: spokenAmount(rational(whole.value), weak), end };
}

/** What stands behind 百分之, as in 百分之一百二十. */
function isPart(text: string, at: number): boolean {
  return /[百千万]分之$/.test(text.slice(Math.max(0, at - 3), at));
}

/** A unit says nothing without a digit before it, except ten, and 百 in 百分之. */
function opensNumeral(text: string, at: number): boolean {
  const unit = text[at] ?? '';
  return (
    DIGITS[unit] !== undefined ||
    TENS[unit] !== undefined ||
    unit === '十' ||
    unit === '拾' ||
    text.startsWith('分之', at + 1)
  );
}

/** A single one is a number only before what is counted, or where it is all that is said. */
function isInWord(text: string, at: number, run: string): boolean {
  if (run.length > 1) return run.startsWith('陆') && /[大内登着]/.test(text[at - 1] ?? '');
  if (COUNTED[text.charCodeAt(at + 1)] === 1) return false;
  const beside = text.slice(Math.max(0, at - 1), at).replace(/[是为共有约得案]/, '') + (text[at + 1] ?? '');
  return /[\u4e00-\u9fff]/.test(beside);
}

function numeralAt(text: string, at: number): string {
  let end = at;
  for (; end < at + LONGEST; end++) {
    const code = text.charCodeAt(end);
    if (IS_DIGIT[code] !== 1 && IS_UNIT[code] !== 1) break;
  }
  return text.slice(at, end);
}

interface Whole {
  readonly value: bigint;
  readonly length: number;
  readonly hasUnits: boolean;
}

/** The longest numeral at the start of `run`. */
function readWhole(run: string): Whole | null {
  let digits = 0;
  while (IS_DIGIT[run.charCodeAt(digits)] === 1) digits++;
  if (digits >= 2 && digits === run.length && !run.startsWith('零零')) {
    return { value: BigInt([...run].map((d) => DIGITS[d]).join('')), length: digits, hasUnits: false };
  }
  // What stands below 万 is small enough for plain numbers; only whole sections make a large one.
  let total = 0n;
  let [section, lastSmall, lastUnit, lastBig] = [0, 10_000, 1, 0];
  let digit: number | null = null;
  let zero = false;
  let length = 0;
  for (const unit of run) {
    const value = DIGITS[unit];
    // Asked for in turn, because most units are digits and a look-up costs more than all the rest.
    const small = value === undefined ? SMALL[unit] : undefined;
    const big = value === undefined && small === undefined ? BIG[unit] : undefined;
    const tens = value === undefined && big === undefined ? TENS[unit] : undefined;
    if (value === 0) {
      if (digit !== null) break;
      zero = true;
    } else if (value !== undefined) {
      if (digit !== null) break;
      digit = value;
    } else if (tens !== undefined) {
      if (digit !== null || lastSmall <= 10) break;
      section += tens;
      zero = false;
      lastSmall = lastUnit = 10;
    } else if (small !== undefined) {
      // 十八: a ten needs no digit before it at the start of a numeral or behind a zero.
      const implied = small === 10 && (length === 0 || zero || (section === 0 && total > 0n));
      if (small >= lastSmall || (digit === null && !implied)) break;
      section += (digit ?? 1) * small;
      digit = null;
      zero = false;
      lastSmall = lastUnit = small;
    } else if (big !== undefined) {
      const amount: bigint = BigInt(section + (digit ?? 0));
      if (total + amount === 0n) break;
      // 万亿: a scale on a scale; otherwise each scale takes what stands before it.
      if (amount === 0n) total *= BigInt(big);
      else total = lastBig !== 0 && big > lastBig ? (total + amount) * BigInt(big) : total + amount * BigInt(big);
      [section, digit, zero, lastSmall, lastUnit, lastBig] = [0, null, false, 10_000, big, big];
    }
    length += unit.length;
  }
  if (length === 0) return null;
  // 三百五 = 350: a last digit without a unit takes the next lower one, as it is spoken.
  const tail: number = digit === null ? 0 : !zero && lastUnit >= 100 ? (digit * lastUnit) / 10 : digit;
  return { value: total + BigInt(section + tail), length, hasUnits: lastUnit > 1 };
}

/** The value of a text that is nothing but a numeral; NaN where it is none. */
export function numeralValue(text: string): number {
  const whole = readWhole(text);
  return whole?.length === text.length ? Number(whole.value) : NaN;
}

/** One digit of either script; 0 where there is none. */
export function readDigitOf(unit = '0'): number {
  return DIGITS[unit] ?? Number(unit);
}

/** 百分之…, 千分之…: `parts` is the hundred or thousand, the amount is what is said of it. */
function readParts(text: string, at: number, run: string): (Read & { readonly parts?: Rational }) | null {
  if (!text.startsWith('分之', at + 1) || run.length === 0) return null;
  const base = /^[百千万]分之/.exec(text.slice(at, at + 3))?.[0];
  if (base === undefined) return null;
  const start = at + base.length + (/[正负]/.test(text[at + base.length] ?? '') ? 1 : 0);
  const isNegative = text[start - 1] === '负';
  // "百分之百分之…" would go on for as long as the text does.
  if (/^[百千万]分之/.test(text.slice(start, start + 3))) return null;
  if (text[start] === '百')
    return { amount: spokenAmount(rational(100n), false), end: start + 1, parts: powerOfTen(2) };
  const digits = /^\d{1,20}(?:\.\d{1,20})?/.exec(text.slice(start, start + 40))?.[0];
  const inner =
    digits === undefined
      ? readChinese(text, start)
      : {
          amount: plainAmount(decimal(digits), powerOfTen(-(digits.split('.')[1] ?? '').length), digits.length),
          end: start + digits.length,
        };
  if (inner?.amount == null) return null;
  const parts = base[0] === '百' ? powerOfTen(2) : base[0] === '千' ? powerOfTen(3) : powerOfTen(4);
  const amount = isNegative ? { ...inner.amount, value: multiply(inner.amount.value, rational(-1n)) } : inner.amount;
  return { amount: { ...amount, weak: false, scale: ONE, form: 'digits' }, end: inner.end, parts };
}

/** "三分之一" behind its 三; "二又三分之一" behind its 二. */
export function readFractionWords(text: string, end: number, value: bigint): Read | null {
  if (text.startsWith('分之', end)) {
    const top = numeralOrDigits(text, end + 2);
    return top === null ? null : { amount: quotient(rational(top.value), rational(value)), end: top.end };
  }
  if (text[end] !== '又') return null;
  MIXED.lastIndex = end;
  const mixed = MIXED.exec(text);
  if (mixed !== null) {
    const part = quotient(rational(BigInt(mixed[1] ?? 0)), rational(BigInt(mixed[2] ?? 0)));
    const amount = part === null ? null : exactAmount(add(rational(value), part.value));
    return { amount, end: end + mixed[0].length };
  }
  const bottom = numeralOrDigits(text, end + 1);
  if (bottom === null || !text.startsWith('分之', bottom.end)) return null;
  const part = readFractionWords(text, bottom.end, bottom.value);
  if (part?.amount == null) return part;
  return { amount: exactAmount(add(rational(value), part.amount.value)), end: part.end };
}

function numeralOrDigits(text: string, at: number): { readonly value: bigint; readonly end: number } | null {
  const digits = isDigit(text.charCodeAt(at)) ? /^\d{1,20}/.exec(text.slice(at, at + 20))?.[0] : undefined;
  if (digits !== undefined) return { value: BigInt(digits), end: at + digits.length };
  const whole = readWhole(numeralAt(text, at));
  return whole === null ? null : { value: whole.value, end: at + whole.length };
}

/** The digits behind 点, as Latin digits. */
function readPlaces(text: string, at: number): string {
  const run = /^[零〇一二三四五六七八九]{1,30}/.exec(text.slice(at, at + 30))?.[0] ?? '';
  return [...run].map((d) => DIGITS[d]).join('');
}

function decimalAmount(whole: bigint, places: string): Amount {
  const digits = `${whole}${places}`.replace(/^0+/, '').length;
  return plainAmount(decimal(`${whole}.${places}`), powerOfTen(-places.length), digits);
}

/** "三点五亿" behind its last digit. */
function withScale(text: string, end: number, amount: Amount): Read {
  const word = /^[十百千]?[万亿兆]{1,2}/.exec(text.slice(end, end + 3))?.[0] ?? '';
  const factor = [...word].reduce((f, c) => multiply(f, rational(BigInt(BIG[c] ?? SMALL[c] ?? 1))), ONE);
  return word === ''
    ? { amount: { ...amount, form: 'words' }, end }
    : { amount: scaled(amount, factor, word), end: end + word.length };
}

function quotient(a: Rational, b: Rational): Amount | null {
  return equal(b, ZERO) ? null : exactAmount(divide(a, b));
}
