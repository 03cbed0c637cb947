import { OVERLINE } from '../../../extract/text/latex.ts';
import { type Amount, exactAmount, MOST_DIGITS, plainAmount, type Read, scaled, UNREADABLE } from './amount.ts';
import { isDigit, isWhiteSpace, unitSet } from './characters.ts';
import { add, decimal, divide, equal, multiply, ONE, powerOfTen, type Rational } from './rational.ts';
import { subtract, ZERO } from './rational.ts';

const GROUPED = /\d{1,3}([,，\u2009'_])\d{3}(?:\1\d{3})*(?!\d)(?:\.\d+)?/y;
/** 12,34,567: the Indian way. */
const INDIAN = /\d{1,2}(?:(,)\d\d)+,\d{3}(?![\d,])(?:\.\d+)?/y;
/** "1.2.3", "12:30", "58.159.881": figures that are no decimal number. */
const FIGURES = /[\d.:,]*\d/y;
const EXPONENT =
  /(?:[eE]([+-]?\d{1,4})(?![\d.])|\s{0,2}[×xX*·⋅]\s{0,2}10\s{0,2}(?:\^|\*\*)\s{0,2}\(?([+-]?\d{1,4})\)?)/y;
/** 10^6 */
const POWER = /10(?:\^|\*\*)\s?\(?([+-]?\d{1,2})\)?(?![\d.])/y;
/** "0.16̅": digits with a line above them go on for ever. */
const REPEATING = new RegExp(String.raw`(\d{0,20})\.(\d{0,20}?)((?:\d${OVERLINE}){1,12})`, 'y');
const FRACTION = /\s?[/\u2044]\s?(\d{1,30})(?![\d/]|\.\d|,\d)/y;
const MIXED = / (?:and )?(\d{1,30})\s?[/\u2044]\s?(\d{1,30})(?![\d/]|\.\d|,\d)/y;

/** What groups digits, and what of all that may follow them makes them a part of something larger. */
const GROUPS = unitSet(",，\u2009'_");
const SLASHES = unitSet('/\u2044');
const POWER_SIGNS = unitSet('eE×xX*·⋅');

/** Reads digits at `at`, which must be a digit or a dot before one: groups, decimals, powers of ten, fractions. */
export function readDigits(text: string, at: number): Read {
  const whole = digitsEnd(text, at);
  const mark = text.charCodeAt(whole);
  const grouped = GROUPS[mark] === 1 && isDigit(text.charCodeAt(whole + 1)) ? readGroups(text, at) : null;
  if (mark === SPOKEN_DOT) {
    const spoken = readSpokenPoint(text, at);
    if (spoken !== null) return spoken;
  }
  const isDecimal = mark === DOT && isDigit(text.charCodeAt(whole + 1));
  let end = grouped === null ? (isDecimal ? digitsEnd(text, whole + 1) : whole) : at + grouped[0].length;
  const behind = text.charCodeAt(end);
  const goesOn = behind === DOT || behind === COLON || (grouped !== null && text[end] === grouped[1]);
  if (goesOn && isDigit(text.charCodeAt(end + 1))) {
    return { amount: UNREADABLE, end: at + (matchAt(FIGURES, text, at)?.length ?? end - at) };
  }
  if (end - at > MOST_DIGITS) return { amount: UNREADABLE, end };
  const written = text.slice(at, end);
  if (behind === ABOVE) return readRepeating(text, at, end);
  if (behind === CARET && written === '10') {
    const power = readPower(text, at);
    if (power !== null) return power;
  }
  const digits = grouped === null ? written : written.replace(/[,，\u2009'_]/g, '');
  const point = digits.indexOf('.');
  const isSpaced = isWhiteSpace(behind);
  if (point < 0 && (isSpaced || SLASHES[behind] === 1)) {
    const fraction = readFraction(text, end, digits);
    if (fraction !== null) return fraction;
  }
  const places = point < 0 ? 0 : digits.length - point - 1;
  const significant =
    point < 0 && digits[0] !== '0' ? digits.length : digits.replace('.', '').replace(/^0+/, '').length;
  let amount: Amount = plainAmount(decimal(digits), powerOfTen(-places), significant);
  if (places > 0 && /^(?:\.\.|…)/.test(text.slice(end, end + 2))) amount = { ...amount, continues: true };
  if (!isSpaced && POWER_SIGNS[behind] !== 1) return { amount, end };
  if (isSpaced && !isPowerBehindSpace(text, end)) return { amount, end };
  EXPONENT.lastIndex = end;
  const exponent = EXPONENT.exec(text);
  if (exponent !== null) {
    end += exponent[0].length;
    const power = Number(exponent[1] ?? exponent[2]);
    if (Math.abs(power) > MOST_DIGITS) return { amount: UNREADABLE, end };
    amount = { ...scaled(amount, powerOfTen(power), exponent[0]), form: 'power' };
  }
  return { amount, end };
}

const DOT = 0x2e;
const COLON = 0x3a;
const CARET = 0x5e;
const SPOKEN_DOT = '点'.charCodeAt(0);
const ABOVE = OVERLINE.charCodeAt(0);

function digitsEnd(text: string, at: number): number {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function readGroups(text: string, at: number): RegExpExecArray | null {
  GROUPED.lastIndex = INDIAN.lastIndex = at;
  return INDIAN.exec(text) ?? GROUPED.exec(text);
}

function isPowerBehindSpace(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return POWER_SIGNS[isWhiteSpace(next) ? text.charCodeAt(at + 2) : next] === 1;
}

/** 581点6亿; 8点30分 is a time of day. */
const SPOKEN_POINT = /(\d{1,9})点(\d{1,6})(?= ?[百千]?[万亿%])/y;

function readSpokenPoint(text: string, at: number): Read | null {
  SPOKEN_POINT.lastIndex = at;
  const match = SPOKEN_POINT.exec(text);
  if (match === null) return null;
  const [written, whole = '', places = ''] = match;
  const shown = `${whole}${places}`.replace(/^0+/, '').length;
  return {
    amount: plainAmount(decimal(`${whole}.${places}`), powerOfTen(-places.length), shown),
    end: at + written.length,
  };
}

function readPower(text: string, at: number): Read | null {
  POWER.lastIndex = at;
  const match = POWER.exec(text);
  if (match === null) return null;
  const power = powerOfTen(Number(match[1]));
  return { amount: { ...scaled(plainAmount(ONE, ONE, 1), power, match[0]), form: 'power' }, end: at + match[0].length };
}

/** 0.12333… is 12/100 and 3/900. */
function readRepeating(text: string, at: number, end: number): Read {
  REPEATING.lastIndex = at;
  const match = REPEATING.exec(text);
  if (match === null) return { amount: UNREADABLE, end };
  const [written, whole = '', fixed = '', marked = ''] = match;
  const repeated = marked.replaceAll(OVERLINE, '');
  const nines = multiply(subtract(powerOfTen(repeated.length), ONE), powerOfTen(fixed.length));
  const value = add(decimal(`${whole || '0'}.${fixed || '0'}`), divide(decimal(repeated), nines));
  return { amount: exactAmount(value), end: at + written.length };
}

/** "2/3" behind its numerator, "2 2/3" behind its integer part. */
function readFraction(text: string, end: number, digits: string): Read | null {
  const next = text.charCodeAt(end + 1);
  MIXED.lastIndex = end;
  const mixed = isDigit(next) || text.startsWith('and ', end + 1) ? MIXED.exec(text) : null;
  if (mixed !== null && BigInt(mixed[1] ?? 0) < BigInt(mixed[2] ?? 0)) {
    const part = quotient(decimal(mixed[1] ?? ''), decimal(mixed[2] ?? ''));
    return { amount: part === null ? null : exactAmount(add(decimal(digits), part)), end: end + mixed[0].length };
  }
  if (SLASHES[text.charCodeAt(end)] !== 1 && SLASHES[next] !== 1) return null;
  FRACTION.lastIndex = end;
  const simple = FRACTION.exec(text);
  if (simple === null) return null;
  const value = quotient(decimal(digits), decimal(simple[1] ?? ''));
  return { amount: value === null ? UNREADABLE : exactAmount(value), end: end + simple[0].length };
}

function quotient(a: Rational, b: Rational): Rational | null {
  return equal(b, ZERO) ? null : divide(a, b);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
