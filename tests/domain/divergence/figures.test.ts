import { expect, it } from 'vitest';
import { divergenceOf, encodeIds, tokenizersOf, type AnsweredPair, type ItemRecord } from '#domain';
import { sampleHeader, sampleItem } from '../../fixtures/sampleRun.ts';

type Side = readonly [output: string, ids: readonly number[] | null, key?: string | null];

const header = sampleHeader();

function record([output, ids]: Side, change: Partial<ItemRecord> = {}): ItemRecord {
  return sampleItem(header, 0, { output, ...(ids === null ? {} : { outputIds: encodeIds(ids) }), ...change });
}

function pair(itemId: string, first: Side, second: Side): AnsweredPair {
  const keys = [first[2], second[2]] as const;
  return {
    pair: { itemId, first: 0, second: 0, letters: ['c', 'i'], flip: true },
    records: [record(first), record(second)],
    ...(keys[0] === undefined || keys[1] === undefined ? {} : { keys: [keys[0], keys[1]] as const }),
  };
}

const pairs = [
  pair('same', ['12', [1, 2], 'right'], ['12', [1, 2], 'right']),
  // Another text with the same answer.
  pair('reworded', ['so 12', [9, 1, 2], 'right'], ['thus 12', [8, 1, 2], 'right']),
  pair('worse', ['12', [1, 2], 'right'], ['13', [1, 3], 'number 13']),
  pair('otherwise', ['aaab', [5, 5, 5, 6], 'text b'], ['aaac', [5, 5, 5, 7], 'text c']),
  pair('silenced', ['aab', [5, 5, 6], 'text b'], ['aa', [5, 5], null]),
  pair('none', ['zz', [4, 4], null], ['zz', [4, 4], null]),
];

it('counts answers and texts that changed, and the middle of the places where they part', () => {
  const { answers, outputs, places, noTokens, unseen, partings } = divergenceOf(pairs, 'same');
  expect(answers).toMatchObject({ count: 3, n: 6 });
  expect(outputs).toMatchObject({ count: 4, n: 6 });
  // Wilson for 3 of 6.
  expect(answers?.interval.low).toBeCloseTo(0.1876, 4);
  // The first tokens that differ: 1, 2, 4, 3.
  expect(places).toEqual({ by: 'token', items: 4, median: 2.5, least: 1, most: 4 });
  expect([noTokens, unseen]).toEqual([null, 0]);
  expect(partings.get('silenced')).toEqual({ kind: 'token', shared: 2 });
  expect(partings.get('same')).toEqual({ kind: 'same' });
});

it('of an odd number the median is the one in the middle', () => {
  expect(divergenceOf(pairs.slice(0, 4), 'same').places).toMatchObject({ items: 3, median: 2 });
});

it('counts characters for all items where one item lacks its ids, or the tokenizers are not the same', () => {
  const [first, ...others] = pairs;
  if (first === undefined) throw new Error('no pair');
  const lacking = [{ ...first, records: [record(['12', null]), first.records[1]] as const }, ...others];
  const found = divergenceOf(lacking, 'same');
  expect(found.noTokens).toBe('no-ids');
  // "so"/"thus": 1, "12"/"13": 2, "aaab"/"aaac": 4, "aab"/"aa": 3.
  expect(found.places).toEqual({ by: 'character', items: 4, median: 2.5, least: 1, most: 4 });
  expect(found.partings.get('worse')).toEqual({ kind: 'character', shared: 1 });
  expect(divergenceOf(pairs, 'different')).toMatchObject({ noTokens: 'other-tokenizer', places: { by: 'character' } });
  expect(divergenceOf(pairs, 'unknown').noTokens).toBe('unknown-tokenizer');
});

it('says nothing of answers where the suite is not at hand, and nothing at all of no items', () => {
  expect(divergenceOf([pair('x', ['1', [1]], ['2', [2]])], 'same')).toMatchObject({
    answers: null,
    outputs: { count: 1 },
  });
  expect(divergenceOf([], 'same')).toMatchObject({ answers: null, outputs: null, places: null });
});

it('leaves out of the middle what a budget cut before it could part', () => {
  const cut = { ...pair('cut', ['aa', [5, 5], 'x'], ['aab', [5, 5, 6], 'x']) };
  const [first, second] = cut.records;
  const found = divergenceOf([{ ...cut, records: [{ ...first, finish: 'length' }, second] }], 'same');
  expect(found).toMatchObject({ unseen: 1, places: null, outputs: { count: 0 } });
});

it('knows one tokenizer by what it made of the same prompts, else by its file', () => {
  const model = header.spec.model;
  const file = (sha256: string) => ({ ...model, files: [{ path: 'tokenizer.json', bytes: 1, sha256 }] });
  const told = (promptHash: string, tokenIdsHash: string | null) => record(['', null], { promptHash, tokenIdsHash });
  const models = [file('a'), file('b')] as const;
  expect(tokenizersOf(models, [[told('p', 'x'), told('p', 'x')]])).toBe('same');
  expect(tokenizersOf(models, [[told('p', 'x'), told('p', 'y')]])).toBe('different');
  expect(tokenizersOf(models, [[told('p', 'x'), told('q', 'y')]])).toBe('different');
  expect(tokenizersOf([file('a'), file('a')], [[told('p', 'x'), told('q', 'y')]])).toBe('same');
  expect(tokenizersOf([file('a'), model], [[told('p', null), told('p', 'y')]])).toBe('unknown');
});
