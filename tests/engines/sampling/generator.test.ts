import { expect, test } from 'vitest';
import { generator, splitMix32 } from '../../../src/engines/sampling/generator.ts';

/** xoshiro128** 1.1 once more, in big integers, straight from the authors' C code. */
function reference(seed: number): () => number {
  const fill = splitMix32(seed);
  const s = [0, 0, 0, 0].map(() => BigInt(fill()));
  const low = (x: bigint): bigint => x & 0xffffffffn;
  const rotl = (x: bigint, k: bigint): bigint => low(x << k) | (x >> (32n - k));
  return () => {
    const [s0 = 0n, s1 = 0n, s2 = 0n, s3 = 0n] = s;
    const result = low(rotl(low(s1 * 5n), 7n) * 9n);
    const t = low(s1 << 9n);
    let [a, b, c, d] = [s0, s1, s2, s3];
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11n);
    [s[0], s[1], s[2], s[3]] = [a, b, c, d];
    return Number(result);
  };
}

test.each([0, 1, 42, 4_294_967_295])('seed %i gives the numbers of the published algorithm', (seed) => {
  const ours = generator(seed);
  const theirs = reference(seed);
  const expected = Array.from({ length: 1_000 }, () => ((theirs() >>> 5) * 2 ** 26 + (theirs() >>> 6)) / 2 ** 53);
  expect(expected.map(() => ours.next())).toEqual(expected);
});

test('numbers lie from 0 to below 1, and each tenth gets its share', () => {
  const numbers = generator(3);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 50_000; i += 1) {
    const x = numbers.next();
    if (!(x >= 0 && x < 1)) throw new Error(`${x}`);
    const tenth = Math.floor(x * 10);
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  // χ² with 9 degrees of freedom; one right generator in a thousand exceeds it.
  expect(counts.reduce((sum, n) => sum + (n - 5_000) ** 2 / 5_000, 0)).toBeLessThan(27.88);
});
