/** What a token may be drawn from: ids and weights, the best first. Weights are e^(logit − best): the best one's is 1. */
export interface Candidates {
  readonly ids: readonly number[];
  readonly weights: readonly number[];
}

export interface Limits {
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number | null;
  readonly minP: number;
}

/**
 * The tokens that are left of `logits` (which stay as they are), in the order of Python's transformers: temperature,
 * `topK`, `topP`, `minP`, each over what the one before has left. Ties at the k-th place all stay, as there. At least the
 * best token is always left. Null: a logit is not a number, or none is finite.
 */
export function candidates(logits: Float32Array, limits: Limits): Candidates | null {
  const { best, sane } = largest(logits);
  if (!sane) return null;
  const weight = (id: number): number => Math.exp(((logits[id] ?? -Infinity) - best) / limits.temperature);
  const lowest = lowestLogit(logits, best, limits);
  const ids: number[] = [];
  for (let id = 0; id < logits.length; id += 1) if ((logits[id] ?? -Infinity) >= lowest) ids.push(id);
  // Equal weights keep the order of their ids: the same on every machine.
  ids.sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  const weights = ids.map(weight);
  const few = smallestSet(
    weights,
    limits.topP,
    limits.topK === null ? totalWeight(logits, best, limits) : sum(weights),
  );
  const least = weights.findIndex((w) => w < limits.minP);
  const count = Math.min(few, least === -1 ? few : least);
  return { ids: ids.slice(0, count), weights: weights.slice(0, count) };
}

function largest(logits: Float32Array): { readonly best: number; readonly sane: boolean } {
  let best = -Infinity;
  let sane = true;
  for (const x of logits) {
    if (x > best) best = x;
    // The only value that differs from itself.
    else if (x !== x) sane = false;
  }
  return { best, sane: sane && Number.isFinite(best) };
}

/**
 * Below this logit no token can be left, so only those above are sorted: of a hundred thousand mostly a few dozen.
 *   topK   the k-th largest
 *   minP   e^((x − best) / T) ≥ minP
 *   topP   tokens of less than (1 − topP) / vocabulary of the whole weight are together lighter than 1 − topP, and so
 *          all of them outside the smallest set that reaches topP
 */
function lowestLogit(logits: Float32Array, best: number, limits: Limits): number {
  const { temperature, topP, topK, minP } = limits;
  const byRank = topK === null || topK >= logits.length ? -Infinity : kthLargest(logits, topK);
  // `topP` is a share of all of the k best.
  if (topK !== null && topP < 1) return byRank;
  const byShare = best + temperature * Math.log(minP);
  if (topP >= 1) return Math.max(byRank, byShare);
  const least = (totalWeight(logits, best, limits) * (1 - topP)) / logits.length;
  // A hair lower, so that rounding cannot cut what belongs to the set.
  return Math.max(byShare, best + temperature * Math.log(least * 0.999));
}

function totalWeight(logits: Float32Array, best: number, { temperature }: Limits): number {
  let total = 0;
  for (const x of logits) total += Math.exp((x - best) / temperature);
  return total;
}

/** How many of the falling weights make up `share` of `total`. */
function smallestSet(weights: readonly number[], share: number, total: number): number {
  if (share >= 1) return weights.length;
  let reached = 0;
  for (const [i, weight] of weights.entries()) {
    reached += weight;
    if (reached >= share * total) return i + 1;
  }
  return weights.length;
}

/** By a heap of the k largest so far, its smallest on top. */
function kthLargest(values: Float32Array, k: number): number {
  const heap = values.slice(0, k).sort();
  for (let i = k; i < values.length; i += 1) {
    const x = values[i] ?? -Infinity;
    if (x > (heap[0] ?? -Infinity)) replaceTop(heap, x);
  }
  return heap[0] ?? -Infinity;
}

function replaceTop(heap: Float32Array, x: number): void {
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    if (left >= heap.length) break;
    const right = left + 1;
    const child = right < heap.length && (heap[right] ?? 0) < (heap[left] ?? 0) ? right : left;
    if ((heap[child] ?? 0) >= x) break;
    heap[at] = heap[child] ?? 0;
    at = child;
  }
  heap[at] = x;
}

function sum(weights: readonly number[]): number {
  return weights.reduce((a, b) => a + b, 0);
}
