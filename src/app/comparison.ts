import {
  clusterBootstrap,
  compareRuns,
  holm,
  type Comparison,
  type Incomparable,
  type Interval,
  type Item,
  type ItemPair,
  type ItemRecord,
  type PairedComparison,
  type RunHeader,
  type SharedRun,
  type Suite,
} from '#domain';
import type { RunDetail } from './results.svelte.ts';

/** One item that both runs asked, with both answers. */
export interface ComparedItem {
  readonly pair: ItemPair;
  /** Null where the suite is not on this device. */
  readonly item: Item | null;
  readonly records: readonly [ItemRecord | null, ItemRecord | null];
}

export type DetailedComparison =
  | { readonly kind: 'incomparable'; readonly because: Incomparable | 'same-run' }
  | {
      readonly kind: 'compared';
      readonly result: PairedComparison;
      readonly rows: readonly ComparedItem[];
      /** First minus second, as a share, with passages as clusters; null where the suite has fewer than two. */
      readonly difference: Interval | null;
    };

export function compareDetails(first: RunDetail, second: RunDetail): DetailedComparison {
  if (first.header.id === second.header.id) return { kind: 'incomparable', because: 'same-run' };
  const comparison = compareRuns(first.header, second.header);
  if (comparison.kind === 'incomparable') return comparison;
  const { result } = comparison;
  const suite = first.suite ?? second.suite;
  const items = new Map(suite?.items.map((item) => [item.id, item]));
  const records = [first, second].map((run) => new Map(run.items.map((record) => [record.index, record])));
  const rows = result.pairs.map((pair): ComparedItem => ({
    pair,
    item: items.get(pair.itemId) ?? null,
    records: [records[0]?.get(pair.first) ?? null, records[1]?.get(pair.second) ?? null],
  }));
  return { kind: 'compared', result, rows, difference: suite === null ? null : clusteredDifference(result, suite) };
}

/** Any seed does: the same two runs must always show the same interval. */
const SEED = 1;

function clusteredDifference(result: PairedComparison, suite: Suite): Interval | null {
  const passages = new Map(suite.items.map((item) => [item.id, item.passage ?? `item ${item.id}`]));
  const clusters = new Map<string, number[]>();
  for (const { itemId, letters } of result.pairs) {
    if (letters.some((letter) => letter === '.' || letter === 'u')) continue;
    const key = passages.get(itemId) ?? `item ${itemId}`;
    const differences = clusters.get(key) ?? [];
    differences.push(Number(letters[0] === 'c') - Number(letters[1] === 'c'));
    clusters.set(key, differences);
  }
  return clusterBootstrap([...clusters.values()], { seed: SEED });
}

/** Two of several chosen runs. */
export interface ComparedPair {
  readonly first: RunHeader;
  readonly second: RunHeader;
  readonly result: PairedComparison;
  /** p after Holm's correction: of many pairs, one looks different by chance. */
  readonly adjusted: number;
}

/** Every two of the runs that can be compared. */
export function comparePairs(runs: readonly RunHeader[]): readonly ComparedPair[] {
  const pairs = runs.flatMap((first, index) =>
    runs.slice(index + 1).flatMap((second) => {
      const comparison = compareRuns(first, second);
      return comparison.kind === 'compared' ? [{ first, second, result: comparison.result }] : [];
    }),
  );
  const adjusted = holm(pairs.map(({ result }) => result.p));
  return pairs.map((pair, index) => ({ ...pair, adjusted: adjusted[index] ?? pair.result.p }));
}

/**
 * The sender's claim (first) against a run of one's own that asked the same items in the same order. Null where the
 * link brought no verdicts: then there are no pairs.
 */
export function compareClaim(claim: SharedRun, own: RunHeader): Comparison | null {
  const header = claimedHeader(claim, own);
  return header === null ? null : compareRuns(header, own);
}

/** The claim in the clothes of a run of the same items. Never stored. */
function claimedHeader(claim: SharedRun, own: RunHeader): RunHeader | null {
  if (claim.verdicts === null || claim.verdicts.length !== own.spec.itemIds.length) return null;
  return {
    ...own,
    id: 'shared',
    startedAt: claim.startedAt,
    updatedAt: claim.startedAt,
    seconds: claim.seconds,
    decodedTokens: claim.decodedTokens,
    decodeMs: claim.decodeMs,
    verdicts: claim.verdicts,
    environment: { ...claim.environment, adapter: null, threads: null },
    spec: {
      ...own.spec,
      model: { ...claim.model, files: [] },
      sampling: claim.sampling,
      promptVariant: claim.promptVariant,
      maxTokens: claim.maxTokens,
    },
  };
}
