import { describe, expect, it } from 'vitest';
import { compareRuns, decide, wilson, type Divergence, type Share } from '#domain';
import { setLocale } from '#i18n';
import {
  changeFigures,
  changeOf,
  changeSentences,
  divergenceNotes,
  type Change,
} from '../../src/views/compare/divergenceWords.ts';
import { runHeader } from '../fixtures/runs.ts';

const share = (count: number, n: number): Share => ({ count, n, interval: wilson(count, n) });

function found(change: Partial<Divergence> = {}): Divergence {
  return {
    answers: share(15, 120),
    outputs: share(80, 120),
    places: { by: 'token', items: 80, median: 14, least: 3, most: 61 },
    noTokens: null,
    unseen: 0,
    partings: new Map(),
    ...change,
  };
}

/** 8 of 120 items right only in the first run, 4 only in the second. */
function change(fromFirst: boolean, alone = true): Change {
  const both = 'c'.repeat(60) + 'i'.repeat(48);
  const compared = compareRuns(
    runHeader('c'.repeat(8) + 'i'.repeat(4) + both),
    runHeader('i'.repeat(8) + 'c'.repeat(4) + both),
  );
  if (compared.kind !== 'compared') throw new Error(compared.because);
  return changeOf(compared.result, decide(compared.result, null), fromFirst ? ['fp32', 'q4'] : ['q4', 'fp32'], {
    fromFirst,
    alone,
  });
}

describe('what a quantisation changes', () => {
  it('is said in plain sentences', () => {
    expect(changeSentences(change(true), found())).toBe(
      'q4 instead of fp32 changed the answer to 15 of 120 items: 8 got worse, 4 got better, 3 stayed wrong with another answer. ' +
        'The difference in accuracy cannot be told from chance. ' +
        'The outputs to 80 items part, at token 14 (median; 3 to 61).',
    );
  });

  it('is told from the finer to the coarser, whichever stands first', () => {
    expect(changeSentences(change(false), found())).toContain(
      'q4 instead of fp32 changed the answer to 15 of 120 items: 4 got worse, 8 got better',
    );
  });

  it('is not put down to the quantisation where something else differs', () => {
    expect(changeSentences(change(true, false), found())).toMatch(
      /^From fp32 to q4, 15 of 120 items have another answer/,
    );
  });

  it('says so where nothing changed, where answers are not known, and where places are characters', () => {
    const same = found({ answers: share(0, 120), outputs: share(0, 120), places: null });
    expect(changeSentences(change(true), same)).toMatch(
      /^q4 instead of fp32 changed no answer: all 120 are the same\. /,
    );
    expect(changeSentences(change(true), same)).toMatch(/ All outputs are the same to the end\.$/);
    expect(changeSentences(change(true), found({ answers: null }))).toContain(
      '8 of 120 items got worse and 4 got better',
    );
    const places = { by: 'character', items: 1, median: 40, least: 40, most: 40 } as const;
    const lacking = found({ places, noTokens: 'no-ids', unseen: 2 });
    expect(changeSentences(change(true), lacking)).toContain('The outputs to 1 item part, at character 40.');
    expect(divergenceNotes(lacking)).toHaveLength(2);
    expect(changeFigures(change(true), lacking).find(({ id }) => id === 'places')?.term).toBe(
      'First character that differs',
    );
  });

  it('comes to five figures, in Chinese too', () => {
    const figures = changeFigures(change(true), found());
    expect(figures.map(({ id, value }) => [id, value])).toEqual([
      ['answers', '15 of 120 (12.5%; 95% 7.7% to 19.6%)'],
      ['outputs', '80 of 120 (66.7%; 95% 57.8% to 74.5%)'],
      ['flips', 'right → wrong 8 · wrong → right 4'],
      ['places', '14 (median of 80 items; 3 to 61)'],
      ['p', 'p = 0.388'],
    ]);
    setLocale('zh');
    try {
      expect(changeSentences(change(true), found())).toContain(
        '用 q4 代替 fp32 后，120 题中有 15 题的答案变了：8 题由对变错',
      );
    } finally {
      setLocale('en');
    }
  });
});
