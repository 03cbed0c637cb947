import { originalSpan, type Mapped } from '../extract/text/mapped.ts';
import type { Choice } from '../extract/choice/choice.ts';
import type { Offer, Rejection } from '../extract/choice/offer.ts';
import type { Candidate, Extraction, FinishReason, Note, RejectedBecause, Verdict, WrongReason } from '../verdict.ts';

/** What a grader says of one offered candidate. */
export type Judgement =
  | { readonly right: true; readonly notes: readonly Note[] }
  | { readonly right: false; readonly reason: WrongReason; readonly notes: readonly Note[] };

/** Something number-like that was no candidate. */
export interface Discarded {
  readonly start: number;
  readonly end: number;
  readonly because: RejectedBecause;
}

export interface ReportInput<T> {
  readonly output: string;
  readonly mapped: Mapped;
  readonly choice: Choice<T>;
  readonly discarded: readonly Discarded[];
  /** Of the extraction: thinking removed, cut at a new example. */
  readonly notes: readonly Note[];
  readonly finish: FinishReason;
  readonly unclosedThinking: boolean;
  judge(offer: Offer<T>): Judgement;
}

/** More would only make a stored verdict long; the first ones explain as much. */
const MOST_REJECTED = 20;

/** The verdict on a choice: all that was offered as the answer must be right. */
export function report<T>(input: ReportInput<T>): Verdict {
  const { choice, notes } = input;
  const isUncommitted = choice.kind === 'chosen' && ['last-number', 'whole-output'].includes(choice.commitment);
  if (input.unclosedThinking && (choice.kind !== 'chosen' || isUncommitted)) {
    return input.finish === 'length'
      ? { kind: 'truncated', where: 'thinking', notes }
      : { kind: 'noAnswer', reason: 'unclosed-thinking', notes };
  }
  switch (choice.kind) {
    case 'cut':
      return { kind: 'truncated', where: 'answer', notes };
    case 'none': {
      const code = choice.reason === 'abstained' ? 'abstained' : 'nothing-found';
      const isEmpty = input.output.trim() === '';
      return { kind: 'noAnswer', reason: isEmpty ? 'empty' : choice.reason, notes: [...notes, { code, params: {} }] };
    }
    case 'several': {
      const extraction = extractionOf(input, choice.offers, choice.commitment, choice.rejected, []);
      const { judgement } = firstWrong(input, choice.offers);
      if (choice.why === 'hedge' && judgement.right)
        return { kind: 'graded', correct: true, ...extraction, notes: [...notes, ...judgement.notes] };
      return { kind: 'graded', correct: false, reason: choice.why, ...extraction, notes };
    }
    case 'chosen':
      return judgeChosen(input, choice);
  }
}

function judgeChosen<T>(input: ReportInput<T>, choice: Extract<Choice<T>, { kind: 'chosen' }>): Verdict {
  const { offer, judgement } = firstWrong(input, choice.offers);
  const extraction = extractionOf(input, [offer], choice.commitment, choice.rejected, [
    ...input.notes,
    ...judgement.notes,
  ]);
  const afterLength: readonly Note[] = input.finish === 'length' ? [{ code: 'answer-before-the-cut', params: {} }] : [];
  const notes = [...extraction.notes, ...afterLength];
  if (choice.otherKey !== null) {
    const all = [...notes, { code: 'other-key', params: { key: choice.otherKey } } as const];
    return { kind: 'graded', correct: false, reason: 'wrong-row-or-year', ...extraction, notes: all };
  }
  return judgement.right
    ? { kind: 'graded', correct: true, ...extraction, notes }
    : { kind: 'graded', correct: false, reason: judgement.reason, ...extraction, notes };
}

/** The first offer that is wrong, or the first one where all are right. */
function firstWrong<T>(
  input: ReportInput<T>,
  offers: readonly [Offer<T>, ...Offer<T>[]],
): { readonly offer: Offer<T>; readonly judgement: Judgement } {
  const [first, ...more] = offers;
  const judgement = input.judge(first);
  if (!judgement.right) return { offer: first, judgement };
  for (const offer of more) {
    const next = input.judge(offer);
    if (!next.right) return { offer, judgement: next };
  }
  return { offer: first, judgement };
}

function extractionOf<T>(
  input: ReportInput<T>,
  offers: readonly [Offer<T>, ...Offer<T>[]],
  commitment: Extraction['commitment'],
  rejections: readonly Rejection<T>[],
  notes: readonly Note[],
): Extraction {
  const end = Math.max(...offers.map((o) => o.end));
  const answer = candidate(input, Math.min(...offers.map((o) => o.start)), end);
  const rejected = [
    ...input.discarded,
    ...rejections.map(({ offer, because }) => ({ start: offer.start, end: offer.end, because })),
  ]
    .slice(-MOST_REJECTED)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end: to, because }) => ({ ...candidate(input, start, to), because }));
  return { answer, commitment, rejected, notes };
}

function candidate(input: { readonly output: string; readonly mapped: Mapped }, start: number, end: number): Candidate {
  const span = originalSpan(input.mapped, start, end);
  return { span, text: input.output.slice(span.start, span.end) };
}
