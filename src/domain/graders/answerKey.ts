import { clean } from '../extract/text/clean.ts';
import { RIGHT } from '../repeats/majority.ts';
import type { Item } from '../suite.ts';
import type { Verdict } from '../verdict.ts';
import { readDate } from './number/reading/dates.ts';
import { expectedOf, subjectOf, type Expected } from './number/expected.ts';
import { divide, multiply, negate, ONE, powerOfTen, show, equal, type Rational } from './number/reading/rational.ts';
import { scan } from './number/reading/scan.ts';
import type { NumberToken } from './number/reading/tokens.ts';
import { normaliseSpan } from './text/normalise.ts';

/**
 * Answers to one item with equal keys are the same answer: what the gold accepts, the same wrong quantity in whatever
 * scale, the same wrong date, option or span. Null where nothing was answered: that votes for nothing.
 */
export function answerKey(verdict: Verdict, item: Pick<Item, 'gold' | 'choices'>): string | null {
  if (verdict.kind !== 'graded') return null;
  if (verdict.correct) return RIGHT;
  const { text } = verdict.answer;
  // "B or C" is another answer than B, although both begin alike.
  if (verdict.reason === 'hedge') return `hedge ${normaliseSpan(text)}`;
  const read =
    item.gold.unit === 'choice' ? letterOf(text, item.choices ?? []) : quantityOf(text, expectedOf(item.gold));
  return read ?? `text ${normaliseSpan(text)}`;
}

/** "B", "(b)", "B. Paris", or the text of an option. */
function letterOf(text: string, choices: readonly string[]): string | null {
  const place = choices.findIndex((choice) => normaliseSpan(choice) === normaliseSpan(text));
  if (place >= 0) return `choice ${String.fromCharCode(65 + place)}`;
  const [, letter] = /^[\s(（[【"'“]*([A-Za-z])(?![\p{L}\p{N}])/u.exec(text.normalize('NFKC')) ?? [];
  return letter === undefined ? null : `choice ${letter.toUpperCase()}`;
}

function quantityOf(text: string, expected: Expected | null): string | null {
  if (expected === null || expected.kind === 'range') return null;
  const cleaned = clean(text).text;
  const tokens = scan(cleaned, subjectOf(expected));
  if (expected.kind === 'date') {
    const [token] = tokens;
    const date = token?.kind === 'date' ? token.date : readDate(cleaned.trim(), 0);
    return date === null || date.ambiguous ? null : `date ${date.year ?? '?'}-${date.month ?? '?'}-${date.day ?? '?'}`;
  }
  const [token, second] = tokens;
  if (token?.kind !== 'number' || second !== undefined || token.amount === null) return null;
  const signed = token.negativeBy === 'parentheses' ? negate(token.amount.value) : token.amount.value;
  const { value, unit } = inGoldsUnit(signed, token, expected);
  return `number ${show(value)}${unit}`;
}

interface InUnit {
  readonly value: Rational;
  /** '' for the gold's own. */
  readonly unit: string;
}

/** As number/compare.ts reads an offered number; exact, because two wrong answers have no shown digits to agree by. */
function inGoldsUnit(value: Rational, { unit, amount, scaleWords }: NumberToken, expected: Expected): InUnit {
  const hundredth = powerOfTen(-2);
  if (unit.kind === 'none') {
    const bare = !scaleWords && (amount === null || equal(amount.scale, ONE));
    return { value: expected.kind === 'money' && !bare ? divide(value, expected.scale) : value, unit: '' };
  }
  if (unit.kind === 'money' && expected.kind === 'money') {
    const known = unit.currencies.some((currency) => expected.currencies.includes(currency));
    const inScale = divide(multiply(value, unit.factor), expected.scale);
    return { value: inScale, unit: known ? '' : ` ${unit.currencies.join('/')}` };
  }
  if (unit.kind === 'measure' && expected.kind === 'measure' && unit.dimension === expected.dimension) {
    return { value: divide(multiply(value, unit.factor), expected.factor), unit: '' };
  }
  if (unit.kind === 'percent' && (expected.kind === 'plain' || expected.kind === 'unknown')) {
    return { value: multiply(multiply(value, unit.factor), hundredth), unit: '' };
  }
  if (unit.kind === expected.kind && (unit.kind === 'percent' || unit.kind === 'points')) {
    return { value: multiply(value, unit.factor), unit: '' };
  }
  const other = unit.kind === 'measure' ? unit.dimension : unit.kind;
  return { value, unit: expected.kind === 'named' || expected.kind === 'unknown' ? '' : ` ${other}` };
}
