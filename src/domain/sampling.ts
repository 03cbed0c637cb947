import type { Sampling } from './engine.ts';
import { sha256Hex } from './hash.ts';

/** Seeds are whole numbers below this. */
export const SEEDS = 2 ** 32;

/** Most repeats of one run that are asked for at once. */
export const MOST_REPEATS = 32;

export const GREEDY: Sampling = { kind: 'greedy' };

/** `count` samplings that differ in nothing but the seed: `first.seed` and those after it. Greedy: itself, as often. */
export function repeatsFrom(first: Sampling, count: number): readonly Sampling[] {
  return Array.from({ length: count }, (_, n) =>
    first.kind === 'greedy' ? first : { ...first, seed: (first.seed + n) % SEEDS },
  );
}

/**
 * What one item of a run is drawn with: a seed of its own, from the run's seed and the item's id. Else every item of a
 * repeat would begin with the same random number, and a lucky one would lift them all: the standard error of a mean over
 * items takes their luck as independent. It does not depend on the order, so a resumed run draws what it would have
 * drawn. Below 2³¹: llama.cpp reads the highest seed as "any".
 */
export function samplingOfItem(sampling: Sampling, itemId: string): Sampling {
  if (sampling.kind === 'greedy') return sampling;
  const digits = sha256Hex(`${sampling.seed} ${itemId}`).slice(0, 8);
  return { ...sampling, seed: Number.parseInt(digits, 16) >>> 1 };
}

/** "temperature=0.7 topP=0.8 topK=20 seed=1": only what changes anything, for files and commands. */
export function samplingCode(sampling: Sampling): string {
  if (sampling.kind === 'greedy') return 'greedy';
  const { temperature, topP, topK, minP, repetitionPenalty, seed } = sampling;
  return [
    `temperature=${temperature}`,
    ...(topP < 1 ? [`topP=${topP}`] : []),
    ...(topK === null ? [] : [`topK=${topK}`]),
    ...(minP > 0 ? [`minP=${minP}`] : []),
    ...(repetitionPenalty === 1 ? [] : [`repetitionPenalty=${repetitionPenalty}`]),
    `seed=${seed}`,
  ].join(' ');
}

/** Equal but for the seed. */
export function isSameSampling(a: Sampling, b: Sampling): boolean {
  if (a.kind === 'greedy' || b.kind === 'greedy') return a.kind === b.kind;
  return SHARED_VALUES.every((value) => a[value] === b[value]);
}

/** The values of a sampling but its seed, in the order in which they take effect. */
const SHARED_VALUES = ['repetitionPenalty', 'temperature', 'topK', 'topP', 'minP'] as const;
export const SAMPLING_VALUES = [...SHARED_VALUES, 'seed'] as const;
export type SamplingValue = (typeof SAMPLING_VALUES)[number];

/**
 * Of the values that an engine has no field for, so that it takes its own, those that matter: all of them to a drawn
 * run, only the penalty to a greedy one.
 */
export function notTaken(sampling: Sampling, unknown: readonly SamplingValue[]): readonly SamplingValue[] {
  return sampling.kind === 'sampled' ? unknown : unknown.filter((value) => value === 'repetitionPenalty');
}
