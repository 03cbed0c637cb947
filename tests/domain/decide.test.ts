import { describe, expect, it } from 'vitest';
import { accuracyByPassages, compareRuns, decide, minimumDetectableEffect, type Decision, type Suite } from '#domain';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

/** A suite of items "i0", "i1", … of which the given numbers stand on one passage each. */
function suiteOf(perPassage: readonly number[]): Suite {
  const base = sampleSuite();
  const [template] = base.items;
  if (template === undefined) throw new Error('the sample suite is empty');
  const owners = perPassage.flatMap((count, passage) => Array<number>(count).fill(passage));
  return { ...base, items: owners.map((passage, n) => ({ ...template, id: `i${n}`, passage: `p${passage}` })) };
}

function decided(first: string, second: string, suite: Suite | null): Decision {
  const compared = compareRuns(runHeader(first, { id: 'a' }), runHeader(second, { id: 'b' }));
  if (compared.kind !== 'compared') throw new Error(compared.because);
  return decide(compared.result, suite);
}

describe('accuracyByPassages', () => {
  it('agrees with the reference values of clusters [[1,1,1,0],[0,0,0,0],[1,1],[1,0,1]]', () => {
    const ids = Array.from({ length: 13 }, (_, n) => `i${n}`);
    const found = accuracyByPassages('ccciiiiicccic', ids, suiteOf([4, 4, 2, 3]));
    expect(found?.error).toBeCloseTo(0.2239, 4);
    expect(found).toMatchObject({ n: 13, passages: 4, effective: 5 });
    expect(found?.interval.high).toBe(1);
  });

  it('leaves out what has no score, and never counts more items than there are', () => {
    const found = accuracyByPassages('ci.uci', ['i0', 'i1', 'i2', 'i3', 'i4', 'i5'], suiteOf([2, 2, 2]));
    expect(found).toMatchObject({ n: 4, passages: 2, effective: 4 });
  });

  it('says nothing where it has nothing to say', () => {
    const ids = ['i0', 'i1', 'i2', 'i3'];
    expect(accuracyByPassages('cici', ids, suiteOf([1, 1, 1, 1]))).toBeNull();
    expect(accuracyByPassages('cici', ids, suiteOf([4]))).toBeNull();
    expect(accuracyByPassages('cccc', ids, suiteOf([2, 2]))).toBeNull();
    expect(accuracyByPassages('....', ids, suiteOf([2, 2]))).toBeNull();
  });
});

describe('decide', () => {
  it('takes McNemar where every item stands alone, or the suite is not here', () => {
    const alone = decided('ccccccccii', 'iiiiiiiiii', suiteOf(Array<number>(10).fill(1)));
    expect(alone).toMatchObject({ by: 'items', conclusion: 'first-better' });
    expect(decided('ccccccccii', 'iiiiiiiiii', null)).toMatchObject({ by: 'items', passages: null, difference: null });
  });

  it('takes the interval by passages where a passage has several questions', () => {
    // Eight flips one way, and all on two of ten passages: McNemar is sure, the passages are not.
    const suite = suiteOf([4, 4, 1, 1, 1, 1, 1, 1, 1, 1]);
    const few = decided('cccccccciiiiiiii', 'iiiiiiiiiiiiiiii', suite);
    expect(few).toMatchObject({ by: 'passages', conclusion: 'not-distinguishable', passages: 10 });
    expect(few.difference?.low).toBe(0);
    expect(few.detectable).toBeGreaterThan(minimumDetectableEffect(16));
    const many = decided('c'.repeat(16), 'i'.repeat(16), suiteOf(Array<number>(8).fill(2)));
    expect(many).toMatchObject({ by: 'passages', conclusion: 'first-better', difference: { low: 1, high: 1 } });
    const turned = decided('i'.repeat(16), 'c'.repeat(16), suiteOf(Array<number>(8).fill(2)));
    expect(turned.conclusion).toBe('second-better');
  });

  it('decides nothing by fewer than six passages, however clear they look', () => {
    const first = decided('c'.repeat(20), 'i'.repeat(20), suiteOf([4, 4, 4, 4, 4]));
    expect(first).toMatchObject({ by: 'few-passages', conclusion: 'not-distinguishable', passages: 5 });
    const same = decided('c'.repeat(20), 'c'.repeat(20), suiteOf([4, 4, 4, 4, 4]));
    expect(same.conclusion).toBe('same-verdicts');
  });
});
