import type { ChoiceInput } from '../choice/choice.ts';
import { countBefore, distinct, type Offer, type Rejection, within } from '../choice/offer.ts';
import { bestRows } from './rowLabels.ts';
import { PRIOR, type YearMark } from './yearLabels.ts';

/** What ties a number to the question: the one year that it names, and its words. */
export interface QuestionKey {
  /** Cleaned text of the question; empty where it is not known. */
  readonly question: string;
  /** Null where the question names no year, or several. */
  readonly year: number | null;
  /** The question asks for a year: years are candidates. */
  readonly asksYear: boolean;
}

const ASKS_YEAR = /\b(?:which|what) year\b|\bwhen\b|哪一?年|何年|几几年|什么时候/i;

export function questionKey(question: string, marks: readonly YearMark[]): QuestionKey {
  const years = new Set(marks.map((m) => m.year));
  const [year = null] = years;
  return { question, year: years.size === 1 ? year : null, asksYear: ASKS_YEAR.test(question) };
}

/** The year of which a candidate is said, where the question asks for another one. */
export function otherYear(
  input: { readonly key: QuestionKey; readonly labels: ReadonlyMap<Offer, number | null> },
  offer: Offer,
): string | null {
  const label = input.labels.get(offer) ?? null;
  if (input.key.year === null || label === null || label === input.key.year) return null;
  return String(label === PRIOR ? input.key.year - 1 : label);
}

/**
 * The same of a committed answer, which goes before the key: a year counts only in its own sentence and not where that
 * says it of another number, or in a heading above.
 */
export function otherYearOfCommitted(
  input: Pick<ChoiceInput<unknown>, 'text' | 'sentences' | 'key' | 'labels' | 'years' | 'offers'>,
  opens: number,
  offer: Offer,
): string | null {
  const other = otherYear(input, offer);
  if (other === null) return null;
  const { sentences, years } = input;
  const start = sentences.start(sentences.indexAt(Math.min(opens, offer.start)));
  const own = within(years, start, sentences.endAt(offer.start));
  const last = own.at(-1) ?? years[countBefore(years, start) - 1];
  if (last === undefined) return other;
  const isOthers = own.length > 0 && last.end < opens && within(input.offers, last.end, opens).length > 0;
  const isRemark = own.length === 0 && input.text[sentences.endAt(last.start) - 1] !== '\n';
  return isOthers || isRemark ? null : other;
}

export interface Keyed<T> {
  readonly offers: readonly Offer<T>[];
  readonly rejected: readonly Rejection<T>[];
  /** All candidates are said of another year: none of them answers the question. */
  readonly mismatch: boolean;
  /** The key decided: a year said with the candidate, or its row. */
  readonly tied: boolean;
}

/**
 * Keeps the candidates that belong to the question's year and, where several remain, to its row. `rows`: whether rows
 * decide; steps of a calculation have words of the question around every number.
 */
export function byKey<T>(
  text: string,
  key: QuestionKey,
  labels: ReadonlyMap<Offer, number | null>,
  offers: readonly Offer<T>[],
  rows: boolean,
): Keyed<T> {
  const rejected: Rejection<T>[] = [];
  let kept = offers;
  let tied = false;
  if (key.year !== null) {
    const ofYear = offers.filter((o) => labels.get(o) === key.year);
    const unlabelled = offers.filter((o) => (labels.get(o) ?? null) === null);
    kept = ofYear.length > 0 ? ofYear : unlabelled;
    if (kept.length === 0) return { offers, rejected, mismatch: offers.length > 0, tied: false };
    tied = ofYear.length > 0;
    rejected.push(...without(offers, kept));
  }
  if (rows && distinct(kept) > 1) {
    const rows = bestRows(text, key.question, kept);
    if (rows.length > 0 && distinct(rows) === 1) {
      rejected.push(...without(kept, rows));
      kept = rows;
      tied = true;
    }
  }
  return { offers: kept, rejected, mismatch: false, tied };
}

function without<T>(all: readonly Offer<T>[], kept: readonly Offer<T>[]): readonly Rejection<T>[] {
  const set = new Set(kept);
  return all.filter((o) => !set.has(o)).map((offer) => ({ offer, because: 'other-key' }));
}
