import { clean } from '../../extract/text/clean.ts';
import type { Gold } from '../../suite.ts';
import { readCompactDate, readDate } from './reading/dates.ts';
import { readRange } from './candidates/ranges.ts';
import { divide, equal, multiply, ONE, powerOfTen, type Rational } from './reading/rational.ts';
import { scan } from './reading/scan.ts';
import type { NumberToken } from './reading/tokens.ts';
import { type Dimension, type Unit, UNITS } from './units/unitNames.ts';
import type { Subject } from './units/units.ts';

/** What the gold asks for. Values are in the gold's own unit and scale. */
export type Expected =
  | { readonly kind: 'plain'; readonly value: Rational }
  /** No unit is known: any unit is allowed. */
  | { readonly kind: 'unknown'; readonly value: Rational }
  | {
      readonly kind: 'money';
      readonly value: Rational;
      readonly currencies: readonly string[];
      readonly scale: Rational;
    }
  | { readonly kind: 'percent' | 'points'; readonly value: Rational }
  | { readonly kind: 'measure'; readonly value: Rational; readonly dimension: Dimension; readonly factor: Rational }
  /** A unit that we do not know: numbers without a unit or with an unknown one. */
  | { readonly kind: 'named'; readonly value: Rational; readonly name: string }
  | { readonly kind: 'date'; readonly year: number; readonly month: number; readonly day: number }
  | { readonly kind: 'range'; readonly low: Rational; readonly high: Rational };

const SCALES: Readonly<Record<string, number>> = {
  ...{ one: 0, ten: 1, hundred: 2, thousand: 3, ten_thousand: 4, wan: 4, million: 6, ten_million: 7 },
  ...{ hundred_million: 8, yi: 8, billion: 9, trillion: 12 },
};

const MONEY = /^([A-Z]{3})(?::([a-z_-]+))?$/;

function scaleOf(name = 'one'): Rational | null {
  const power = SCALES[name.replaceAll('-', '_')];
  return power === undefined ? null : powerOfTen(power);
}

/** The scale that a unit names and no grader knows, "CNY:thousands", or null: such a gold is compared as a text. */
export function unknownScale(unit: string): string | null {
  const name = MONEY.exec(unit)?.[2];
  return name === undefined || scaleOf(name) !== null ? null : name;
}

/** What a gold asks for, or null where it is no number, date or range: then it is a span. */
export function expectedOf(gold: Gold): Expected | null {
  const { value: text, unit } = gold;
  if (unit === 'text' || text.length > 200) return null;
  if (unit === 'date') return dateOf(text);
  if (unit === 'range') return rangeOf(text);
  if (unit === undefined) return dateOf(text) ?? rangeOf(text) ?? ownUnitOf(text);
  const subject = subjectOfUnit(unit);
  const token = onlyNumber(text, subject);
  if (token?.amount == null) return null;
  const { value } = token.amount;
  if (unit === '') return { kind: 'plain', value };
  const money = MONEY.exec(unit);
  if (money !== null) {
    const scale = scaleOf(money[2]);
    // Read as one, a scale of thousands that is misspelt would make every right answer wrong.
    if (scale === null) return null;
    const inScale = token.scaleWords || token.unit.kind === 'money' ? divide(value, scale) : value;
    return { kind: 'money', value: inScale, currencies: [money[1] ?? ''], scale };
  }
  const named = UNITS.get(nameOf(unit));
  return named === undefined || named.kind === 'none' ? { kind: 'named', value, name: unit } : inUnit(value, named);
}

/** Decides what short unit words mean in an answer to this gold. */
export function subjectOf(expected: Expected): Subject {
  if (expected.kind === 'money') return 'money';
  return expected.kind === 'measure' ? expected.dimension : 'other';
}

function subjectOfUnit(unit: string): Subject {
  if (/^[A-Z]{3}(?::|$)/.test(unit)) return 'money';
  const named = UNITS.get(nameOf(unit));
  return named?.kind === 'measure' ? named.dimension : 'other';
}

/** "percentage_point" as "percentage point". */
function nameOf(unit: string): string {
  return unit.toLowerCase().replaceAll('_', ' ');
}

function inUnit(value: Rational, unit: Exclude<Unit, { kind: 'none' }>): Expected {
  switch (unit.kind) {
    case 'money':
      return { kind: 'money', value, currencies: unit.currencies, scale: unit.factor };
    case 'percent':
    case 'points':
      return { kind: unit.kind, value: multiply(value, unit.factor) };
    case 'measure':
      return { kind: 'measure', value, dimension: unit.dimension, factor: unit.factor };
  }
}

/** A gold without a unit field may carry its unit itself: "12.5%", "58,159,881千元". */
function ownUnitOf(text: string): Expected | null {
  const token = onlyNumber(text, 'other');
  if (token?.amount == null) return null;
  const { amount, unit } = token;
  if (unit.kind === 'none') return { kind: 'unknown', value: amount.value };
  if (unit.kind !== 'money') return inUnit(amount.value, unit);
  const { scale } = amount;
  return { ...unit, kind: 'money', value: divide(amount.value, equal(scale, ONE) ? ONE : scale), scale };
}

/** The one number that is the whole text. */
function onlyNumber(text: string, subject: Subject): NumberToken | null {
  const mapped = clean(text);
  const [token, second] = scan(mapped.text, subject);
  if (token?.kind !== 'number' || second !== undefined) return null;
  const around = mapped.text.slice(0, token.start) + mapped.text.slice(token.end);
  return around.trim() === '' ? token : null;
}

function dateOf(text: string): Expected | null {
  const mapped = clean(text.trim()).text;
  const date = readDate(mapped, 0) ?? readCompactDate(mapped, 0);
  if (date?.year == null || date.month === null || date.day === null || date.end !== mapped.length) return null;
  return date.ambiguous ? null : { kind: 'date', year: date.year, month: date.month, day: date.day };
}

function rangeOf(text: string): Expected | null {
  const mapped = clean(text.trim()).text;
  const ranges = readRange(mapped, scan(mapped, 'other'));
  const [range, second] = ranges;
  if (range?.bounds == null || second !== undefined || range.start !== 0 || range.end !== mapped.length) return null;
  return { kind: 'range', low: range.bounds.low, high: range.bounds.high };
}
