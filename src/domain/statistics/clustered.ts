import { t95 } from './studentT.ts';
import type { Interval } from './wilson.ts';

export interface Clustered {
  readonly mean: number;
  readonly n: number;
  readonly clusters: number;
  /** As if all values were independent: √(Σ(x−x̄)²/(n(n−1))). 0 for one value. */
  readonly naiveError: number;
  /** (1/n)·√Σ_c(Σᵢ(x_ic−x̄))² · √(C/(C−1)): values of one cluster go together, clusters are few. */
  readonly error: number;
  /** mean ± t·error, with C−1 degrees of freedom, cut to [0, 1] by whoever shows a share. Null for one cluster. */
  readonly interval: Interval | null;
  /** (error/naiveError)²; 1 where the naive error is 0. Above 1, the items say less than their number. */
  readonly designEffect: number;
}

/**
 * Mean and standard error of values in clusters: several questions on one passage are not independent (E. Miller,
 * "Adding error bars to evals", 2024; the factor for few clusters is that of the sandwich estimator CR1).
 * Throws a RangeError where there is no value.
 */
export function clustered(groups: readonly (readonly number[])[]): Clustered {
  const filled = groups.filter((group) => group.length > 0);
  const values = filled.flat();
  const n = values.length;
  if (n === 0) throw new RangeError('clustered: no values');
  const mean = sum(values) / n;
  const naiveError = Math.sqrt(sum(values.map((x) => (x - mean) ** 2)) / (n * Math.max(1, n - 1)));
  const clusters = filled.length;
  const between = sum(filled.map((group) => sum(group.map((x) => x - mean)) ** 2));
  const plain = Math.sqrt(between) / n;
  const error = clusters > 1 ? plain * Math.sqrt(clusters / (clusters - 1)) : Infinity;
  const half = clusters > 1 ? t95(clusters - 1) * error : 0;
  return {
    mean,
    n,
    clusters,
    naiveError,
    error,
    interval: clusters > 1 ? { low: mean - half, high: mean + half } : null,
    designEffect: naiveError === 0 ? 1 : (error / naiveError) ** 2,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
