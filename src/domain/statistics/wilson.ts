export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** 97.5 % point of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/**
 * Wilson score interval, 95 %, for `successes` of `n` independent trials (E. B. Wilson, JASA 22 (1927) 209–212):
 * (p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n). Stays inside [0, 1] and is right for 0 and for all.
 * Throws a RangeError unless 0 ≤ successes ≤ n and n ≥ 1, both whole.
 */
export function wilson(successes: number, n: number): Interval {
  if (!Number.isInteger(successes) || !Number.isInteger(n) || n < 1 || successes < 0 || successes > n) {
    throw new RangeError(`wilson: ${successes} of ${n}`);
  }
  const p = successes / n;
  const z2 = Z95 * Z95;
  const centre = p + z2 / (2 * n);
  const half = Z95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // The ends are exact where they must be: rounding would leave 1e-17 at 0 of n.
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === n ? 1 : (centre + half) / scale,
  };
}
