import { multiply, negate, ONE, powerOfTen, type Rational, ZERO } from './rational.ts';

/**
 * A number as it was written, without its unit: its value, and how exactly it was shown, which decides whether it may
 * stand for a number in another scale.
 */
export interface Amount {
  readonly value: Rational;
  /** Size of the last shown place ("581.6亿": 10^7). 0 for a form without places, such as a fraction. */
  readonly place: Rational;
  /** Significant digits shown. */
  readonly digits: number;
  /** Product of the scale words that belong to the number ("581.6亿": 10^8); 1 where there are none. */
  readonly scale: Rational;
  /** The scale words as written, to explain the place: "亿", " billion". */
  readonly scaleText: string;
  /** In `words` and with a `power` of ten the scale belongs to the number itself: it names no unit. */
  readonly form: 'digits' | 'words' | 'power';
  /** "0.333…": the digits go on; they were cut, not rounded. */
  readonly continues: boolean;
  /** A small word ("one", 一) that is more often not a number than one. */
  readonly weak: boolean;
}

/** What a reader found: an amount that ends before index `end`; null is something number-like with no one value. */
export interface Read {
  readonly amount: Amount | null;
  readonly end: number;
}

/** More digits than any quantity has. Longer runs are not read: their arithmetic would only cost time. */
export const MOST_DIGITS = 60;

export const UNREADABLE = null;

export function plainAmount(value: Rational, place: Rational, digits: number): Amount {
  return { value, place, digits, scale: ONE, scaleText: '', form: 'digits', continues: false, weak: false };
}

/** An amount without decimal places. */
export function exactAmount(value: Rational): Amount {
  return plainAmount(value, ZERO, 0);
}

/**
 * An integer written in words: zeros at its end were not said, so the last shown place is that of the last digit that
 * is not zero (五百八十一亿六千万: 10^7, four digits).
 */
export function spokenAmount(value: Rational, weak: boolean): Amount {
  const digits = value.n.toString();
  let shown = digits.length;
  while (shown > 1 && digits[shown - 1] === '0') shown--;
  const place = powerOfTen(digits.length - shown);
  const scale = value.n === 0n ? ONE : largestGroup(place);
  const shownPlace = value.d === 1n ? place : ZERO;
  return { value, place: shownPlace, digits: shown, scale, scaleText: '', form: 'words', continues: false, weak };
}

/** 万 or 亿, a thousand or a million: the scale in which such a place is spoken. */
function largestGroup(place: Rational): Rational {
  return place.n >= 1000n ? place : ONE;
}

export function scaled(amount: Amount, factor: Rational, text: string): Amount {
  const { digits, form, continues, weak } = amount;
  const [value, place] = [multiply(amount.value, factor), multiply(amount.place, factor)];
  const scale = multiply(amount.scale, factor);
  return { value, place, digits, scale, scaleText: amount.scaleText + text, form, continues, weak };
}

export function negated(amount: Amount): Amount {
  return { ...amount, value: negate(amount.value) };
}
