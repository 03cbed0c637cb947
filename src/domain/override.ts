import type { Counts } from './run.ts';
import { countVerdicts } from './run.ts';

/** Characters of a note: some sentences, not a document. */
export const LONGEST_OVERRIDE_NOTE = 2_000;

/**
 * A person's judgement of one answer. It stands beside the automatic verdict, in a record of its own, and never over
 * it: headers, links and comparisons know nothing of it.
 */
export interface Override {
  readonly schema: 1;
  readonly runId: string;
  /** Position in the run's `spec.itemIds`. */
  readonly index: number;
  readonly judged: 'right' | 'wrong';
  /** Why, in the person's words; '' for none. */
  readonly note: string;
  /** ISO 8601, UTC. */
  readonly judgedAt: string;
}

/** What a run's accuracy is by its grader, and what it would be if a person's judgements counted. */
export interface JudgedByHand {
  readonly scored: number;
  readonly correctByGrader: number;
  readonly correctByHand: number;
  /** Judgements that count: those of items that have a score. */
  readonly judgements: number;
  /** Of these, the ones that contradict the grader. */
  readonly contradicting: number;
}

/** Judgements of items that are pending or unscored change nothing: there is no answer that they could be about. */
export function judgedByHand(verdicts: string, overrides: readonly Override[]): JudgedByHand {
  const counts: Counts = countVerdicts(verdicts);
  const counting = overrides.filter(({ index }) => /[cint]/.test(verdicts[index] ?? '.'));
  const lifted = counting.filter(({ index, judged }) => judged === 'right' && verdicts[index] !== 'c').length;
  const lowered = counting.filter(({ index, judged }) => judged === 'wrong' && verdicts[index] === 'c').length;
  return {
    scored: counts.correct + counts.incorrect + counts.noAnswer + counts.truncated,
    correctByGrader: counts.correct,
    correctByHand: counts.correct + lifted - lowered,
    judgements: counting.length,
    contradicting: lifted + lowered,
  };
}
