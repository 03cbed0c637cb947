import { describe, expect, it } from 'vitest';
import { ItemFilter } from '../../src/app/itemFilter.svelte.ts';
import { itemRows, searchFor } from '../../src/app/itemRows.ts';
import { sampleHeader, sampleItem } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const header = sampleHeader({ verdicts: 'ci.' });
const items = [sampleItem(header, 0, { output: 'Five (5)' }), sampleItem(header, 1, { output: 'Nothing' })];
const rows = itemRows({ header, items, suite: sampleSuite(), overrides: [] });

type Match = NonNullable<ConstructorParameters<typeof ItemFilter>[0]>;

/** As the worker does it. */
const match: Match = ({ pattern, texts }) => {
  const expression = new RegExp(pattern, 'imu');
  const places = new Set(texts.flatMap((text, place) => (expression.test(text) ? [place] : [])));
  return Promise.resolve({ kind: 'matched', places });
};

type Change = Partial<Pick<ItemFilter, 'verdict' | 'text' | 'regex'>>;

function shown(change: Change, filter = new ItemFilter(match)): number[] {
  return Object.assign(filter, change)
    .apply(rows)
    .map((row) => row.index);
}

async function looked(change: Change, using = match): Promise<{ indices: number[]; filter: ItemFilter }> {
  const filter = Object.assign(new ItemFilter(using), change);
  await filter.look(rows);
  return { indices: shown(change, filter), filter };
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

  it('searches questions and outputs, whatever the case; what is special in a pattern is plain in a text', async () => {
    expect(shown({ text: 'CAT' })).toEqual([2]);
    expect(shown({ text: '(5)' })).toEqual([0]);
    expect(shown({ text: '二加三' })).toEqual([0]);
    expect((await looked({ text: '^noth', regex: true })).indices).toEqual([1]);
    expect((await looked({ text: '\\p{Script=Han}', regex: true })).indices).toEqual([0]);
    expect((await looked({ text: '^noth', regex: true, verdict: 'c' })).indices).toEqual([]);
  });

  it('hides nothing and says so where a pattern took too long', async () => {
    const { indices, filter } = await looked({ text: '(a+)+$', regex: true }, () =>
      Promise.resolve({ kind: 'stopped' }),
    );
    expect(indices).toEqual([0, 1, 2]);
    expect(filter.stopped).toBe(true);
    filter.text = 'a';
    expect(filter.stopped).toBe(false);
  });

  it('gives a search up for the next one', async () => {
    const signals: AbortSignal[] = [];
    const never: Match = (_, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const filter = Object.assign(new ItemFilter(never), { text: 'a', regex: true });
    void filter.look(rows);
    void filter.look(rows);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(shown({}, filter)).toEqual([0, 1, 2]);
    await Promise.resolve();
  });

  it('hides nothing while a pattern is not valid, and says so', () => {
    expect(shown({ text: '(', regex: true })).toEqual([0, 1, 2]);
    expect(searchFor('(', true).kind).toBe('invalid');
    expect(searchFor('(', false).kind).toBe('words');
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
