import { exactAmount, plainAmount, type Amount, type Read, scaled, spokenAmount } from './amount.ts';
import { add, decimal, divide, equal, multiply, ONE, powerOfTen, rational, type Rational, ZERO } from './rational.ts';

const DIGITS: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
  ...{ 壹: 1, 贰: 2, 叁: 3, 参: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 },
};
const SMALL: Readonly<Record<string, bigint>> = { 十: 10n, 拾: 10n, 百: 100n, 佰: 100n, 千: 1000n, 仟: 1000n };
const BIG: Readonly<Record<string, bigint>> = { 万: 10_000n, 亿: 100_000_000n, 兆: 1_000_000_000_000n };
const NUMERAL = /[零〇一二两三四五六七八九壹贰叁参肆伍陆柒捌玖十拾百佰千仟万亿兆]{1,60}/y;

/** Words in which these characters are no number. */
const NO_NUMBER =
  /(?:一[共起定样些般直切旦致下方面边系概律再向]|十分(?![之钟])|千万(?!元)|万[一分]|三角形|四边形|百分(?!之)|两[者种边]|零[上下])/y;
/** 2又3/4: a mixed number in digits. */
const MIXED = /又(\d{1,30})\s?[/\u2044]\s?(\d{1,30})(?![\d/]|\.\d|,\d)/y;
const NO_NUMBER_BEFORE = /[之唯统同第万]$/;

/**
 * Reads a Chinese numeral at `at`: simple, traditional (already folded) and financial forms, digit by digit (二零二四),
 * decimals (三点五), fractions (三分之一, 二又三分之一) and percentages (百分之十二点五: the amount is 12.5, see `parts`).
 * Null where no numeral starts.
 */
export function readChinese(text: string, at: number): (Read & { readonly parts?: Rational }) | null {
  if (!opensNumeral(text, at)) return null;
  NUMERAL.lastIndex = at;
  const run = NUMERAL.exec(text)?.[0] ?? '';
  NO_NUMBER.lastIndex = at;
  const before = text.slice(Math.max(0, at - 1), at);
  if (run === '' || NO_NUMBER.test(text) || (run.startsWith('一') && NO_NUMBER_BEFORE.test(before))) return null;
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

/** A unit says nothing without a digit before it, except ten, and 百 in 百分之. */
function opensNumeral(text: string, at: number): boolean {
  const unit = text[at] ?? '';
  return DIGITS[unit] !== undefined || unit === '十' || unit === '拾' || text.startsWith('分之', at + 1);
}

interface Whole {
  readonly value: bigint;
  readonly length: number;
  readonly hasUnits: boolean;
}

/** The longest numeral at the start of `run`. */
function readWhole(run: string): Whole | null {
  const digits = /^[零〇一二两三四五六七八九壹贰叁参肆伍陆柒捌玖]+/.exec(run)?.[0] ?? '';
  if (digits.length >= 2 && !(run[digits.length] ?? '').match(/[十拾百佰千仟万亿兆]/) && !digits.startsWith('零零')) {
    return { value: BigInt([...digits].map((d) => DIGITS[d]).join('')), length: digits.length, hasUnits: false };
  }
  let [total, section, lastSmall, lastUnit, lastBig] = [0n, 0n, 10_000n, 1n, 0n];
  let digit: bigint | null = null;
  let zero = false;
  let length = 0;
  for (const unit of run) {
    const value = DIGITS[unit];
    const small = SMALL[unit];
    const big = BIG[unit];
    if (value === 0) {
      if (digit !== null) break;
      zero = true;
    } else if (value !== undefined) {
      if (digit !== null) break;
      digit = BigInt(value);
    } else if (small !== undefined) {
      // 十八: a ten needs no digit before it at the start of a numeral or behind a zero.
      const implied = small === 10n && (length === 0 || zero || (section === 0n && total > 0n));
      if (small >= lastSmall || (digit === null && !implied)) break;
      section += (digit ?? 1n) * small;
      [digit, zero, lastSmall, lastUnit] = [null, false, small, small];
    } else if (big !== undefined) {
      const amount: bigint = section + (digit ?? 0n);
      if (total + amount === 0n) break;
      // 万亿: a scale on a scale; otherwise each scale takes what stands before it.
      if (amount === 0n) total *= big;
      else total = lastBig !== 0n && big > lastBig ? (total + amount) * big : total + amount * big;
      [section, digit, zero, lastSmall, lastUnit, lastBig] = [0n, null, false, 10_000n, big, big];
    }
    length += unit.length;
  }
  if (length === 0) return null;
  // 三百五 = 350: a last digit without a unit takes the next lower one, as it is spoken.
  const tail: bigint = digit === null ? 0n : !zero && lastUnit >= 100n ? (digit * lastUnit) / 10n : digit;
  return { value: total + section + tail, length, hasUnits: lastUnit > 1n };
}

/** 百分之…, 千分之…: `parts` is the hundred or thousand, the amount is what is said of it. */
function readParts(text: string, at: number, run: string): (Read & { readonly parts?: Rational }) | null {
  const base = /^[百千万]分之/.exec(text.slice(at, at + 3))?.[0];
  if (base === undefined || run.length === 0) return null;
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
  const digits = /^\d{1,20}/.exec(text.slice(at, at + 20))?.[0];
  if (digits !== undefined) return { value: BigInt(digits), end: at + digits.length };
  NUMERAL.lastIndex = at;
  const whole = readWhole(NUMERAL.exec(text)?.[0] ?? '');
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
  const factor = [...word].reduce((f, c) => multiply(f, rational(BIG[c] ?? SMALL[c] ?? 1n)), ONE);
  return word === ''
    ? { amount: { ...amount, form: 'words' }, end }
    : { amount: scaled(amount, factor, word), end: end + word.length };
}

function quotient(a: Rational, b: Rational): Amount | null {
  return equal(b, ZERO) ? null : exactAmount(divide(a, b));
}
