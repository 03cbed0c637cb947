import {
  compareRepeats,
  compareRuns,
  countedWith,
  decide,
  holm,
  repeatKey,
  type Comparison,
  type Decision,
  type Incomparable,
  type Item,
  type ItemPair,
  type ItemRecord,
  type PairedComparison,
  type RepeatComparison,
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
      readonly decision: Decision;
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
  return { kind: 'compared', result, rows, decision: decide(result, suite) };
}

/** Two of several chosen runs, each with its repeats. */
export interface ComparedPair {
  readonly first: RunHeader;
  readonly second: RunHeader;
  /** McNemar's, of single runs; of repeats the clustered t of the paired means. */
  readonly p: number;
  /** p after Holm's correction: of many pairs, one looks different by chance. */
  readonly adjusted: number;
  /** Smallest difference that would show, as a share. */
  readonly detectable: number;
  /** Better only where the test after the correction and the comparison by passages both say so. */
  readonly conclusion: PairedComparison['conclusion'];
}

/** The suites of these runs by their hashes, as far as they are on this device. */
export async function suitesFor(
  runs: readonly RunHeader[],
  suiteOf: (run: RunHeader) => Promise<Suite | null>,
): Promise<ReadonlyMap<string, Suite>> {
  const anyOf = new Map(runs.map((run) => [run.spec.suite.hash, run]));
  const found = await Promise.all([...anyOf].map(async ([hash, run]) => [hash, await suiteOf(run)] as const));
  return new Map(found.flatMap(([hash, suite]) => (suite === null ? [] : [[hash, suite] as const])));
}

/** The level of all tests. */
const ALPHA = 0.05;

/**
 * Every two of the runs that can be compared. `suites`: by their hashes, as far as they are here. `withRepeats`: a run
 * and those that count with it.
 */
export function comparePairs(
  runs: readonly RunHeader[],
  suites: ReadonlyMap<string, Suite> = new Map(),
  withRepeats: (run: RunHeader) => Repeated = (run) => [run],
): readonly ComparedPair[] {
  const pairs = runs.flatMap((first, index) =>
    runs.slice(index + 1).flatMap((second) => {
      const suite = suites.get(first.spec.suite.hash) ?? null;
      const found = comparePair(withRepeats(first), withRepeats(second), suite);
      return found === null ? [] : [{ first, second, ...found }];
    }),
  );
  const adjusted = holm(pairs.map(({ p }) => p));
  return pairs.map((pair, index) => {
    const p = adjusted[index] ?? pair.p;
    const decided = p < ALPHA || pair.conclusion === 'same-verdicts';
    return { ...pair, adjusted: p, conclusion: decided ? pair.conclusion : 'not-distinguishable' };
  });
}

type Repeated = readonly [RunHeader, ...RunHeader[]];

/** Null where the two cannot be compared. */
function comparePair(
  first: Repeated,
  second: Repeated,
  suite: Suite | null,
): Pick<ComparedPair, 'p' | 'detectable' | 'conclusion'> | null {
  if (first.length > 1 || second.length > 1) {
    const comparison = compareRepeats(first, second, suite);
    if (comparison.kind === 'incomparable') return null;
    const { p, detectable, conclusion } = comparison.result;
    return { p, detectable, conclusion: conclusion === 'few' ? 'not-distinguishable' : conclusion };
  }
  const comparison = compareRuns(first[0], second[0]);
  if (comparison.kind === 'incomparable') return null;
  const { conclusion, detectable } = decide(comparison.result, suite);
  return { p: comparison.result.p, detectable, conclusion };
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

export type ComparedWithRepeats =
  /** Both runs are repeats of one thing. */
  { readonly kind: 'same' } | { readonly kind: 'compared'; readonly result: RepeatComparison };

/** Two runs with all their repeats among `headers`; null where neither has any, or nothing can be compared. */
export function compareWithRepeats(
  first: RunDetail,
  second: RunDetail,
  headers: readonly RunHeader[],
): ComparedWithRepeats | null {
  const drawn = first.header.spec.sampling.kind === 'sampled';
  if (drawn && repeatKey(first.header) === repeatKey(second.header)) return { kind: 'same' };
  const sides = [countedWith(first.header, headers), countedWith(second.header, headers)] as const;
  if (sides.every((runs) => runs.length === 1)) return null;
  const comparison = compareRepeats(...sides, first.suite ?? second.suite);
  return comparison.kind === 'compared' ? comparison : null;
}
