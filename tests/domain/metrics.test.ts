import { describe, expect, it } from 'vitest';
import { countVerdicts, metricsOf, withVerdict } from '#domain';

describe('metricsOf', () => {
  it('counts truncated and unanswered items as not correct, and leaves unscored and pending ones out', () => {
    const metrics = metricsOf(countVerdicts('ccciintuu..'));
    expect(metrics.scored).toBe(7);
    expect(metrics.accuracy).toBeCloseTo(3 / 7, 12);
    expect(metrics.accuracyOfFinished).toBeCloseTo(3 / 6, 12);
    expect(metrics.interval?.low).toBeLessThan(3 / 7);
    expect(metrics.interval?.high).toBeGreaterThan(3 / 7);
  });

  it('has no accuracy where nothing is scored: never 0 of 0', () => {
    expect(metricsOf(countVerdicts('uu..'))).toEqual({
      scored: 0,
      correct: 0,
      accuracy: null,
      interval: null,
      accuracyOfFinished: null,
    });
    expect(metricsOf(countVerdicts('tt')).accuracyOfFinished).toBeNull();
  });
});

it('withVerdict replaces one letter', () => {
  expect(withVerdict('....', 0, 'c')).toBe('c...');
  expect(withVerdict('c...', 3, 't')).toBe('c..t');
});
