import { expect, it } from 'vitest';
import { clean } from '../../src/domain/extract/text/clean.ts';
import { stepsOf } from '../../src/domain/thinking/steps.ts';
import mathematics from '../../src/catalog/suites/mathematics.json' with { type: 'json' };

it('accuses no step of the worked solutions, which are proven, and every one of them when its result is changed', () => {
  const texts = mathematics.items.map(({ solution }) => clean(solution).text);
  const checked = texts.flatMap((text) => stepsOf(text).map((step) => ({ text, step })));
  expect(checked.length).toBeGreaterThan(150);
  expect(checked.filter(({ step }) => !step.holds)).toEqual([]);
  const plain = checked.flatMap(({ text, step: { start, result } }) => {
    const left = text.slice(start, result.start);
    const shown = text.slice(result.start, result.end);
    return /^\d{1,9}$/.test(shown) && !left.includes('≈') ? [`${left}${Number(shown) + 1}`] : [];
  });
  expect(plain.length).toBeGreaterThan(100);
  const missed = plain.filter((text) => !stepsOf(text).some(({ holds }) => !holds));
  expect(missed.length / plain.length).toBeLessThan(0.05);
});
