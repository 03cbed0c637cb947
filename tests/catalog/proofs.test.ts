import { describe, expect, it } from 'vitest';
import type { Item } from '#domain';
import { calendarValues } from '../../tools/suites/calendar.ts';
import { readSuites } from '../../tools/suites/files.ts';
import { whyUnproven } from '../../tools/suites/prove.ts';
import { printedDate, printedNumber } from '../../tools/suites/printed.ts';
import { evaluate } from '../../tools/suites/rational.ts';
import { whyUnsolved } from '../../tools/suites/solution.ts';
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

describe('readCell, where a label stands under several groups', () => {
  const sections = '\t2024\t2023\nCurrent assets:\nCash\t5\t4\nOther\t1\t2\nLong-term assets:\nOther\t3\t6';
  const merged = [
    '| Region | Way | 2024 | | 2023 | |',
    '| | | First half | Second half | First half | Second half |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    '| East | Shops | 11 | 12 | 13 | 14 |',
    '| | Online | 21 | 22 | | 24 |',
    '| West | Shops | 31 | 32 | 33 | 34 |',
  ].join('\n');

  it.each([
    [sections, 'Current assets › Other', '2023', '2'],
    [sections, 'Long-term assets › Other', '2023', '6'],
    [merged, 'East › Shops', '2024 › Second half', '12'],
    [merged, 'East › Online', '2023 › First half', ''],
    [merged, 'East › Online', '2023 › Second half', '24'],
    [merged, 'West › Shops', '2024 › First half', '31'],
  ])('%#: %s, %s', (passage, row, column, cell) => {
    expect(readCell(passage, row, column)).toBe(cell);
  });

  it.each([
    [sections, 'Other', '2023'],
    [sections, 'Equity › Other', '2023'],
    [merged, 'West › Online', '2024 › First half'],
    [merged, 'West › Shops', 'First half'],
    [merged, 'West › Shops', '2022 › First half'],
  ])('%#: refuses %s, %s', (passage, row, column) => {
    expect(() => readCell(passage, row, column)).toThrow(RangeError);
  });
});

describe('calendarValues', () => {
  it.each([
    ['2024-02-26 + 5 days', '2024-03-02'],
    ['2023-02-26 + 5 days', '2023-03-03'],
    ['2025-03-01 - 2 weeks', '2025-02-15'],
    ['2024-11-15 + 6 months', '2025-05-15'],
    ['2024-02-29 + 4 years', '2028-02-29'],
    ['2100-03-01 - 2100-02-01', '28'],
    ['2024-03-10 - 2024-05-05', '-56'],
    ['weekday 2024-02-29', 'Thursday'],
    ['weekday 2024-02-29 + 3 days', '星期日'],
  ])('%s', (expression, value) => {
    expect(calendarValues(expression)).toContain(value);
  });

  it.each(['2023-02-29', '2024-01-31 + 1 month', '2024-02-29 + 1 year', '5 days', '2024-13-01', 'tomorrow'])(
    'refuses %s',
    (expression) => {
      expect(() => calendarValues(expression)).toThrow(RangeError);
    },
  );
});

describe('whyUnsolved', () => {
  it.each([
    ['6 × 48 = 288 seats\n288 − 35 = 253', '253', ''],
    ['4/12 + 3/12 = 7/12', '7/12', ''],
    ['4 − 11 = −7', '-7', ''],
    ['72,000 ÷ 3,600 = 20.', '20', ''],
    ['31 − 29 = 2 days: 2 March 2024', '2024-03-02', 'date'],
    ['还有 5 − 3 = 2（天），到2024年3月2日', '2024-03-02', 'date'],
  ])('takes %s', (solution, value, unit) => {
    expect(whyUnsolved(solution, { value, unit })).toBeNull();
  });

  it.each([
    ['6 × 48 = 278\n288 − 35 = 253', '253', ''],
    ['288 − 35 = 253 = 252 + 2', '253', ''],
    ['so many = 253', '253', ''],
    ['288 − 35 = 253 seats', '253', ''],
    ['288 − 35 = 253', '53', ''],
    ['7/12', '12', ''],
    ['31 − 29 = 2 days: 3 March 2024', '2024-03-02', 'date'],
  ])('refuses %s', (solution, value, unit) => {
    expect(whyUnsolved(solution, { value, unit })).not.toBeNull();
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
    expect(printedNumber('(3.25%)')).toBe('-3.25');
    expect(printedNumber('-4.2')).toBe('-4.2');
    expect(printedNumber('A-4.2')).toBe('4.2');
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
