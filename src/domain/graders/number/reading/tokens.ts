import type { Amount } from './amount.ts';
import type { DateRead } from './dates.ts';
import type { Unit } from '../units/unitNames.ts';

/** Why a number in the text is no answer by itself. */
export type Role =
  | 'value'
  /** "in 2024", "2024年": says what the other numbers belong to. */
  | 'year'
  /** Step 3, 附注5, page 12, the "1." of a list. */
  | 'reference'
  /** Part of "16 - 3 - 4 = 9" before its last equals sign. */
  | 'operand';

export interface NumberToken {
  readonly kind: 'number';
  /** Half-open range of the cleaned text, sign, currency and unit included. */
  readonly start: number;
  readonly end: number;
  /** Without the sign that words or parentheses give. Null: something number-like that has no one value. */
  readonly amount: Amount | null;
  readonly unit: Unit;
  /** Scale words that stand with the unit, not in the number: 千元, "RMB'000", "thousand". Null: none. */
  readonly scaleWords: boolean;
  /** "US$58.16 billion yuan". */
  readonly contradiction: boolean;
  readonly negativeBy: 'sign' | 'parentheses' | null;
  readonly role: Role;
}

export interface DateToken {
  readonly kind: 'date';
  readonly start: number;
  readonly end: number;
  readonly date: DateRead;
}

export type Token = NumberToken | DateToken;

/** Whether a text says nothing but this token. */
export function isAlone(text: string, { start, end }: Token): boolean {
  // Bounded, because it is asked of every token.
  return text.length - (end - start) < 40 && !/[\p{L}\p{N}]/u.test(text.slice(0, start) + text.slice(end));
}
