/** How the next token is chosen from the model's logits, for every engine whose logits we see. */
import type { Sampled, Sampling } from '#domain';
import { candidates, type Candidates } from './candidates.ts';
import { generator } from './generator.ts';

/**
 * The next token. `ids`: prompt and output so far. Null: the logits are no numbers, so nothing can be chosen. `logits`
 * may be changed.
 */
export type Chooser = (logits: Float32Array, ids: readonly number[]) => number | null;

/** For one answer: a sampled one draws its numbers in order, beginning with the seed. */
export function chooser(sampling: Sampling): Chooser {
  return sampling.kind === 'greedy' ? bestToken : drawing(sampling);
}

/** The largest logit's id; of equal ones the first. */
export function bestToken(logits: Float32Array): number | null {
  let best = -Infinity;
  let id: number | null = null;
  for (let i = 0; i < logits.length; i += 1) {
    const x = logits[i] ?? NaN;
    if (x > best) {
      best = x;
      id = i;
    } else if (x !== x) return null;
  }
  return id;
}

function drawing(sampling: Sampled): Chooser {
  const numbers = generator(sampling.seed);
  return (logits, ids) => {
    penalise(logits, ids, sampling.repetitionPenalty);
    const left = candidates(logits, sampling);
    return left === null ? null : draw(left, numbers.next());
  };
}

/**
 * As in CTRL (Keskar et al. 2019, arXiv:1909.05858) and transformers: once for each token that stands in prompt or
 * output, however often it does.
 */
export function penalise(logits: Float32Array, ids: readonly number[], penalty: number): void {
  if (penalty === 1) return;
  for (const id of new Set(ids)) {
    const x = logits[id];
    if (x !== undefined) logits[id] = x < 0 ? x * penalty : x / penalty;
  }
}

/** `at`: from 0 to below 1; how far along the weights laid end to end. */
export function draw({ ids, weights }: Candidates, at: number): number {
  const total = weights.reduce((a, b) => a + b, 0);
  let left = at * total;
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return ids[i] ?? 0;
  }
  // The sum was rounded up.
  return ids.at(-1) ?? 0;
}
