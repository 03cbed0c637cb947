import type { PairedComparison } from './compare.ts';
import { detectableByPassages, groupByPassage } from './passages.ts';
import { clusterBootstrap, type Interval } from './statistics/index.ts';
import type { Suite } from './suite.ts';

/** What two runs come to, and by what it was decided. */
export interface Decision {
  /**
   * `passages`: some passage has several questions, so the interval drawn by passages decides. `few-passages`: there
   * are too few of them for that, and nothing is decided. `items`: every item stands alone, and McNemar's test decides.
   */
  readonly by: 'passages' | 'few-passages' | 'items';
  readonly conclusion: PairedComparison['conclusion'];
  /** First minus second, as a share; null where there are fewer than two passages or the suite is not here. */
  readonly difference: Interval | null;
  /** Passages and items without one, that were counted; null where the suite is not here. */
  readonly passages: number | null;
  /** Smallest difference that would show, as a share. */
  readonly detectable: number;
}

/** Any seed does: the same two runs must always show the same interval. */
const SEED = 1;

/**
 * With fewer, even differences that all point one way are no evidence at 5 %: 2·(½)⁵ = 6 %, 2·(½)⁶ = 3 %. A bootstrap
 * over so few clusters would claim more than that.
 */
export const LEAST_PASSAGES = 6;

/** Decides a comparison; `suite` says which items share a passage. */
export function decide(result: PairedComparison, suite: Suite | null): Decision {
  const counted = result.pairs.filter(({ letters }) => letters.every((letter) => letter !== '.' && letter !== 'u'));
  const values = counted.map(({ itemId, letters }) => ({
    itemId,
    value: Number(letters[0] === 'c') - Number(letters[1] === 'c'),
  }));
  const groups = suite === null ? null : groupByPassage(values, suite);
  const passages = groups?.length ?? null;
  const difference = groups === null ? null : clusterBootstrap(groups, { seed: SEED });
  if (groups === null || groups.every((group) => group.length < 2)) {
    return { by: 'items', conclusion: result.conclusion, difference, passages, detectable: result.detectable };
  }
  const detectable = detectableByPassages(groups);
  const few = groups.length < LEAST_PASSAGES || difference === null;
  const conclusion = few ? undecided(result) : byInterval(result, difference);
  return { by: few ? 'few-passages' : 'passages', conclusion, difference, passages, detectable };
}

function undecided(result: PairedComparison): PairedComparison['conclusion'] {
  return result.conclusion === 'same-verdicts' ? 'same-verdicts' : 'not-distinguishable';
}

function byInterval(result: PairedComparison, { low, high }: Interval): PairedComparison['conclusion'] {
  if (low > 0) return 'first-better';
  return high < 0 ? 'second-better' : undecided(result);
}
