import type { Interval } from './wilson.ts';

/**
 * 95 % percentile interval of the mean of paired differences, by drawing whole clusters with replacement (Davison &
 * Hinkley, Bootstrap Methods, 1997, ch. 3.8). The same seed gives the same interval. Null for fewer than two clusters:
 * one passage says nothing about others. Throws a RangeError where a cluster is empty.
 */
export function clusterBootstrap(
  groups: readonly (readonly number[])[],
  options: { readonly seed: number; readonly draws?: number },
): Interval | null {
  if (groups.some((group) => group.length === 0)) throw new RangeError('clusterBootstrap: an empty cluster');
  if (groups.length < 2) return null;
  const totals = groups.map((group) => ({ sum: group.reduce((a, b) => a + b, 0), n: group.length }));
  const random = mulberry32(options.seed);
  const draws = options.draws ?? 4000;
  const means = Array.from({ length: draws }, () => {
    let sum = 0;
    let n = 0;
    for (let k = 0; k < totals.length; k += 1) {
      const drawn = totals[Math.floor(random() * totals.length)] as { sum: number; n: number };
      sum += drawn.sum;
      n += drawn.n;
    }
    return sum / n;
  }).sort((a, b) => a - b);
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** Linear between the two neighbours (type 7 of Hyndman & Fan). `sorted` is not empty. */
function quantile(sorted: readonly number[], q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}

/** Tommy Ettinger's mulberry32 (public domain): 32 bits of state are enough for a few thousand draws. Uniform [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
