import { describe, expect, test } from 'vitest';
import type { Sampled } from '#domain';
import { bestToken, chooser, draw, penalise } from '../../../src/engines/sampling/index.ts';

const plain: Sampled = {
  kind: 'sampled',
  ...{ temperature: 1, topP: 1, topK: null, minP: 0, repetitionPenalty: 1, seed: 1 },
};
const logitsOf = (probabilities: readonly number[]): Float32Array => Float32Array.from(probabilities, Math.log);

function drawMany(sampling: Sampled, probabilities: readonly number[], times: number): number[] {
  const choose = chooser(sampling);
  return Array.from({ length: times }, () => choose(logitsOf(probabilities), []) ?? -1);
}

/** Σ (observed − expected)² / expected over the tokens that can come. */
function chiSquare(drawn: readonly number[], expected: readonly number[]): number {
  return expected.reduce((sum, p, id) => {
    const seen = drawn.filter((x) => x === id).length;
    if (p === 0) return seen === 0 ? sum : Infinity;
    return sum + (seen - p * drawn.length) ** 2 / (p * drawn.length);
  }, 0);
}

describe('the tokens that are drawn follow the distribution', () => {
  const given = [0.5, 0.25, 0.15, 0.07, 0.03];
  /** A right sampler exceeds it for one seed in a thousand; the seeds here are fixed. Table of χ², p = 0.001. */
  const limits = [10.83, 13.82, 16.27, 18.47];
  const cases: readonly [string, Partial<Sampled>, readonly number[]][] = [
    ['as it is', {}, given],
    ['cut to the three best', { topK: 3 }, [5 / 9, 2.5 / 9, 1.5 / 9, 0, 0]],
    ['cut by topP', { topP: 0.8 }, [5 / 9, 2.5 / 9, 1.5 / 9, 0, 0]],
    ['cut by minP', { minP: 0.4 }, [2 / 3, 1 / 3, 0, 0, 0]],
    ['sharpened: squares at temperature 0.5', { temperature: 0.5 }, squares(given)],
  ];
  test.each(cases)('%s', (_, change, expected) => {
    const freedom = expected.filter((p) => p > 0).length - 1;
    for (const seed of [1, 2, 4_294_967_295]) {
      const drawn = drawMany({ ...plain, ...change, seed }, given, 20_000);
      expect(chiSquare(drawn, expected)).toBeLessThan(limits[freedom - 1] ?? NaN);
    }
  });

  test('the test itself would notice a few hundredths', () => {
    const drawn = drawMany(plain, [0.48, 0.27, 0.15, 0.07, 0.03], 20_000);
    expect(chiSquare(drawn, given)).toBeGreaterThan(limits[3] ?? NaN);
  });
});

function squares(p: readonly number[]): number[] {
  const total = p.reduce((sum, x) => sum + x * x, 0);
  return p.map((x) => (x * x) / total);
}

describe('seeds', () => {
  const flat = new Array<number>(50).fill(1 / 50);
  test('the same gives the same tokens', () => {
    expect(drawMany(plain, flat, 64)).toEqual(drawMany(plain, flat, 64));
  });
  test('another gives others', () => {
    expect(drawMany({ ...plain, seed: 2 }, flat, 64)).not.toEqual(drawMany(plain, flat, 64));
    expect(drawMany({ ...plain, seed: 0 }, flat, 64)).not.toEqual(drawMany(plain, flat, 64));
  });
});

describe('the repetition penalty', () => {
  test('divides positive logits and multiplies negative ones, once for each token', () => {
    const logits = Float32Array.of(2, -2, 3, 1);
    penalise(logits, [0, 1, 1, 0, 0], 2);
    expect([...logits]).toEqual([1, -4, 3, 1]);
  });
  test('of 1 changes nothing, and ids beyond the vocabulary do no harm', () => {
    const logits = Float32Array.of(2, -2);
    penalise(logits, [0, 1], 1);
    penalise(logits, [77], 5);
    expect([...logits]).toEqual([2, -2]);
  });
  test('comes before the cuts: the best token is no longer the best', () => {
    const choose = chooser({ ...plain, topK: 1, repetitionPenalty: 3 });
    expect(choose(Float32Array.of(3, 2, 1), [0])).toBe(1);
  });
});

describe('greedy', () => {
  test('takes the largest, of equal ones the first', () => {
    expect(bestToken(Float32Array.of(-3, 5, 5, 4))).toBe(1);
    expect(chooser({ kind: 'greedy' })(Float32Array.of(-3, -1), [])).toBe(1);
  });
  test('takes none where a logit is no number', () => {
    expect(bestToken(Float32Array.of(9, NaN, 1))).toBeNull();
    expect(bestToken(new Float32Array(3).fill(-Infinity))).toBeNull();
    expect(chooser(plain)(Float32Array.of(NaN, 1), [])).toBeNull();
  });
});

test('a drawn number reaches the first and the last token, and no further', () => {
  const left = { ids: [7, 8, 9], weights: [1, 0.5, 0.5] };
  expect([0, 0.499, 0.5, 0.749, 0.75, 1 - 2 ** -53].map((at) => draw(left, at))).toEqual([7, 7, 8, 8, 9, 9]);
});
