import { describe, expect, test } from 'vitest';
import { candidates, type Limits } from '../../../src/engines/sampling/candidates.ts';
import { generator } from '../../../src/engines/sampling/generator.ts';

const all: Limits = { temperature: 1, topP: 1, topK: null, minP: 0 };
const logitsOf = (probabilities: readonly number[]): Float32Array => Float32Array.from(probabilities, Math.log);
const ids = (logits: Float32Array, limits: Partial<Limits>): readonly number[] | undefined =>
  candidates(logits, { ...all, ...limits })?.ids;

/** Probabilities that no order of steps confuses: 0.4, 0.3, 0.15, 0.1, 0.05, not in this order. */
const five = logitsOf([0.1, 0.4, 0.05, 0.3, 0.15]);

describe('what is left', () => {
  test('is everything, best first, where nothing cuts', () => {
    const left = candidates(five, all);
    expect(left?.ids).toEqual([1, 3, 4, 0, 2]);
    const sum = left?.weights.reduce((a, b) => a + b, 0) ?? NaN;
    expect(left?.weights.map((w) => +(w / sum).toFixed(4))).toEqual([0.4, 0.3, 0.15, 0.1, 0.05]);
  });

  test('the k best; k beyond the vocabulary cuts nothing; ties at the k-th place stay', () => {
    expect(ids(five, { topK: 2 })).toEqual([1, 3]);
    expect(ids(five, { topK: 99 })).toHaveLength(5);
    expect(ids(logitsOf([0.2, 0.3, 0.3, 0.2]), { topK: 1 })).toEqual([1, 2]);
  });

  test('the smallest set that reaches topP, the token that reaches it included', () => {
    expect(ids(five, { topP: 0.69 })).toEqual([1, 3]);
    expect(ids(five, { topP: 0.71 })).toEqual([1, 3, 4]);
    expect(ids(five, { topP: 0.999 })).toHaveLength(5);
  });

  test('the best token alone where topP is less than its probability', () => {
    expect(ids(five, { topP: 0.1 })).toEqual([1]);
    expect(ids(five, { topP: 1e-9 })).toEqual([1]);
  });

  test('topP counts among the k best: 0.4 of 0.7 is 0.57', () => {
    expect(ids(five, { topK: 2, topP: 0.55 })).toEqual([1]);
    expect(ids(five, { topP: 0.55 })).toEqual([1, 3]);
  });

  test('at least minP times the best one: 0.15 of 0.4 is 0.375', () => {
    expect(ids(five, { minP: 0.37 })).toEqual([1, 3, 4]);
    expect(ids(five, { minP: 0.38 })).toEqual([1, 3]);
    expect(ids(five, { minP: 1 })).toEqual([1]);
  });

  test('temperature comes first: at 2 the ratios are square roots, and topP reaches further', () => {
    // √0.4, √0.3 … over their sum: 0.30, 0.26, 0.18, 0.15, 0.11
    expect(ids(five, { topP: 0.69 })).toHaveLength(2);
    expect(ids(five, { temperature: 2, topP: 0.69 })).toHaveLength(3);
    const left = candidates(five, { ...all, temperature: 2 });
    expect(left?.weights[1]).toBeCloseTo(Math.sqrt(0.3 / 0.4), 6);
  });

  test('a very low temperature leaves the best one with all the weight', () => {
    const left = candidates(five, { ...all, temperature: 0.001 });
    expect(left?.ids[0]).toBe(1);
    expect(left?.weights.slice(1).every((w) => w < 1e-100)).toBe(true);
  });
});

describe('logits that are no numbers', () => {
  test('NaN anywhere gives nothing', () => expect(candidates(Float32Array.of(1, NaN, 3), all)).toBeNull());
  test('so do only infinities', () => expect(candidates(new Float32Array(4).fill(-Infinity), all)).toBeNull());
  test('and a positive one', () => expect(candidates(Float32Array.of(1, Infinity), all)).toBeNull());
  test('a token that is ruled out (−∞) is never left', () => {
    expect(ids(Float32Array.of(0, -Infinity, 1), { topP: 0.9999 })).toEqual([2, 0]);
    expect(candidates(Float32Array.of(0, -Infinity, 1), all)?.weights.at(-1)).toBe(0);
  });
});

/** What the definition says, without any shortcut: sort all, then cut. */
function plainly(logits: Float32Array, { temperature, topK, topP, minP }: Limits): number[] {
  const best = Math.max(...logits);
  let left = [...logits].map((x, id) => ({ id, w: Math.exp((x - best) / temperature) }));
  left.sort((a, b) => b.w - a.w || a.id - b.id);
  if (topK !== null) left = left.filter(({ w }) => w >= (left[Math.min(topK, left.length) - 1]?.w ?? 0));
  const total = left.reduce((sum, { w }) => sum + w, 0);
  let before = 0;
  left = left.filter(({ w }) => {
    const stays = topP >= 1 || before < topP * total;
    before += w;
    return stays;
  });
  return left.filter(({ w }, i) => i === 0 || w >= minP).map(({ id }) => id);
}

test('the shortcuts leave what sorting everything leaves', () => {
  const numbers = generator(2026);
  for (let round = 0; round < 300; round += 1) {
    const logits = Float32Array.from({ length: 400 }, () => Math.log(numbers.next()) * 4 + numbers.next());
    const limits: Limits = {
      temperature: 0.2 + 1.8 * numbers.next(),
      topP: numbers.next() < 0.3 ? 1 : numbers.next(),
      topK: numbers.next() < 0.5 ? null : 1 + Math.floor(numbers.next() * 500),
      minP: numbers.next() < 0.5 ? 0 : numbers.next() / 4,
    };
    expect(ids(logits, limits), JSON.stringify(limits)).toEqual(plainly(logits, limits));
  }
});
