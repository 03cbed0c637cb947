import { describe, expect, it } from 'vitest';
import { compareRuns, type PairedComparison } from '#domain';
import { runHeader } from '../fixtures/runs.ts';

function compared(first: string, second: string, change: Parameters<typeof runHeader>[1] = {}): PairedComparison {
  const comparison = compareRuns(runHeader(first), runHeader(second, change));
  if (comparison.kind !== 'compared') throw new Error(comparison.because);
  return comparison.result;
}

describe('compareRuns', () => {
  it('puts flips first and counts each way', () => {
    const result = compared('cicn', 'ccit');
    expect(result.pairs.map((pair) => [pair.itemId, pair.flip])).toEqual([
      ['i1', true],
      ['i2', true],
      ['i0', false],
      ['i3', false],
    ]);
    expect([result.onlyFirst, result.onlySecond, result.n]).toEqual([1, 1, 4]);
    expect(result.conclusion).toBe('not-distinguishable');
  });

  it('finds the better one only beyond chance', () => {
    expect(compared('c'.repeat(15) + 'i'.repeat(5), 'i'.repeat(15) + 'c'.repeat(5)).conclusion).toBe('first-better');
    expect(compared('i'.repeat(15) + 'c'.repeat(5), 'c'.repeat(15) + 'i'.repeat(5)).conclusion).toBe('second-better');
    expect(compared('c'.repeat(8) + 'ii', 'i'.repeat(8) + 'cc').conclusion).toBe('not-distinguishable');
    expect(compared('cci', 'cci').conclusion).toBe('same-verdicts');
  });

  it('leaves unscored and pending items out of every count, but lists them', () => {
    const result = compared('cu.c', 'iccc');
    expect(result.n).toBe(2);
    expect(result.pairs).toHaveLength(4);
    expect([result.firstCorrect, result.secondCorrect]).toEqual([2, 1]);
    expect(result.cautions).toEqual(['unscored-items', 'unfinished']);
  });

  it('joins by item id, whatever the order and the limit of each run', () => {
    const result = compared('cic', 'ic', { spec: { itemIds: ['i2', 'i0'] } });
    expect(result.pairs.map((pair) => [pair.itemId, pair.first, pair.second])).toEqual([
      ['i2', 2, 0],
      ['i0', 0, 1],
    ]);
  });

  it('refuses runs of different suites, and runs without a common item', () => {
    const suite = { id: 's', version: '2', hash: 'f'.repeat(64), title: { en: '', zh: '' } };
    expect(compareRuns(runHeader('c'), runHeader('c', { spec: { suite } }))).toEqual({
      kind: 'incomparable',
      because: 'other-suite',
    });
    expect(compareRuns(runHeader('c'), runHeader('c', { spec: { itemIds: ['x'] } }))).toEqual({
      kind: 'incomparable',
      because: 'no-common-items',
    });
  });

  it('says what else differs', () => {
    const first = runHeader('c');
    const environment = {
      ...first.environment,
      device: 'webgpu',
      selfTest: { kind: 'unverified', reason: 'x' },
    } as const;
    const result = compared('c', 'i', { environment, spec: { maxTokens: 99, promptVariant: 'step-by-step' } });
    expect(result.cautions).toEqual(['other-device', 'other-variant', 'other-budget', 'self-test-not-valid']);
  });
});
