import { describe, expect, it } from 'vitest';
import {
  clusterBootstrap,
  clustered,
  holm,
  majority,
  mcNemarExact,
  minimumDetectableEffect,
  passAtK,
  passHatK,
  pOfT,
  t95,
  wilson,
} from '#domain';

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

describe('clustered', () => {
  const groups = [
    [1, 1, 1, 0],
    [0, 0, 0, 0],
    [1, 1],
    [1, 0, 1],
  ];

  it('gives the reference values', () => {
    const result = clustered(groups);
    expect(result.mean).toBeCloseTo(0.5385, 4);
    expect(result.naiveError).toBeCloseTo(0.1439, 4);
    expect(result.error).toBeCloseTo(0.2239, 4);
    expect(result.error / Math.sqrt(4 / 3)).toBeCloseTo(0.1939, 4);
    expect(result.interval?.low).toBeCloseTo(result.mean - 3.1824 * result.error, 4);
  });

  it('comes to the naive error where every cluster has one value', () => {
    const single = clustered([[1], [0], [1], [1]]);
    expect(single.error).toBeCloseTo(single.naiveError, 12);
  });

  it('has no interval for one cluster, and refuses none', () => {
    expect(clustered([[1, 0]]).interval).toBeNull();
    expect(() => clustered([[]])).toThrow(RangeError);
  });
});

it.each([
  [1, 12.7062],
  [2, 4.30265],
  [3, 3.18245],
  [10, 2.22814],
  [29, 2.04523],
  [1000, 1.96234],
])('t95(%i)', (df, t) => {
  expect(t95(df)).toBeCloseTo(t, 4);
});

describe('clusterBootstrap', () => {
  const differences = Array.from({ length: 30 }, (_, c) => [c % 3 === 0 ? 1 : 0, c % 5 === 0 ? -1 : 0]);

  it('is the same for the same seed and close to the clustered interval', () => {
    const interval = clusterBootstrap(differences, { seed: 1 });
    expect(interval).toEqual(clusterBootstrap(differences, { seed: 1 }));
    expect(interval).not.toEqual(clusterBootstrap(differences, { seed: 2 }));
    const reference = clustered(differences);
    expect(interval?.low).toBeCloseTo(reference.interval?.low ?? NaN, 1);
    expect(interval?.high).toBeCloseTo(reference.interval?.high ?? NaN, 1);
  });

  it('needs two clusters, none empty', () => {
    expect(clusterBootstrap([[1, 0]], { seed: 1 })).toBeNull();
    expect(() => clusterBootstrap([[1], []], { seed: 1 })).toThrow(RangeError);
  });
});

it('holm multiplies by the tests that are left and never falls', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((p, index) => expect(adjusted[index]).toBeCloseTo(p, 12));
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
});

it('pass@k and pass^k', () => {
  expect(passAtK(10, 3, 5)).toBeCloseTo(0.9167, 4);
  expect(passAtK(10, 0, 5)).toBe(0);
  expect(passAtK(5, 5, 1)).toBe(1);
  expect(passHatK(10, 3, 2)).toBeCloseTo(3 / 45, 12);
  expect(passHatK(10, 3, 4)).toBe(0);
  expect(() => passAtK(5, 6, 1)).toThrow(RangeError);
});

it('majority: no answer does not vote, a tie goes to the first', () => {
  expect(majority(['7', null, '5', '5', null, null])).toBe('5');
  expect(majority(['7', '5'])).toBe('7');
  expect(majority([null])).toBeNull();
});

/** Made with SciPy 1.17: `binomtest(…).proportion_ci(method='wilson')`, `binomtest(min(b, c), b + c)`, `stats.t`. */
describe('agrees with SciPy', () => {
  it.each([
    [1, 7, 0.0256796243, 0.5131278293],
    [60, 120, 0.4119387054, 0.5880612946],
    [117, 120, 0.9290699667, 0.9914618252],
    [499, 1000, 0.4680734888, 0.5299341648],
  ])('on the Wilson interval of %i of %i', (successes, n, low, high) => {
    expect(wilson(successes, n).low).toBeCloseTo(low, 9);
    expect(wilson(successes, n).high).toBeCloseTo(high, 9);
  });

  it.each([
    [8, 2, 0.109375],
    [15, 5, 0.041389465332],
    [1, 12, 0.00341796875],
    [30, 12, 0.007915897335],
    [120, 80, 0.005685155997],
    [700, 640, 0.106979925245],
    [25, 9, 0.009041185491],
  ])('on McNemar’s test of %i against %i', (b, c, p) => {
    expect(mcNemarExact(b, c)).toBeCloseTo(p, 11);
  });

  it.each([
    [0.5, 3, 0.651447964848],
    [-1.7, 5, 0.149876786848],
    [2.5, 29, 0.018325344338],
    [4.2, 10, 0.00182869648],
    [3.1, 119, 0.002415962978],
  ])('on the p of t = %f with %i degrees of freedom', (t, df, p) => {
    expect(pOfT(t, df)).toBeCloseTo(p, 11);
  });

  it.each([
    [7, 2.364624252],
    [119, 1.980099876],
  ])('on t95(%i)', (df, t) => {
    expect(t95(df)).toBeCloseTo(t, 8);
  });

  it.each([
    [32, 1, 8, 0.25, 0],
    [32, 31, 8, 1, 0.75],
    [200, 17, 100, 0.999996367691, 0],
  ])('on pass@k and pass^k of n = %i, c = %i, k = %i', (n, c, k, any, all) => {
    expect(passAtK(n, c, k)).toBeCloseTo(any, 11);
    expect(passHatK(n, c, k)).toBeCloseTo(all, 11);
  });
});
