import { describe, expect, it } from 'vitest';
import { knownByHeart, type Item, type RunHeader, type Suite } from '#domain';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const base = sampleSuite().items.find(({ passage }) => passage !== undefined)!;
const onPassage = (index: number, change: Partial<Item> = {}): Item => ({ ...base, id: `i${index}`, ...change });
const unanswerable = { value: 'unanswerable', unit: 'text' };

/** Five items on a passage; the last has no answer. */
const suite: Suite = {
  ...sampleSuite(),
  items: [onPassage(0), onPassage(1), onPassage(2), onPassage(3), onPassage(4, { gold: unanswerable })],
};

function closed(verdicts: string, change: Partial<RunHeader['spec']> = {}): RunHeader {
  return runHeader(verdicts, { spec: { promptVariant: 'closed-book', ...change } });
}

describe('knownByHeart', () => {
  it('marks what was right without the passage, and scores the rest', () => {
    expect(knownByHeart(runHeader('ccicc'), closed('cinic'), suite)).toEqual({
      kind: 'marked',
      known: ['i0'],
      asked: 4,
      rest: { asked: 3, correct: 2 },
    });
  });

  it('never takes an item without an answer for knowledge', () => {
    expect(knownByHeart(runHeader('iiiic'), closed('iiiic'), suite)).toMatchObject({ known: [], asked: 4 });
  });

  it('counts only what both runs scored', () => {
    expect(knownByHeart(runHeader('cu.cc'), closed('ccccc'), suite)).toEqual({
      kind: 'marked',
      known: ['i0', 'i3'],
      asked: 2,
      rest: { asked: 0, correct: 0 },
    });
  });

  it('looks items up by id: a run of some of the items is enough', () => {
    const some = closed('ic', { itemIds: ['i3', 'i1'] });
    expect(knownByHeart(runHeader('ccccc'), some, suite)).toMatchObject({ known: ['i1'], asked: 2 });
  });

  it.each<[string, RunHeader, RunHeader]>([
    ['other-suite', runHeader('c'), closed('c', { suite: { ...closed('c').spec.suite, hash: 'f'.repeat(64) } })],
    ['other-model', runHeader('c'), closed('c', { model: { ...closed('c').spec.model, revision: '2' } })],
    ['not-closed-book', runHeader('c'), runHeader('c')],
    ['not-open', closed('c'), closed('c')],
  ])('refuses: %s', (because, open, other) => {
    expect(knownByHeart(open, other, suite)).toEqual({ kind: 'refused', because });
  });
});
