import { askedIn } from '../question/asked.ts';
import { levels, yearsOfLevels } from '../question/changes.ts';
import type { Candidates, Choice, ChoiceInput, ReadText } from './choice.ts';
import { corrected } from '../commitments/correction.ts';
import { withoutDisowned } from '../commitments/disowned.ts';
import { fromCommitments } from '../commitments/fromCommitments.ts';
import { fromText } from './fromText.ts';
import { isOneOf, offersBoth } from './hedge.ts';
import { isNegated } from './negation.ts';
import type { Offer } from './offer.ts';
import { questionKey } from '../question/questionKey.ts';
import { rivalOf } from './rivals.ts';
import { isUnfinished } from '../commitments/unfinished.ts';
import { labelYears } from '../question/yearLabels.ts';

export interface Chosen<T> {
  readonly choice: Choice<T>;
  /** Candidates that the text says are not the answer. */
  readonly negated: readonly Offer<T>[];
}

/** The one answer among the candidates, or why there is none. */
export function choose<T>(read: ReadText, candidates: Candidates<T>): Chosen<T> {
  const { text, sentences } = read;
  const standing = withoutDisowned(text, sentences, read.commitments, candidates.offers);
  const negated = new Set([...negatedOnes(text, candidates.offers), ...standing.disowned]);
  const positive = candidates.offers.filter((o) => !negated.has(o));
  const asked = askedIn(read.question, read.givens);
  const key = questionKey(read.question, candidates.questionYears);
  const all = { kept: positive, dropped: [] };
  const level = candidates.lastCounts || !read.quantities ? all : levels(text, positive, asked, key.year);
  const offers = level.kept;
  const labelled = offers.filter((o) => o.tier < 2 && !o.weak);
  const years = yearsOfLevels(candidates.years, text, level);
  const input: ChoiceInput<T> = {
    ...read,
    commitments: standing.commitments,
    offers,
    negated: [...negated],
    asked,
    key,
    years,
    labels: labelYears(text, sentences, years, labelled),
    lastCounts: candidates.lastCounts,
    rowsCount: candidates.rowsCount,
  };
  const choice = fromCommitments(input) ?? inPlaceOf(input, fromText(input));
  return { choice: choice.kind === 'chosen' ? settled(input, choice) : choice, negated: input.negated };
}

/** What takes the place of an uncommitted value at once: "58 billion … no, it is 51 billion". */
function inPlaceOf<T>(input: ChoiceInput<T>, choice: Choice<T>): Choice<T> {
  if (input.lastCounts || !('offers' in choice)) return choice;
  const [answer, ...more] = choice.offers;
  const correction = corrected(input, answer, answer.end, false);
  if (correction === null || correction === 'retracted') return choice;
  const superseded = [answer, ...more].filter((o) => o !== correction);
  const rejected = superseded.map((offer) => ({ offer, because: 'superseded' }) as const);
  return { kind: 'chosen', offers: [correction], commitment: 'last-number', rejected, otherKey: null };
}

function settled<T>(input: ChoiceInput<T>, choice: Extract<Choice<T>, { kind: 'chosen' }>): Choice<T> {
  const isLast = choice.commitment === 'last-number' || choice.commitment === 'whole-output';
  const end = choice.offers[0].end;
  if (isLast && input.lastCounts && isUnfinished(input.text, end)) return { kind: 'none', reason: 'nothing-found' };
  return withRival(input, choice);
}

/** What is offered along with the chosen answer makes it a hedge. */
function withRival<T>(input: ChoiceInput<T>, choice: Extract<Choice<T>, { kind: 'chosen' }>): Choice<T> {
  const { offers, commitment, rejected } = choice;
  const rival = rivalOf(input.text, input.commitments, input.offers, offers[0]);
  if (rival === null) return choice;
  const both = rival.start < offers[0].start ? ([rival, offers[0]] as const) : ([offers[0], rival] as const);
  return { kind: 'several', why: 'hedge', offers: both, commitment, rejected };
}

/** 不是12就是15 */
function isEither(text: string, offer: Offer, after: Offer | undefined): boolean {
  if (after === undefined || after.start - offer.end > 8) return false;
  return isOneOf(text.slice(Math.max(0, offer.start - 4), offer.start), text.slice(offer.end, after.start));
}

/** "not 12 or 15, but 18": a negation holds for what is offered along with the negated candidate. */
function negatedOnes<T>(text: string, offers: readonly Offer<T>[]): ReadonlySet<Offer<T>> {
  const negated = new Set<Offer<T>>();
  offers.forEach((offer, i) => {
    const [before, after] = [offers[i - 1], offers[i + 1]];
    const isAlong = before !== undefined && negated.has(before) && offersBoth(text, before, offer, false);
    if (isAlong || (isNegated(text, offer.start, offer.end) && !isEither(text, offer, after))) negated.add(offer);
  });
  return negated;
}
