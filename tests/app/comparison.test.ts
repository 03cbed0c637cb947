import { describe, expect, it } from 'vitest';
import { compareRuns, type RunHeader } from '#domain';
import { itemsPrefix, sharedRun } from '#sharing';
import { compareClaim, compareDetails, comparePairs, compareWithRepeats } from '../../src/app/comparison.ts';
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

describe('repeats in comparisons', () => {
  const drawn = (verdicts: string, seed: number): RunHeader =>
    runHeader(verdicts, {
      id: `seed-${seed}`,
      spec: { sampling: { kind: 'sampled', temperature: 1, topP: 1, topK: null, minP: 0, repetitionPenalty: 1, seed } },
    });
  const alone = (header: RunHeader): RunDetail => ({ header, items: [], suite: null, overrides: [] });
  const [one, two] = [drawn('cccccccccii', 1), drawn('ccccccccici', 2)];
  const greedy = named('greedy', 'iiiiiiiiiii');

  it('count with a run that is set beside another', () => {
    const found = compareWithRepeats(alone(greedy), alone(two), [one, two, greedy]);
    if (found?.kind !== 'compared') throw new Error('not compared');
    expect(found.result.repeats).toEqual([1, 2]);
    expect(found.result.means[1]).toBeCloseTo(9 / 11, 12);
    expect(found.result.conclusion).toBe('second-better');
  });

  it('are luck among themselves, and nothing to say of single runs', () => {
    expect(compareWithRepeats(alone(one), alone(two), [one, two])).toEqual({ kind: 'same' });
    expect(compareWithRepeats(alone(greedy), alone(one), [one, greedy])).toBeNull();
  });

  it('stand in pairs with their means, corrected like the others', () => {
    const [pair] = comparePairs([greedy, two], new Map(), (run) => (run === two ? [one, two] : [run]));
    expect(pair?.conclusion).toBe('second-better');
    const found = compareWithRepeats(alone(greedy), alone(two), [one, two, greedy]);
    expect(pair?.p).toBe(found?.kind === 'compared' ? found.result.p : NaN);
    const single = comparePairs([greedy, two]);
    expect(single[0]?.p).toBeCloseTo(2 / 2 ** 9, 12);
  });

  it('warn of one draw and of other ways to choose tokens', () => {
    const comparison = compareRuns(greedy, one);
    if (comparison.kind !== 'compared') throw new Error('not compared');
    expect(comparison.result.cautions).toEqual(['other-sampling', 'one-draw']);
    const both = compareRuns(one, two);
    expect(both.kind === 'compared' && both.result.cautions).toEqual(['one-draw']);
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
