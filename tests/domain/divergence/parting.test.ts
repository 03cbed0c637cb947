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

  it('does not cut a character of two units', () => {
    // 😀 and 😃 have the first unit in common.
    expect(sharedCharacters('a😀', 'a😃')).toBe(1);
    expect(sharedCharacters('a😀b', 'a😀c')).toBe(3);
    expect(sharedCharacters('a😀', 'a😀c')).toBe(3);
  });
});
