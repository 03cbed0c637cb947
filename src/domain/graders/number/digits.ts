import { type Amount, exactAmount, MOST_DIGITS, plainAmount, type Read, scaled, UNREADABLE } from './amount.ts';
import { add, decimal, divide, equal, multiply, ONE, powerOfTen, rational, type Rational, ZERO } from './rational.ts';

const GROUPED = /\d{1,3}([,，\u2009'_])\d{3}(?:\1\d{3})*(?!\d)(?:\.\d+)?/y;
/** 12,34,567: the Indian way. */
const INDIAN = /\d{1,2}(?:(,)\d\d)+,\d{3}(?![\d,])(?:\.\d+)?/y;
const PLAIN = /\d*\.?\d+/y;
/** "1.2.3", "12:30", "58.159.881": figures that are no decimal number. */
const FIGURES = /[\d.:,]*\d/y;
const EXPONENT = /(?:[eE]([+-]?\d{1,4})(?![\d.])|\s{0,2}[×xX*]\s{0,2}10\s{0,2}(?:\^|\*\*)\s{0,2}\(?([+-]?\d{1,4})\)?)/y;
const FRACTION = /\s?[/\u2044]\s?(\d{1,30})(?![\d/]|\.\d|,\d)/y;
const MIXED = / (?:and )?(\d{1,30})\s?[/\u2044]\s?(\d{1,30})(?![\d/]|\.\d|,\d)/y;

/** Reads digits at `at`, which must be a digit or a dot before one: groups, decimals, powers of ten, fractions. */
export function readDigits(text: string, at: number): Read {
  GROUPED.lastIndex = INDIAN.lastIndex = at;
  const grouped = INDIAN.exec(text) ?? GROUPED.exec(text);
  const written = grouped?.[0] ?? matchAt(PLAIN, text, at) ?? '0';
  let end = at + written.length;
  const behind = text[end] ?? '';
  const goesOn = behind === '.' || behind === ':' || (grouped !== null && behind === grouped[1]);
  if (goesOn && /\d/.test(text[end + 1] ?? '')) {
    return { amount: UNREADABLE, end: at + (matchAt(FIGURES, text, at) ?? written).length };
  }
  if (written.length > MOST_DIGITS) return { amount: UNREADABLE, end };
  const digits = grouped === null ? written : written.replace(/[,，\u2009'_]/g, '');
  const isInteger = !digits.includes('.');
  if (isInteger && /[\s/\u2044]/.test(behind)) {
    const fraction = readFraction(text, end, digits);
    if (fraction !== null) return fraction;
  }
  const places = isInteger ? 0 : digits.length - digits.indexOf('.') - 1;
  const significant =
    isInteger && digits[0] !== '0' ? digits.length : digits.replace('.', '').replace(/^0+/, '').length;
  let amount: Amount = plainAmount(decimal(digits), powerOfTen(-places), significant);
  if (places > 0 && /^(?:\.\.|…)/.test(text.slice(end, end + 2))) amount = { ...amount, continues: true };
  EXPONENT.lastIndex = end;
  const exponent = /[eE×xX*\s]/.test(behind) ? EXPONENT.exec(text) : null;
  if (exponent !== null) {
    end += exponent[0].length;
    const power = Number(exponent[1] ?? exponent[2]);
    if (Math.abs(power) > MOST_DIGITS) return { amount: UNREADABLE, end };
    amount = { ...scaled(amount, powerOfTen(power), exponent[0]), form: 'power' };
  }
  return { amount, end };
}

/** "2/3" behind its numerator, "2 2/3" behind its integer part. */
function readFraction(text: string, end: number, digits: string): Read | null {
  const whole = decimal(digits);
  MIXED.lastIndex = end;
  const mixed = MIXED.exec(text);
  if (mixed !== null && BigInt(mixed[1] ?? 0) < BigInt(mixed[2] ?? 0)) {
    const part = quotient(decimal(mixed[1] ?? ''), decimal(mixed[2] ?? ''));
    return { amount: part === null ? null : exactAmount(add(whole, part)), end: end + mixed[0].length };
  }
  FRACTION.lastIndex = end;
  const simple = FRACTION.exec(text);
  if (simple === null) return null;
  const value = quotient(whole, decimal(simple[1] ?? ''));
  return { amount: value === null ? UNREADABLE : exactAmount(value), end: end + simple[0].length };
}

function quotient(a: Rational, b: Rational): Rational | null {
  return equal(b, ZERO) ? null : divide(a, b);
}

const SCALES: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, 兆: 12 };
const CHINESE_SCALE = /[ \u2009]?(?:[十百千]?[万亿兆]{1,2}|[百千](?!分))/y;
const LOWER_PART = /[零〇]?((?:\d,\d{3}|\d{1,4})(?:\.\d{1,8})?)([十百千]?[万亿]|[百千十])/y;
const COLLOQUIAL_TAIL = /(\d)(?![\d.,:/%万亿千百十分点年月日号天季])/y;

/**
 * Chinese scale words behind digits: 58万, 1.2万, 58,159.881百万, 12万3千, 581亿5988万1千. A single digit behind them
 * takes the next lower place, as it is spoken: 1万2 = 12,000.
 */
export function readChineseScale(text: string, read: Read): Read {
  if (read.amount === null || !/[十百千万亿兆 \u2009]/.test(text[read.end] ?? '')) return read;
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

function shownDigits(value: Rational, place: Rational): number {
  const shown = divide(value, place);
  return (shown.n / shown.d).toString().length;
}

function scaleOf(word: string): Rational {
  return [...word].reduce((product, unit) => multiply(product, powerOfTen(SCALES[unit] ?? 0)), ONE);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
