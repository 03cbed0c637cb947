import { describe, expect, it } from 'vitest';
import { ItemFilter } from '../../src/app/itemFilter.svelte.ts';
import { itemRows, searchFor } from '../../src/app/itemRows.ts';
import { sampleHeader, sampleItem } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const header = sampleHeader({ verdicts: 'ci.' });
const items = [sampleItem(header, 0, { output: 'Five (5)' }), sampleItem(header, 1, { output: 'Nothing' })];
const rows = itemRows({ header, items, suite: sampleSuite(), overrides: [] });

function shown(change: Partial<Pick<ItemFilter, 'verdict' | 'text' | 'regex'>>): number[] {
  return Object.assign(new ItemFilter(), change)
    .apply(rows)
    .map((row) => row.index);
}

describe('itemRows', () => {
  it('has a row for every item of the run, asked or not', () => {
    expect(rows.map((row) => [row.letter, row.record?.output ?? null, row.item?.id])).toEqual([
      ['c', 'Five (5)', 'tbl-hk-01'],
      ['i', 'Nothing', 'tbl-hk-02'],
      ['.', null, 'span-en-01'],
    ]);
  });

  it('does without the suite', () => {
    expect(itemRows({ header, items, suite: null, overrides: [] }).map((row) => row.item)).toEqual([null, null, null]);
  });
});

describe('ItemFilter', () => {
  it('shows everything at first, then one verdict', () => {
    expect(shown({})).toEqual([0, 1, 2]);
    expect(shown({ verdict: 'i' })).toEqual([1]);
    expect(shown({ verdict: 't' })).toEqual([]);
  });

  it('searches questions and outputs, whatever the case; what is special in a pattern is plain in a text', () => {
    expect(shown({ text: 'CAT' })).toEqual([2]);
    expect(shown({ text: '(5)' })).toEqual([0]);
    expect(shown({ text: '二加三' })).toEqual([0]);
    expect(shown({ text: '^noth', regex: true })).toEqual([1]);
    expect(shown({ text: '\\p{Script=Han}', regex: true })).toEqual([0]);
  });

  it('hides nothing while a pattern is not valid, and says so', () => {
    expect(shown({ text: '(', regex: true })).toEqual([0, 1, 2]);
    expect(searchFor('(', true).kind).toBe('invalid');
    expect(searchFor('(', false).kind).toBe('by');
  });

  it('begins anew with another run, and only then', () => {
    const filter = new ItemFilter();
    filter.belongTo('a');
    filter.verdict = 'i';
    filter.belongTo('a');
    expect(filter.verdict).toBe('i');
    filter.belongTo('b');
    expect(filter.verdict).toBe('all');
  });
});
