import { cautionsOf, type Caution, type Incomparable } from '../compare.ts';
import { LEAST_PASSAGES } from '../decide.ts';
import { groupByPassage } from '../passages.ts';
import type { RunHeader } from '../run.ts';
import {
  clusterBootstrap,
  clustered,
  DETECTABLE_ERRORS,
  minimumDetectableEffect,
  pOfT,
  type Interval,
} from '../statistics/index.ts';
import type { Suite } from '../suite.ts';
import { repeatedItems } from './figures.ts';

/** Two groups of repeats, or one against a single run: paired by item, each item with its mean over the repeats. */
export interface RepeatComparison {
  /** Items that all runs of both sides scored. */
  readonly n: number;
  readonly means: readonly [number, number];
  /** Of each side. */
  readonly repeats: readonly [number, number];
  /** First minus second. */
  readonly difference: number;
  /** 95 %, by drawing passages (items without one stand alone) with a fixed seed; null for fewer than two. */
  readonly interval: Interval | null;
  /** Two-sided, from the clustered t of the paired differences: for Holm's correction. 1 where nothing differs. */
  readonly p: number;
  /** Smallest true difference that would show with 80 % power, by the spread that these differences have. */
  readonly detectable: number;
  /** Passages and items without one. */
  readonly clusters: number;
  /** Whether some passage has several of the items. */
  readonly byPassages: boolean;
  /** `few`: too few clusters to decide anything. */
  readonly conclusion: 'first-better' | 'second-better' | 'not-distinguishable' | 'few';
  readonly cautions: readonly Caution[];
}

export type ComparedRepeats =
  | { readonly kind: 'compared'; readonly result: RepeatComparison }
  | { readonly kind: 'incomparable'; readonly because: Incomparable };

const ALPHA = 0.05;

/** Any seed does: the same runs must always show the same interval. */
const SEED = 1;

/**
 * `first`, `second`: each the runs of one group, at least one. A greedy run has no luck in it: its item means are what it
 * got. That of a sampled one is in the spread of the differences, so it needs no term of its own.
 */
export function compareRepeats(
  first: readonly [RunHeader, ...RunHeader[]],
  second: readonly [RunHeader, ...RunHeader[]],
  suite: Suite | null,
): ComparedRepeats {
  if (first[0].spec.suite.hash !== second[0].spec.suite.hash) return { kind: 'incomparable', because: 'other-suite' };
  const others = new Map(repeatedItems(second).map(({ itemId, correct }) => [itemId, correct / second.length]));
  const pairs = repeatedItems(first).flatMap(({ itemId, correct }) => {
    const other = others.get(itemId);
    return other === undefined ? [] : [{ itemId, means: [correct / first.length, other] as const }];
  });
  if (pairs.length === 0) return { kind: 'incomparable', because: 'no-common-items' };
  const values = pairs.map(({ itemId, means: [a, b] }) => ({ itemId, value: a - b }));
  const groups = suite === null ? values.map(({ value }) => [value]) : groupByPassage(values, suite);
  const { mean: difference, error, clusters } = clustered(groups);
  const interval = clusterBootstrap(groups, { seed: SEED });
  const p = error > 0 && clusters > 1 ? pOfT(difference / error, clusters - 1) : 1;
  const meanOf = (side: 0 | 1): number => pairs.reduce((sum, { means }) => sum + means[side], 0) / pairs.length;
  return {
    kind: 'compared',
    result: {
      n: pairs.length,
      means: [meanOf(0), meanOf(1)],
      repeats: [first.length, second.length],
      difference,
      interval,
      p,
      detectable: detectableOf(groups, error, pairs.length),
      clusters,
      byPassages: groups.some((group) => group.length > 1),
      conclusion: conclude(interval, clusters, p),
      cautions: cautionsOf(first[0], second[0]).filter((caution) => caution !== 'one-draw'),
    },
  };
}

/**
 * By the spread of the differences; where fewer clusters differ at all than could decide anything, that spread is not
 * known, and no less is assumed than for two runs.
 */
function detectableOf(groups: readonly (readonly number[])[], error: number, n: number): number {
  const assumed = minimumDetectableEffect(n);
  if (groups.length < 2) return assumed;
  const differing = groups.filter((group) => group.some((value) => value !== 0)).length;
  return differing < LEAST_PASSAGES ? Math.max(assumed, DETECTABLE_ERRORS * error) : DETECTABLE_ERRORS * error;
}

/** Few clusters make a bootstrap sure too early, and t does not know a skewed spread: better only where both say so. */
function conclude(interval: Interval | null, clusters: number, p: number): RepeatComparison['conclusion'] {
  if (interval === null || clusters < LEAST_PASSAGES) return 'few';
  // Where every difference is the same, no spread is left that t could measure.
  const sure = p < ALPHA || (interval.low === interval.high && interval.low !== 0);
  if (sure && interval.low > 0) return 'first-better';
  return sure && interval.high < 0 ? 'second-better' : 'not-distinguishable';
}
