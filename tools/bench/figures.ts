/** Medians, and how far a ratio can be trusted. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

export interface Ratio {
  readonly ratio: number;
  /** Bounds of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;

/**
 * The median of the rounds' ratios, with a percentile bootstrap over rounds (Efron and Tibshirani 1993, chapter 13). Each
 * round's two sides were measured one right after the other, so whatever else the machine did met both.
 */
export function ratioOver(rounds: readonly number[]): Ratio {
  let state = 1;
  // Numerical Recipes' 32-bit generator: the same interval each time the same figures are given.
  const below = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(rounds.map(() => rounds[below(rounds.length)] ?? NaN)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => medians[Math.round(share * (RESAMPLES - 1))] ?? NaN;
  return { ratio: rounded(median(rounds)), low: rounded(at(0.025)), high: rounded(at(0.975)) };
}

export function rounded(x: number, digits = 3): number {
  return Number(x.toFixed(digits));
}
