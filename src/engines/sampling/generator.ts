/**
 * Numbers from a seed: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS
 * 47, 2021; reference code at prng.di.unimi.it, public domain), its four words of state filled from the seed by
 * SplitMix32 as the authors advise. Math.random cannot be seeded.
 */
export interface Generator {
  /** From 0 to below 1, in steps of 2⁻⁵³. */
  next(): number;
}

/** `seed`: whole, from 0 to 2³² − 1. */
export function generator(seed: number): Generator {
  const state = new Uint32Array(4);
  const fill = splitMix32(seed);
  for (let i = 0; i < state.length; i += 1) state[i] = fill();
  return { next: () => fraction(next32(state), next32(state)) };
}

/** 27 bits of one number above 26 of another, as in Matsumoto's genrand_res53. */
function fraction(high: number, low: number): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

function next32(s: Uint32Array): number {
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = s;
  const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9) >>> 0;
  const t2 = s2 ^ s0;
  const t3 = s3 ^ s1;
  s[0] = s0 ^ t3;
  s[1] = s1 ^ t2;
  s[2] = t2 ^ (s1 << 9);
  s[3] = rotate(t3, 11);
  return result;
}

function rotate(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** The 32-bit finaliser of MurmurHash3 over a Weyl sequence (Steele, Lea and Flood, OOPSLA 2014, in 32 bits). */
export function splitMix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}
