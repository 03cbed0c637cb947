import { describe, expect, it } from 'vitest';
import type { Item } from '#domain';
import { readSuites } from '../../tools/suites/files.ts';
import { whyUnproven } from '../../tools/suites/prove.ts';
import { printedDate, printedNumber } from '../../tools/suites/printed.ts';
import { evaluate } from '../../tools/suites/rational.ts';
import { readCell } from '../../tools/suites/table.ts';

const suites = readSuites();
const cases = suites.flatMap((suite) => suite.items.map((item) => ({ name: `${suite.id}/${item.id}`, suite, item })));

describe('every gold follows from its proof', () => {
  it.each(cases)('$name', ({ suite, item }) => {
    expect(whyUnproven(suite, item)).toBeNull();
  });
});

describe('no perturbed gold is proven', () => {
  /** Another answer of the same form: the last digit changed, or a sign or character added. */
  function perturbed({ gold }: Item): readonly string[] {
    const { value, unit } = gold;
    if (unit === 'text') return [`${value}x`, value.slice(1)];
    const raised = value.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
    return unit === 'date' ? [raised] : [raised, `${value}0.5`, value.startsWith('-') ? value.slice(1) : `-${value}`];
  }

  it.each(cases)('$name', ({ suite, item }) => {
    for (const value of perturbed(item)) {
      expect(value).not.toBe(item.gold.value);
      expect(whyUnproven(suite, { ...item, gold: { ...item.gold, value } }), value).not.toBeNull();
    }
  });

  it('nor a unit that the passage does not state, nor a term that is there, nor an author’s word', () => {
    const { suite, item } = cases.find(({ item }) => item.gold.unit === 'CNY:thousand')!;
    expect(whyUnproven(suite, { ...item, gold: { ...item.gold, unit: 'USD:thousand' } })).toMatch(/does not state/);
    expect(whyUnproven(suite, { ...item, gold: { ...item.gold, unit: 'furlong' } })).toMatch(/no words known/);
    expect(whyUnproven(suite, { ...item, proof: { kind: 'stated' } })).not.toBeNull();
    const absent = cases.find(({ item }) => item.proof.kind === 'absent')!;
    const first = absent.suite.passages.find(({ id }) => id === absent.item.passage)!.text.slice(0, 3);
    const there = { ...absent.item, proof: { kind: 'absent', absent: first } as const };
    expect(whyUnproven(absent.suite, there)).toMatch(/is in the passage/);
  });
});

describe('readCell', () => {
  const forms = {
    markdown: '| Item | 2024 | 2023 |\n| --- | ---: | ---: |\n| Cash | 1,204 | (998) |',
    tabs: '\t2024\t2023\nCash\t1,204\t(998)',
    aligned: 'Title, which is one line\n\n            2024     2023\nCash        1,204    (998)',
  };

  it.each(Object.entries(forms))('reads %s', (_, passage) => {
    expect(readCell(passage, 'Cash', '2024')).toBe('1,204');
    expect(readCell(passage, 'Cash', '2023')).toBe('(998)');
  });

  it.each([
    ['no heading', 'A\t2024\nCash\t1', 'Cash', '2025'],
    ['no row', 'A\t2024\nCash\t1', 'Goodwill', '2024'],
    ['a row that is there twice', 'A\t2024\nCash\t1\nCash\t2', 'Cash', '2024'],
    ['a row that is too short', 'A\t2024\t2023\nCash\t1', 'Cash', '2023'],
  ])('refuses %s', (_, passage, row, column) => {
    expect(() => readCell(passage, row, column)).toThrow(RangeError);
  });
});

describe('evaluate', () => {
  it.each([
    ['1/3', 1n, 3n],
    ['3÷4×60', 45n, 1n],
    ['200-7×12', 116n, 1n],
    ['(32+18)÷5', 10n, 1n],
    ['5-12-3', -10n, 1n],
    ['22.5', 45n, 2n],
    ['1÷(2-5)', -1n, 3n],
    ['-7', -7n, 1n],
  ])('%s', (expression, over, under) => {
    expect(evaluate(expression)).toEqual({ over, under });
  });

  it.each(['', '1+', '(1', '1)', '1 2', '2^3', '1÷0', 'x'])('refuses "%s"', (expression) => {
    expect(() => evaluate(expression)).toThrow();
  });
});

describe('printed forms', () => {
  it('reads numbers and dates', () => {
    expect(printedNumber('(61,340)')).toBe('-61340');
    expect(printedNumber('6.50 dollars')).toBe('6.50');
    expect(printedDate('2016年5月20日')).toBe('2016-05-20');
    expect(printedDate('14 April 1987')).toBe('1987-04-14');
  });

  it('refuses what is not exactly one', () => {
    expect(() => printedNumber('2 of 3')).toThrow(RangeError);
    expect(() => printedNumber('none')).toThrow(RangeError);
    expect(() => printedDate('14 Floreal 1987')).toThrow(RangeError);
  });
});
