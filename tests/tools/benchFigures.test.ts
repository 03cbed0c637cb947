import { expect, test } from 'vitest';
import { median, ratioOver } from '../../tools/bench/figures.ts';

test('the median of an even number of values lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
});

test('a ratio that is the same in each round is certain', () => {
  expect(ratioOver([2, 2, 2, 2])).toEqual({ ratio: 2, low: 2, high: 2 });
});

test('the interval holds the ratio, widens with the spread, and is the same each time', () => {
  const narrow = ratioOver([0.99, 1, 1.01, 1, 1.02, 0.98]);
  const wide = ratioOver([0.5, 1, 1.5, 1, 2, 0.4]);
  expect(narrow.low).toBeLessThan(narrow.ratio);
  expect(narrow.high).toBeGreaterThan(narrow.ratio);
  expect(wide.high - wide.low).toBeGreaterThan(10 * (narrow.high - narrow.low));
  expect(ratioOver([0.5, 1, 1.5, 1, 2, 0.4])).toEqual(wide);
});
