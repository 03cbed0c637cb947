import { describe, expect, it } from 'vitest';
import type { RunHeader } from '#domain';
import { itemsPrefix, sharedRun } from '#sharing';
import { compareClaim, compareDetails, comparePairs } from '../../src/app/comparison.ts';
import type { RunDetail } from '../../src/app/results.svelte.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const ids = sampleSuite().items.map(({ id }) => id);

function detail(id: string, verdicts: string, change: Partial<RunDetail> = {}): RunDetail {
  const header = runHeader(verdicts, { id, spec: { itemIds: ids.slice(0, verdicts.length) } });
  return { header, items: [], suite: sampleSuite(), overrides: [], ...change };
}

function named(id: string, verdicts: string): RunHeader {
  return runHeader(verdicts, { id });
}

describe('compareDetails', () => {
  it('brings each pair its question, flips first', () => {
    const compared = compareDetails(detail('a', 'cci'), detail('b', 'cii'));
    if (compared.kind !== 'compared') throw new Error(compared.because);
    expect(compared.rows.map((row) => [row.pair.itemId, row.pair.flip, row.item?.id])).toEqual([
      [ids[1], true, ids[1]],
      [ids[0], false, ids[0]],
      [ids[2], false, ids[2]],
    ]);
    expect(compared.rows[0]?.records).toEqual([null, null]);
  });

  it('draws the interval of the difference by passages, the same each time', () => {
    const once = compareDetails(detail('a', 'ccc'), detail('b', 'iii'));
    const again = compareDetails(detail('a', 'ccc'), detail('b', 'iii'));
    expect(once).toEqual(again);
    expect(once.kind === 'compared' && once.decision.difference).toEqual({ low: 1, high: 1 });
  });

  it('works without the suite, and refuses a run against itself or against another suite', () => {
    const bare = compareDetails(detail('a', 'cc', { suite: null }), detail('b', 'ci', { suite: null }));
    expect(bare.kind === 'compared' && [bare.rows[0]?.item, bare.decision.difference]).toEqual([null, null]);
    expect(compareDetails(detail('a', 'cc'), detail('a', 'cc'))).toEqual({ kind: 'incomparable', because: 'same-run' });
    const other = { id: 'x', version: '1', hash: 'f'.repeat(64), title: { en: '', zh: '' } };
    const elsewhere = detail('b', 'cc', { header: runHeader('cc', { id: 'b', spec: { suite: other } }) });
    expect(compareDetails(detail('a', 'cc'), elsewhere)).toEqual({ kind: 'incomparable', because: 'other-suite' });
  });
});

describe('comparePairs', () => {
  it('corrects for the number of pairs, so that one of many is not taken for better by chance', () => {
    // 8 flips one way: p = 0.0078 alone, three times that among three pairs.
    const best = named('a', 'c'.repeat(8) + 'i');
    const [first, second, third] = comparePairs([best, named('b', 'i'.repeat(9)), named('c', 'i'.repeat(9))]);
    expect(first?.p).toBeCloseTo(0.0078, 4);
    expect(first?.adjusted).toBeCloseTo(0.0234, 4);
    expect(second?.adjusted).toBeCloseTo(0.0234, 4);
    expect(third?.adjusted).toBe(1);
  });

  it('leaves out pairs that cannot be compared', () => {
    const suite = { id: 'x', version: '1', hash: 'f'.repeat(64), title: { en: '', zh: '' } };
    expect(comparePairs([named('a', 'c'), runHeader('c', { id: 'b', spec: { suite } })])).toEqual([]);
  });
});

describe('compareClaim', () => {
  const claimed = sharedRun(named('sent', 'cccc'));

  it('sets a claim against a run of the same items, with the claim first', () => {
    const own = named('own', 'ciii');
    expect(claimed.suite.itemsPrefix).toBe(itemsPrefix(own.spec.itemIds));
    const comparison = compareClaim(claimed, own);
    expect(comparison?.kind === 'compared' && [comparison.result.onlyFirst, comparison.result.onlySecond]).toEqual([
      3, 0,
    ]);
  });

  it('says what else differs by what the sender claims, not by what is here', () => {
    const own = named('own', 'cccc');
    const elsewhere = { ...claimed, environment: { ...claimed.environment, device: 'webgpu' as const }, maxTokens: 99 };
    const comparison = compareClaim(elsewhere, own);
    expect(comparison?.kind === 'compared' && comparison.result.cautions).toEqual(['other-device', 'other-budget']);
  });

  it('makes no pairs of a claim without verdicts', () => {
    expect(compareClaim({ ...claimed, verdicts: null }, named('own', 'cccc'))).toBeNull();
    expect(compareClaim(claimed, named('own', 'ccccc'))).toBeNull();
  });
});
