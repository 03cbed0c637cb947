import { askedIn } from './asked.ts';
import type { Candidates, Choice, ChoiceInput, ReadText } from './choice.ts';
import { fromCommitments } from './fromCommitments.ts';
import { fromText } from './fromText.ts';
import { offersBoth } from './hedge.ts';
import { isNegated } from './negation.ts';
import type { Offer } from './offer.ts';
import { questionKey } from './questionKey.ts';
import { labelYears } from './yearLabels.ts';

export interface Chosen<T> {
  readonly choice: Choice<T>;
  /** Candidates that the text says are not the answer. */
  readonly negated: readonly Offer<T>[];
}

/** The one answer among the candidates, or why there is none. */
export function choose<T>(read: ReadText, candidates: Candidates<T>): Chosen<T> {
  const { text, sentences } = read;
  const negated = negatedOnes(text, candidates.offers);
  const offers = candidates.offers.filter((o) => !negated.has(o));
  const labelled = offers.filter((o) => o.tier < 2 && !o.weak);
  const input: ChoiceInput<T> = {
    ...read,
    offers,
    negated: [...negated],
    asked: askedIn(read.question, read.givens),
    key: questionKey(read.question, candidates.questionYears),
    labels: labelYears(text, sentences, candidates.years, labelled),
    lastCounts: candidates.lastCounts,
    rowsCount: candidates.rowsCount,
  };
  return { choice: fromCommitments(input) ?? fromText(input), negated: input.negated };
}

/** "not 12 or 15, but 18": a negation holds for what is offered along with the negated candidate. */
function negatedOnes<T>(text: string, offers: readonly Offer<T>[]): ReadonlySet<Offer<T>> {
  const negated = new Set<Offer<T>>();
  let before: Offer<T> | undefined;
  for (const offer of offers) {
    const isAlong = before !== undefined && negated.has(before) && offersBoth(text, before, offer, false);
    if (isAlong || isNegated(text, offer.start, offer.end)) negated.add(offer);
    before = offer;
  }
  return negated;
}
