import { clustered, minimumDetectableEffect, type Interval } from './statistics/index.ts';
import type { Suite } from './suite.ts';

/** What the items of one run say when questions on one passage are taken together. */
export interface ByPassages {
  readonly n: number;
  readonly passages: number;
  /** Clustered standard error of the accuracy, as a share. */
  readonly error: number;
  /** 95 % with t for few passages, cut to [0, 1]. */
  readonly interval: Interval;
  /** As many independent items would say as much; never more than n. */
  readonly effective: number;
}

/**
 * The accuracy of a run by passages. Null where that says nothing of its own: no passage has two scored items, there is
 * only one passage, or all verdicts are equal, so that nothing can be estimated from them.
 */
export function accuracyByPassages(verdicts: string, itemIds: readonly string[], suite: Suite): ByPassages | null {
  const values = itemIds.flatMap((itemId, index) => {
    const letter = verdicts[index] ?? '.';
    return letter === '.' || letter === 'u' ? [] : [{ itemId, value: Number(letter === 'c') }];
  });
  const groups = groupByPassage(values, suite);
  if (groups.length < 2 || groups.every((group) => group.length < 2)) return null;
  const { n, error, naiveError, interval, designEffect } = clustered(groups);
  if (interval === null || naiveError === 0) return null;
  return {
    n,
    passages: groups.length,
    error,
    interval: { low: Math.max(0, interval.low), high: Math.min(1, interval.high) },
    effective: Math.max(1, Math.min(n, Math.round(n / designEffect))),
  };
}

/** The values of items, those of one passage together; an item without a passage stands alone. */
export function groupByPassage(
  values: readonly { readonly itemId: string; readonly value: number }[],
  suite: Suite,
): readonly (readonly number[])[] {
  const passages = new Map(suite.items.map((item) => [item.id, item.passage]));
  const groups = new Map<string, number[]>();
  for (const { itemId, value } of values) {
    const passage = passages.get(itemId);
    const key = passage === undefined ? `item ${itemId}` : `passage ${passage}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return [...groups.values()];
}

/** The minimum detectable effect of paired differences in clusters: of the items that they count like. */
export function detectableByPassages(differences: readonly (readonly number[])[]): number {
  const { n, designEffect } = clustered(differences);
  return minimumDetectableEffect(n / Math.max(1, Number.isFinite(designEffect) ? designEffect : 1));
}
