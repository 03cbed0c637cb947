import type { Note, WrongReason } from '../../verdict.ts';
import type { Amount } from './reading/amount.ts';
import type { Expected } from './expected.ts';
import {
  absolute,
  atMost,
  divide,
  equal,
  multiply,
  ONE,
  powerOfTen,
  rational,
  type Rational,
} from './reading/rational.ts';
import { show, subtract, terminates, ZERO } from './reading/rational.ts';
import type { NumberToken } from './reading/tokens.ts';

export type Comparison =
  | { readonly right: true; readonly notes: readonly Note[] }
  | { readonly right: false; readonly reason: WrongReason; readonly notes: readonly Note[] };

/** An expected number (not a date, not a range). */
export type ExpectedNumber = Exclude<Expected, { kind: 'date' | 'range' }>;

/** How a number was offered: as the token stands, with its sign settled. */
export interface Offered {
  readonly token: NumberToken;
  readonly amount: Amount;
  /** As it stands in the output. */
  readonly text: string;
  /** "千元" or " thousand CNY", to write a converted number. */
  readonly unitLabel: string;
}

const HALF = rational(1n, 2n);
const HUNDREDTH = powerOfTen(-2);

/** Whether an offered number is the expected one. Exact in the same unit; see `converted` for another scale. */
export function compare(offered: Offered, expected: ExpectedNumber): Comparison {
  const { token, amount } = offered;
  if (token.contradiction) return wrong('wrong-unit', note('contradictory-unit'));
  const { unit } = token;
  switch (expected.kind) {
    case 'plain':
      return unit.kind === 'percent'
        ? exactly(scale(amount, multiply(unit.factor, HUNDREDTH)), expected.value)
        : exactly(amount, expected.value);
    case 'unknown': {
      const ownScale = equal(amount.scale, ONE) ? amount : scale(amount, divide(ONE, amount.scale));
      if (exactly(ownScale, expected.value).right) return exactly(ownScale, expected.value);
      return exactly(
        unit.kind === 'percent' ? scale(amount, multiply(unit.factor, HUNDREDTH)) : amount,
        expected.value,
      );
    }
    case 'money':
      return compareMoney(offered, expected);
    case 'percent':
    case 'points':
      if (unit.kind === 'none') return exactly(amount, expected.value, 'bare-number-read-in-unit');
      if (unit.kind !== expected.kind) return wrong('wrong-unit', note('other-unit'));
      return exactly(scale(amount, unit.factor), expected.value);
    case 'measure':
      if (unit.kind === 'none') return exactly(amount, expected.value, 'bare-number-read-in-unit');
      if (unit.kind !== 'measure' || unit.dimension !== expected.dimension)
        return wrong('wrong-unit', note('other-unit'));
      return converted(offered, divide(unit.factor, expected.factor), expected.value);
    case 'named':
      return unit.kind === 'none' || unit.kind === 'measure'
        ? exactly(amount, expected.value)
        : wrong('wrong-unit', note('other-unit'));
  }
}

function compareMoney(offered: Offered, expected: Extract<Expected, { kind: 'money' }>): Comparison {
  const { token, amount } = offered;
  const { unit } = token;
  const inTable = divide(ONE, expected.scale);
  if (unit.kind === 'money') {
    if (!unit.currencies.some((c) => expected.currencies.includes(c))) {
      return wrong('wrong-scale', note('explicit-other-currency', { given: offered.text }));
    }
    return converted(offered, multiply(unit.factor, inTable), expected.value);
  }
  if (unit.kind !== 'none') return wrong('wrong-unit', note('other-unit'));
  if (isBare(token)) {
    const bare = exactly(amount, expected.value, 'bare-number-read-in-unit');
    // 五百八十一亿六千万 without 元 is spoken like 581.6亿.
    if (bare.right || amount.form !== 'words' || equal(amount.scale, ONE)) return bare;
  }
  return converted(offered, inTable, expected.value);
}

/** No unit, and no scale words that would be a part of one. */
function isBare(token: NumberToken): boolean {
  if (token.unit.kind !== 'none' || token.scaleWords || token.amount === null) return false;
  return token.amount.form !== 'digits' || equal(token.amount.scale, ONE);
}

/**
 * In the same unit: exact equality. In another scale or unit: within half of the last shown place, with at least three
 * significant digits. Never a relative tolerance. `factor` turns the written unit into the expected one.
 */
function converted(offered: Offered, factor: Rational, expected: Rational): Comparison {
  const { amount } = offered;
  const value = multiply(amount.value, factor);
  const isSameUnit = equal(multiply(amount.scale, factor), ONE);
  const params = { given: offered.text.trim(), converted: show(value), unit: offered.unitLabel };
  if (equal(value, expected))
    return { right: true, notes: [note(isSameUnit ? 'exact' : 'converted-exactly', isSameUnit ? {} : params)] };
  if (isSameUnit || equal(amount.place, ZERO)) return wrongValue(value, expected, offered);
  const isNear = atMost(absolute(subtract(value, expected)), multiply(multiply(amount.place, factor), HALF));
  if (!isNear) return wrongValue(value, expected, offered);
  const place = `${show(divide(amount.place, amount.scale))}${amount.scaleText}`;
  const details = { ...params, half: show(multiply(multiply(amount.place, factor), HALF)), place };
  return amount.digits >= 3
    ? { right: true, notes: [note('converted', details)] }
    : wrong('wrong-value', note('too-coarse', { ...details, digits: String(amount.digits) }));
}

/** A power of ten between what was said and what is right is a matter of scale. */
function wrongValue(value: Rational, expected: Rational, offered: Offered): Comparison {
  const { amount } = offered;
  const places = (offered.token.unit.kind === 'money' || !equal(amount.scale, ONE) ? powersOfTen() : []).find((power) =>
    atMost(absolute(subtract(multiply(value, power), expected)), multiply(halfPlace(amount, value, power), ONE)),
  );
  const isScale = places !== undefined && !equal(expected, ZERO) && amount.digits >= 3;
  return isScale
    ? wrong('wrong-scale', note('explicit-other-scale', { given: offered.text.trim() }))
    : wrong('wrong-value');
}

function halfPlace(amount: Amount, value: Rational, power: Rational): Rational {
  if (equal(amount.value, ZERO)) return ZERO;
  const relative = divide(multiply(amount.place, HALF), absolute(amount.value));
  return absolute(multiply(multiply(relative, value), power));
}

function powersOfTen(): readonly Rational[] {
  return [-9, -8, -6, -4, -3, -2, -1, 1, 2, 3, 4, 6, 8, 9].map(powerOfTen);
}

function exactly(amount: Amount, expected: Rational, code: Note['code'] = 'exact'): Comparison {
  if (equal(amount.value, expected)) return { right: true, notes: [note(code)] };
  // 1/3 has no last digit: what is shown of it must be rounded (or, before an ellipsis, cut) rightly.
  const error = subtract(expected, amount.value);
  const showsPlaces = !equal(amount.place, ZERO) && atMost(amount.place, powerOfTen(-1)) && amount.digits >= 3;
  const unending = !terminates(expected) && showsPlaces && equal(amount.scale, ONE);
  const isCut =
    amount.continues && atMost(absolute(error), amount.place) && atMost(absolute(amount.value), absolute(expected));
  if (unending && (atMost(absolute(error), multiply(amount.place, HALF)) || isCut)) {
    return { right: true, notes: [note('rounded-to-shown-digits', { digits: String(amount.digits) })] };
  }
  return wrong('wrong-value');
}

function scale(amount: Amount, factor: Rational): Amount {
  return { ...amount, value: multiply(amount.value, factor), place: multiply(amount.place, factor) };
}

function wrong(reason: WrongReason, ...notes: readonly Note[]): Comparison {
  return { right: false, reason, notes };
}

function note(code: Note['code'], params: Note['params'] = {}): Note {
  return { code, params };
}
