import type { Commitment, FinishReason } from '../../verdict.ts';
import type { Asked } from '../question/asked.ts';
import type { Committed } from '../commitments/commitments.ts';
import type { Offer, Rejection } from './offer.ts';
import type { QuestionKey } from '../question/questionKey.ts';
import type { Sentences } from '../text/sentences.ts';
import type { YearMark } from '../question/yearLabels.ts';

/** An output prepared for the choice between its candidates. All ranges are of the cleaned text. */
export interface ReadText {
  readonly text: string;
  /** Cleaned too; empty where it is not known. */
  readonly question: string;
  /** The values of the numbers that the question gives, as `Offer.value` has them without a unit. */
  readonly givens: ReadonlySet<string>;
  /** The candidates are numbers and quantities: no dates, no ranges. */
  readonly quantities: boolean;
  readonly sentences: Sentences;
  readonly commitments: readonly Committed[];
  /** `stop` also where the model went on to an example of its own. */
  readonly finish: FinishReason;
}

/** What of an output could be the answer. */
export interface Candidates<T> {
  /** In the order of the text. */
  readonly offers: readonly Offer<T>[];
  /** The years that the output names, and those of the question: they say what a candidate belongs to. */
  readonly years: readonly YearMark[];
  readonly questionYears: readonly YearMark[];
  /** Unitless mathematics: without a commitment the last number is the answer. */
  readonly lastCounts: boolean;
  /** A number may be tied to the question by its row: not among the steps of a calculation. */
  readonly rowsCount: boolean;
}

/** What the choice works on. Negated offers are apart. */
export interface ChoiceInput<T> extends ReadText {
  readonly offers: readonly Offer<T>[];
  readonly negated: readonly Offer<T>[];
  readonly key: QuestionKey;
  readonly asked: Asked;
  /** The years that label: not those that only say of when a left out number is. */
  readonly years: readonly YearMark[];
  readonly labels: ReadonlyMap<Offer, number | null>;
  readonly lastCounts: boolean;
  readonly rowsCount: boolean;
}

export type Choice<T> =
  | {
      readonly kind: 'chosen';
      /** The answer, and what it was said again as ("58,159,881千元（约581.6亿元）"): all must be right. */
      readonly offers: readonly [Offer<T>, ...Offer<T>[]];
      readonly commitment: Commitment;
      readonly rejected: readonly Rejection<T>[];
      /** The year of which the answer was said, where that is not the one asked for. */
      readonly otherKey: string | null;
    }
  | {
      readonly kind: 'several';
      readonly why: 'hedge' | 'loop';
      readonly offers: readonly [Offer<T>, ...Offer<T>[]];
      readonly commitment: Commitment;
      readonly rejected: readonly Rejection<T>[];
    }
  /** The budget ran out before an answer was committed. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'none'; readonly reason: 'abstained' | 'nothing-found' | 'loop' };

const OPENS_SENTENCE = /^ {0,2}\. +[A-Z]/;
/** "Answer: 1. First": the number of a step. */
const LIST_MARK = /(?:^|[:：\n]) ?1$/;

/**
 * Whether a candidate that ends at `end` may have been going on when the budget ran out: "1" of "18", "58,159,881" of
 * "58,159,881千元", "18." of "18.5". A new sentence behind it closes it: "18. Because".
 */
export function touchesEnd(text: string, end: number): boolean {
  if (
    text.length - end >= 24 ||
    (OPENS_SENTENCE.test(text.slice(end)) && !LIST_MARK.test(text.slice(0, end).slice(-4)))
  )
    return false;
  return /^[ .,，]{0,3}(?:[A-Za-z]{0,12}|[\u4e00-\u9fff]{0,2})[ ]?$/.test(text.slice(end));
}
