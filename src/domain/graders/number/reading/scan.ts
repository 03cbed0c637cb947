import { exactAmount, negated, type Read, scaled, spokenAmount } from './amount.ts';
import { isDigit, isLatin, lettersEnd, unitSet } from './characters.ts';
import { readChinese, readFractionWords } from './chinese.ts';
import { readChineseScale } from './chineseScale.ts';
import { inHours, readClock, withoutTimesOfDay } from './clock.ts';
import { BEFORE_NUMBERS } from '../units/currencyNames.ts';
import { readDate } from './dates.ts';
import { readDigits } from './digits.ts';
import { opensNumber, readEnglish } from './english.ts';
import { equal, multiply, ONE, powerOfTen, rational } from './rational.ts';
import { readPrefix } from '../units/prefixes.ts';
import { readSign } from './signs.ts';
import { readTail, type Spoken, withSpokenTail } from './spokenTails.ts';
import type { NumberToken, Token } from './tokens.ts';
import { NO_UNIT } from '../units/unitNames.ts';
import { joinUnits, opensBracket, withBracket } from '../units/unitBrackets.ts';
import { readUnits, type Subject } from '../units/units.ts';

/** What a number or a date can start with, besides words and a dot before a digit. */
const OPENERS = unitSet('0123456789零〇一二两三四五六七八九壹贰叁参肆伍陆柒捌玖十拾百千万廿卅卌半民');
const DOT = 0x2e;
const MONTHS = new Set('jan feb mar apr may jun jul aug sep oct nov dec'.split(' '));
/** "Qwen2.5", "GPT-4": a name with a number in it. Currencies and what stands in NO_NAMES are read as what they are. */
const NAME_BEFORE = /(?<![A-Za-z])([A-Za-z]{1,12})-?$/;
const NO_NAMES = new Set([...BEFORE_NUMBERS, 'fy', 'rs', 'x', 'is']);
const NAME_AFTER = /^[DGPVC](?![a-z])/;
const ORDINAL_END = /^(?:th|st|nd|rd)\b/;
/**
 * A text with more numbers than this is a list, a loop or very long reasoning: of what follows only the end is read,
 * where its answer would stand.
 */
const MOST_AT_START = 600;
const END = 3000;

/**
 * Every number and date of a cleaned text, in order, without overlap. The work grows with the length of the text:
 * each reader looks at a bounded stretch or at what it takes.
 */
export function scan(text: string, subject: Subject): readonly Token[] {
  const tokens: Token[] = [];
  let previousEnd = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const isLetter = isLatin(code);
    if (!isLetter && OPENERS[code] !== 1 && !(code === DOT && isDigit(text.charCodeAt(at + 1)))) {
      at++;
      continue;
    }
    const skipped = isLetter ? wordWithoutNumber(text, at) : figuresWithoutNumber(text, at, code);
    if (skipped > 0) {
      at += skipped;
      continue;
    }
    const token = readToken(text, at, previousEnd, subject, isDigit(code) || code === DOT, isLetter);
    if (token === null) {
      at = isLetter ? lettersEnd(text, at) : at + 1;
      continue;
    }
    if (token !== 'name') tokens.push(token);
    at = token === 'name' ? nameEnd(text, at) : Math.max(token.end, at + 1);
    previousEnd = at;
    if (tokens.length === MOST_AT_START) at = Math.max(at, text.length - END);
  }
  return subject === 'time' ? withoutTimesOfDay(text, tokens) : tokens;
}

/** How long the word is at `at`, if no number and no date starts with it; else 0. */
function wordWithoutNumber(text: string, at: number): number {
  const word = text.slice(at, lettersEnd(text, at));
  return opensNumberOrDate(word.toLowerCase()) && !isLoneArticle(text, at, word) ? 0 : word.length;
}

/**
 * How many figures at `at` are no number of their own: the zeros of "RMB'000 58,159,881", the dots of "..5", the
 * exponents of names ("cm^2", "s^-1").
 */
function figuresWithoutNumber(text: string, at: number, code: number): number {
  const before = text.charCodeAt(at - 1);
  if (code === DOT) return before === DOT ? 1 : 0;
  if (before === CARET || (before === HYPHEN && text.charCodeAt(at - 2) === CARET)) return exponentLength(text, at);
  return code === ZERO && before === QUOTE && text.startsWith('000', at) ? 3 : 0;
}

const ZERO = 0x30;
const QUOTE = 0x27;
const HYPHEN = 0x2d;
const CARET = 0x5e;

function exponentLength(text: string, at: number): number {
  const power = text[at - 1] === '-' ? at - 2 : at - 1;
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  return isLatin(text.charCodeAt(power - 1)) ? end - at : 0;
}

function opensNumberOrDate(word: string): boolean {
  return opensNumber(word) || MONTHS.has(word.slice(0, 3));
}

/** What makes an article a number: "a hundred", "an hour". */
const COUNTED =
  /[ \t\u2009-]{1,2}(?:hundred|thousand|million|billion|trillion|hour|minute|second|day|week|dozen|third|quarter|fifth|sixth|eighth|tenth)/iy;

function isLoneArticle(text: string, at: number, word: string): boolean {
  if (word.length > 2 || !/^an?$/i.test(word)) return false;
  COUNTED.lastIndex = at + word.length;
  return !COUNTED.test(text);
}

function readToken(
  text: string,
  at: number,
  from: number,
  subject: Subject,
  isDigit: boolean,
  isLetter: boolean,
): Token | 'name' | null {
  const date = readDate(text, at);
  if (date !== null) return { kind: 'date', start: at, end: date.end, date };
  if (isDigit) {
    if (isBehindLetter(text, at, from) && isInName(text.slice(Math.max(from, at - 14), at))) return 'name';
    const clock = subject === 'time' ? readClock(text, at) : null;
    if (clock !== null) return inHours(complete(text, at, from, subject, clock));
    const digits = readDigits(text, at);
    const isBeforeLetter = isLatin(text.charCodeAt(digits.end));
    if (digits.amount !== null && isBeforeLetter) {
      const behind = text.slice(digits.end, digits.end + 3);
      if (ORDINAL_END.test(behind)) return subject === 'other' ? place(at, digits) : 'name';
      if (NAME_AFTER.test(behind)) return 'name';
    }
    const spoken = digitFraction(text, at, digits) ?? readTail(text, readChineseScale(text, digits));
    return inParts(complete(text, at, from, subject, spoken), spoken);
  }
  if (isLetter) {
    const words = readEnglish(text, at, subject === 'other') ?? (subject === 'time' ? readArticle(text, at) : null);
    return words === null ? null : complete(text, at, from, subject, ofOne(text, words, subject));
  }
  if (text[at] === '半') return readLeadingHalf(text, at, from, subject);
  const numeral = readChinese(text, at);
  if (numeral === null) return null;
  const spoken = readTail(text, numeral);
  return inParts(complete(text, at, from, subject, spoken), spoken);
}

/** 百分之五 and 三成 are said of a hundred, 千分之五 of a thousand. */
function inParts(token: NumberToken, { parts }: Spoken): NumberToken {
  if (parts === undefined) return token;
  const factor = multiply(powerOfTen(2), rational(1n, parts.n));
  return { ...token, unit: { kind: 'percent', factor } };
}

/** "21st" */
function place(start: number, { amount, end }: Read): NumberToken {
  const weak = amount === null ? null : { ...amount, weak: true };
  const none = { unit: NO_UNIT, scaleWords: false, contradiction: false, negativeBy: null, role: 'value' } as const;
  return { kind: 'number', start, end: end + 2, amount: weak, ...none };
}

/** "a quarter of an hour", "half of a million": the fraction is said of one unit or scale, where such a word follows. */
function ofOne(text: string, read: Read, subject: Subject): Read {
  if (read.amount === null || read.amount.value.d === 1n) return read;
  const skipped = / of an?(?= [a-z])/iy;
  skipped.lastIndex = read.end;
  if (!skipped.test(text)) return read;
  const { unit, scale } = readUnits(text, skipped.lastIndex, subject);
  return unit.kind === 'none' && scale === null ? read : { ...read, end: skipped.lastIndex };
}

function isInName(before: string): boolean {
  const word = NAME_BEFORE.exec(before)?.[1];
  return word !== undefined && !NO_NAMES.has(word.toLowerCase());
}

/** "n2" and "n-2": only then can the figures belong to a name. */
function isBehindLetter(text: string, at: number, from: number): boolean {
  const last = text[at - 1] === '-' ? at - 2 : at - 1;
  return last >= from && isLatin(text.charCodeAt(last));
}

/** "3分之1". */
function digitFraction(text: string, at: number, read: Read): Spoken | null {
  if (text[read.end] !== '分' && text[read.end] !== '又') return null;
  const digits = text.slice(at, read.end);
  return /^\d{1,20}$/.test(digits) ? readFractionWords(text, read.end, BigInt(digits)) : null;
}

/** Adds sign, currency, scale words and unit to what was read at `at`. */
function complete(text: string, at: number, from: number, subject: Subject, read: Read): NumberToken {
  const prefix = readPrefix(text, isDash(text.charCodeAt(at - 1)) ? at - 1 : at, from);
  const sign = readSign(text, prefix?.start ?? at, at, from, read.end);
  const behind = readUnits(text, sign.end, subject);
  const suffix = opensBracket(text, behind.end) ? withBracket(text, sign.end, behind, subject) : behind;
  const { unit, contradiction } = joinUnits(prefix?.unit ?? NO_UNIT, suffix.unit);
  const factor = multiply(prefix?.scale ?? ONE, suffix.scale ?? ONE);
  const scaleWords = !equal(factor, ONE);
  const signed = read.amount !== null && sign.negativeBy !== null ? negated(read.amount) : read.amount;
  const amount = signed === null || !scaleWords ? signed : scaled(signed, factor, text.slice(sign.end, suffix.end));
  const token: NumberToken = {
    kind: 'number',
    start: sign.start,
    end: suffix.end,
    amount,
    unit,
    scaleWords,
    contradiction: contradiction || suffix.contradiction || (prefix?.scale != null && suffix.scale !== null),
    negativeBy: sign.negativeBy,
    role: 'value',
  };
  return withSpokenTail(text, token);
}

function isDash(code: number): boolean {
  return code === 0x2d || code === 0x2013;
}

/** "an hour" */
function readArticle(text: string, at: number): Read | null {
  const article = /^an? (?=(?:hour|minute|second|day|week)\b)/i.exec(text.slice(at, at + 10))?.[0];
  return article === undefined ? null : { amount: spokenAmount(ONE, true), end: at + article.length - 1 };
}

/** "半小时", and "个半小时" for one and a half; "一半" has its own reader. */
function readLeadingHalf(text: string, at: number, from: number, subject: Subject): NumberToken | null {
  const end = text[at + 1] === '个' ? at + 2 : at + 1;
  const isOfUnit = readUnits(text, end, subject).unit.kind === 'measure';
  if (!isOfUnit) return null;
  const isWithOne =
    subject === 'time' && text[at - 1] === '个' && at > from && !/[几每这那整各\d]/.test(text[at - 2] ?? '');
  const value = isWithOne ? rational(3n, 2n) : rational(1n, 2n);
  return complete(text, isWithOne ? at - 1 : at, from, subject, { amount: { ...exactAmount(value), weak: true }, end });
}

function nameEnd(text: string, at: number): number {
  const rest = /^[\w.-]{1,40}/.exec(text.slice(at, at + 40))?.[0] ?? '0';
  return at + rest.replace(/[.-]+$/, '').length;
}
