import { describe, expect, it } from 'vitest';
import { mcNemarExact, minimumDetectableEffect, wilson } from '#domain';

/** A second way to the same figures: binomial coefficients by whole numbers. */
function mcNemarByCounting(b: number, c: number): number {
  const n = b + c;
  let ways = 1n;
  let tail = 0n;
  for (let k = 0; k <= Math.min(b, c); k += 1) {
    if (k > 0) ways = (ways * BigInt(n - k + 1)) / BigInt(k);
    tail += ways;
  }
  return Math.min(1, Number((2n * tail * 10n ** 15n) / 2n ** BigInt(n)) / 1e15);
}

describe('wilson', () => {
  it.each([
    [0, 20, 0, 0.1611],
    [13, 20, 0.4329, 0.8188],
    [20, 20, 0.8389, 1],
  ])('%i of %i', (successes, n, low, high) => {
    const interval = wilson(successes, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it.each([
    [1, 0],
    [-1, 5],
    [6, 5],
    [0.5, 5],
  ])('refuses %d of %d', (successes, n) => {
    expect(() => wilson(successes, n)).toThrow(RangeError);
  });
});

describe('mcNemarExact', () => {
  it('gives the published reference values', () => {
    expect(mcNemarExact(8, 2)).toBeCloseTo(0.1094, 4);
    expect(mcNemarExact(15, 5)).toBeCloseTo(0.0414, 4);
    expect(mcNemarExact(0, 0)).toBe(1);
  });

  it('agrees with counting in whole numbers', () => {
    for (const [b, c] of [
      [0, 1],
      [5, 5],
      [30, 12],
      [120, 80],
      [700, 640],
    ] as const) {
      expect(mcNemarExact(b, c)).toBeCloseTo(mcNemarByCounting(b, c), 9);
      expect(mcNemarExact(c, b)).toBe(mcNemarExact(b, c));
    }
  });
});

describe('minimumDetectableEffect', () => {
  it.each([
    [50, 0.177],
    [100, 0.125],
    [300, 0.072],
    [1000, 0.04],
  ])('n = %i', (n, effect) => {
    expect(minimumDetectableEffect(n)).toBeCloseTo(effect, 3);
  });
});
