import type { Counts } from './run.ts';
import { wilson, type Interval } from './statistics/index.ts';

export interface Metrics {
  /** Items asked and judged: everything but pending and unscored. */
  readonly scored: number;
  readonly correct: number;
  /** Correct over scored; null where nothing is scored. Truncated and unanswered items count as not correct. */
  readonly accuracy: number | null;
  /** Wilson 95 % interval of `accuracy`; null where nothing is scored. */
  readonly interval: Interval | null;
  /** Correct over the scored items that were not truncated; null where there is none. */
  readonly accuracyOfFinished: number | null;
}

/** Unscored items say nothing about the model: they leave the denominator, and their count is always shown beside. */
export function metricsOf(counts: Counts): Metrics {
  const scored = counts.correct + counts.incorrect + counts.noAnswer + counts.truncated;
  const finished = scored - counts.truncated;
  return {
    scored,
    correct: counts.correct,
    accuracy: scored === 0 ? null : counts.correct / scored,
    interval: scored === 0 ? null : wilson(counts.correct, scored),
    accuracyOfFinished: finished === 0 ? null : counts.correct / finished,
  };
}
