import { expect, it } from 'vitest';
import { judgedByHand, type Override } from '#domain';

function judged(index: number, as: Override['judged']): Override {
  return { schema: 1, runId: 'r', index, judged: as, note: '', judgedAt: '2026-03-02T10:00:00.000Z' };
}

it('counts a judgement once, up or down, and leaves the grader’s own figure alone', () => {
  const verdicts = 'cciint';
  const overrides = [judged(0, 'right'), judged(1, 'wrong'), judged(2, 'right'), judged(5, 'right')];
  expect(judgedByHand(verdicts, overrides)).toEqual({
    scored: 6,
    correctByGrader: 2,
    correctByHand: 3,
    judgements: 4,
    contradicting: 3,
  });
});

it('takes no judgement of an item without a score', () => {
  expect(judgedByHand('c.u', [judged(1, 'right'), judged(2, 'right'), judged(9, 'right')])).toEqual({
    scored: 1,
    correctByGrader: 1,
    correctByHand: 1,
    judgements: 0,
    contradicting: 0,
  });
});
