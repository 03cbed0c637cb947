import { groupByPassage } from '../passages.ts';
import type { RunHeader } from '../run.ts';
import { clustered, passAtK, passHatK, t95, wilson, type Interval } from '../statistics/index.ts';
import type { Suite } from '../suite.ts';

/** What repeats come to. All of it over the items that every repeat scored. */
export interface RepeatFigures {
  readonly repeats: number;
  readonly items: readonly RepeatedItem[];
  /** Items that some repeat did not score. */
  readonly leftOut: number;
  /** Share of right answers over items and repeats. */
  readonly mean: number;
  /**
   * Standard error of `mean`, from both sources of chance: which items were asked (by passages), and which answers were
   * drawn. The variance of the item means holds both (E. Miller, "Adding error bars to evals", 2024, section 3).
   */
  readonly error: number;
  /** 95 %, cut to [0, 1]. */
  readonly interval: Interval;
  /**
   * Share of error² that comes from drawing: what more repeats would take away. The rest only more items would. Null for
   * one repeat, which cannot tell, and where nothing varies.
   */
  readonly drawing: number | null;
  /** Passages and items without one. */
  readonly clusters: number;
  /** Accuracy of each repeat, in the order of the runs. */
  readonly each: readonly number[];
  readonly least: number;
  readonly most: number;
  /** For k = 1, 2, 4, … and the number of repeats. */
  readonly pass: readonly PassFigures[];
  /** Items that all, some, none of the repeats have right. */
  readonly always: number;
  readonly sometimes: number;
  readonly never: number;
}

export interface RepeatedItem {
  readonly itemId: string;
  /** Position in `spec.itemIds`, which is the same in every repeat. */
  readonly index: number;
  /** Repeats that have it right. */
  readonly correct: number;
}

export interface PassFigures {
  readonly k: number;
  /** Mean of pass@k: at least one of k answers is right. */
  readonly any: number;
  /** Mean of pass^k: all of k answers are right. */
  readonly all: number;
  /** Standard errors by passages. */
  readonly anyError: number;
  readonly allError: number;
}

/**
 * `runs`: of one group (`Repeats.runs`), at least one. `suite`: says which items share a passage; null: each item stands
 * alone. Null where no item was scored in all of them.
 */
export function repeatFigures(runs: readonly RunHeader[], suite: Suite | null): RepeatFigures | null {
  const itemIds = runs[0]?.spec.itemIds ?? [];
  const items = repeatedItems(runs);
  if (items.length === 0) return null;
  const repeats = runs.length;
  const meanOf = (value: (item: RepeatedItem) => number) => clustered(grouped(items, value, suite));
  const shares = meanOf(({ correct }) => correct / repeats);
  const { mean, n, clusters } = shares;
  const drawn = drawingVariance(items, repeats);
  // Item means that happen to be equal would leave no error at all, although every one of them was drawn.
  const variance = Math.max(clusters > 1 ? shares.error ** 2 : 0, drawn);
  const error = Math.sqrt(variance);
  const each = runs.map(({ verdicts }) => items.filter(({ index }) => verdicts[index] === 'c').length / n);
  return {
    repeats,
    items,
    leftOut: itemIds.length - items.length,
    mean,
    error,
    interval: intervalOf(mean, error, n, clusters),
    drawing: repeats < 2 || variance === 0 ? null : drawn / variance,
    clusters,
    each,
    least: Math.min(...each),
    most: Math.max(...each),
    pass: powersUpTo(repeats).map((k) => {
      const any = meanOf(({ correct }) => passAtK(repeats, correct, k));
      const all = meanOf(({ correct }) => passHatK(repeats, correct, k));
      return { k, any: any.mean, all: all.mean, anyError: finite(any.error), allError: finite(all.error) };
    }),
    always: items.filter(({ correct }) => correct === repeats).length,
    sometimes: items.filter(({ correct }) => correct > 0 && correct < repeats).length,
    never: items.filter(({ correct }) => correct === 0).length,
  };
}

/** The items that every run scored, with how many have each right. */
export function repeatedItems(runs: readonly RunHeader[]): readonly RepeatedItem[] {
  const itemIds = runs[0]?.spec.itemIds ?? [];
  return itemIds.flatMap((itemId, index) => {
    const letters = runs.map(({ verdicts }) => verdicts[index] ?? '.');
    if (letters.some((letter) => letter === '.' || letter === 'u')) return [];
    return [{ itemId, index, correct: letters.filter((letter) => letter === 'c').length }];
  });
}

/**
 * Variance of the mean that comes from drawing alone: Σᵢ sᵢ²/K / n², with sᵢ² = c(K−c)/(K(K−1)), the unbiased variance
 * of one item's answers. 0 for one repeat, which cannot tell.
 */
function drawingVariance(items: readonly RepeatedItem[], repeats: number): number {
  if (repeats < 2) return 0;
  const within = items.reduce((sum, { correct }) => sum + (correct * (repeats - correct)) / (repeats - 1), 0);
  return within / (repeats * repeats * items.length ** 2);
}

/** Where nothing varies, all is right or all is wrong: Wilson over the items, as repeats of one item add none. */
function intervalOf(mean: number, error: number, n: number, clusters: number): Interval {
  if (error === 0 || clusters < 2) return wilson(Math.round(mean * n), n);
  const half = t95(clusters - 1) * error;
  return { low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}

function grouped(
  items: readonly RepeatedItem[],
  value: (item: RepeatedItem) => number,
  suite: Suite | null,
): readonly (readonly number[])[] {
  const values = items.map((item) => ({ itemId: item.itemId, value: value(item) }));
  return suite === null ? values.map((one) => [one.value]) : groupByPassage(values, suite);
}

/** 1, 2, 4, … and `most` itself. */
function powersUpTo(most: number): readonly number[] {
  const powers = Array.from({ length: Math.floor(Math.log2(most)) + 1 }, (_, n) => 2 ** n);
  return powers.includes(most) ? powers : [...powers, most];
}

/** One passage has no error that could be estimated. */
function finite(error: number): number {
  return Number.isFinite(error) ? error : 0;
}
