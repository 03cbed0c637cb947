import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeIds, partingOf, sharedCharacters, textParting, type FinishReason, type ItemRecord } from '#domain';

type Answered = Pick<ItemRecord, 'output' | 'outputIds' | 'finish'>;

function answered(output: string, ids: readonly number[] | null, finish: FinishReason = 'stop'): Answered {
  return { output, finish, ...(ids === null ? {} : { outputIds: encodeIds(ids) }) };
}

describe('where two outputs part', () => {
  it('is after the tokens that both begin with', () => {
    expect(partingOf(answered('abc', [1, 2, 3]), answered('abd', [1, 2, 4]))).toEqual({ kind: 'token', shared: 2 });
    expect(partingOf(answered('x', [7]), answered('abd', [1, 2, 4]))).toEqual({ kind: 'token', shared: 0 });
  });

  it('is found whatever the ids are, and however long the common beginning is', () => {
    // 33 and 65 begin with the same digit.
    expect(partingOf(answered('a', [5, 33]), answered('b', [5, 65]))).toEqual({ kind: 'token', shared: 1 });
    const ids = fc.array(fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 300_000 })), { minLength: 1, maxLength: 900 });
    fc.assert(
      fc.property(ids, ids, ids, (both, a, b) => {
        const [first, second] = [
          [...both, ...a],
          [...both, ...b],
        ];
        let shared = 0;
        while (shared < Math.min(first.length, second.length) && first[shared] === second[shared]) shared += 1;
        const same = shared === first.length && shared === second.length;
        const parting = partingOf(answered('a', first), answered('b', second));
        expect(parting).toEqual(same ? { kind: 'same' } : { kind: 'token', shared });
      }),
    );
  });

  it('is where one of them ended by itself', () => {
    expect(partingOf(answered('ab', [1, 2]), answered('abc', [1, 2, 3]))).toEqual({ kind: 'token', shared: 2 });
    expect(partingOf(answered('', null), answered('abc', [1, 2, 3]))).toEqual({ kind: 'token', shared: 0 });
  });

  it('was not seen where a budget cut one of them before', () => {
    const cut = answered('ab', [1, 2], 'length');
    expect(partingOf(cut, answered('abc', [1, 2, 3]))).toEqual({ kind: 'unseen' });
    expect(partingOf(cut, answered('ab', [1, 2]))).toEqual({ kind: 'unseen' });
    expect(partingOf(cut, cut)).toEqual({ kind: 'same' });
    // Cut, but after they had parted.
    expect(partingOf(answered('abx', [1, 2, 9], 'length'), answered('ab', [1, 2]))).toEqual({
      kind: 'token',
      shared: 2,
    });
  });

  it('is told in characters where the ids of one side are missing, never as a token', () => {
    expect(partingOf(answered('abc', null), answered('abd', [1, 2, 4]))).toEqual({ kind: 'character', shared: 2 });
    expect(partingOf(answered('abc', null), answered('abc', null))).toEqual({ kind: 'same' });
  });

  it('may lie in the tokens alone: two ways to write one text', () => {
    const [one, other] = [answered('abc', [1, 23]), answered('abc', [12, 3])];
    expect(partingOf(one, other)).toEqual({ kind: 'token', shared: 0 });
    expect(textParting(one, other)).toEqual({ kind: 'same' });
  });

  it('is found at the end of a block, at which long texts are compared at once', () => {
    for (const length of [1023, 1024, 1025, 2048]) {
      const both = 'x'.repeat(length);
      expect(sharedCharacters(`${both}abc`, `${both}bbc`)).toBe(length);
    }
  });

  it('does not cut a character of two units', () => {
    // 😀 and 😃 have the first unit in common.
    expect(sharedCharacters('a😀', 'a😃')).toBe(1);
    expect(sharedCharacters('a😀b', 'a😀c')).toBe(3);
    expect(sharedCharacters('a😀', 'a😀c')).toBe(3);
  });
});
