import { expect, test } from 'vitest';
import { decodeSuite } from '#domain';
import { unitProblem, withKnownUnits } from '#domain/grading';
import { sampleSuite } from '../../fixtures/sampleSuite.ts';

test.each([
  [undefined, null],
  ['', null],
  ['text', null],
  ['choice', null],
  ['percentage_point', null],
  ['kilometre', null],
  ['min', null],
  ['usd', null],
  ['CNY', null],
  ['CNY:thousand', null],
  ['USD:hundred_million', null],
  ['CNY:gazillion', { code: 'unknown-scale', value: 'gazillion' }],
  ['CNY:thousands', { code: 'unknown-scale', value: 'thousands' }],
  ['CNY:Thousand', { code: 'unknown-scale', value: 'Thousand' }],
  ['CNY:', { code: 'unknown-scale', value: '' }],
  ['RMB', { code: 'unknown-currency', value: 'RMB' }],
  ['rmb:million', { code: 'unknown-currency', value: 'rmb' }],
  ['XYZ:one', { code: 'unknown-currency', value: 'XYZ' }],
  ['万元', { code: 'unknown-unit', value: '万元' }],
  ['wibble', { code: 'unknown-unit', value: 'wibble' }],
  ['box', { code: 'unknown-unit', value: 'box' }],
] as const)('the unit %j', (unit, problem) => {
  expect(unitProblem(unit)).toEqual(problem);
});

test('a suite with such a unit is refused with its place; stored ones stay readable', () => {
  const suite = sampleSuite();
  const [first, ...others] = suite.items;
  if (first === undefined) throw new Error('the sample has no item');
  const decoded = decodeSuite({
    ...suite,
    items: [{ ...first, gold: { value: '5', unit: 'CNY:gazillion' } }, ...others],
  });
  expect(decoded.ok).toBe(true);
  expect(withKnownUnits(decoded)).toEqual({
    ok: false,
    problems: [{ path: 'items[0].gold.unit', code: 'unknown-scale', params: { received: 'gazillion' } }],
  });
  expect(withKnownUnits(decodeSuite(suite))).toEqual(decodeSuite(suite));
});
