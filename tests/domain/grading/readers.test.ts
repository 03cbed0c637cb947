import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../../src/domain/extract/text/clean.ts';
import { readDate } from '../../../src/domain/graders/number/reading/dates.ts';
import { show } from '../../../src/domain/graders/number/reading/rational.ts';
import { scan } from '../../../src/domain/graders/number/reading/scan.ts';
import { parseUnitText, type Subject } from '../../../src/domain/graders/number/units/units.ts';
import { chineseNumeral, decimalText, englishWords, fullWidth, grouped } from '../../../tools/grade/numerals.ts';

/** Every number of a text as its exact value; "?" for one that has none. */
function values(text: string, subject: Subject = 'other'): readonly string[] {
  return scan(clean(text).text, subject).flatMap((t) =>
    t.kind === 'number' ? [t.amount === null ? '?' : show(t.amount.value).replaceAll(',', '')] : [],
  );
}

const counts = fc.integer({ min: 0, max: 999_999_999 });

describe('numbers written by independent writers are read back', () => {
  it.each<readonly [string, (n: number) => string]>([
    ['Chinese numerals', (n) => chineseNumeral(BigInt(n))],
    ['financial numerals', (n) => chineseNumeral(BigInt(n), true)],
    ['English words', englishWords],
    ['separators', (n) => grouped(BigInt(n))],
    ['full width', (n) => fullWidth(grouped(BigInt(n)))],
    ['LaTeX separators', (n) => `$${grouped(BigInt(n)).replaceAll(',', '{,}')}$`],
  ])('%s', (_name, write) => {
    fc.assert(
      fc.property(counts, (n) => {
        expect(values(write(n))).toEqual([String(n)]);
      }),
    );
  });

  it('decimals with 万 and 亿', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 14n }), (n) => {
        expect(values(`${decimalText(n, 4)}万`)).toEqual([String(n)]);
        expect(values(`${decimalText(n, 8)}亿`)).toEqual([String(n)]);
      }),
    );
  });
});

describe('shapes of numbers', () => {
  it.each<readonly [string, readonly string[]]>([
    ['一万二', ['12000']],
    ['一万零二', ['10002']],
    ['三百五', ['350']],
    ['12万3千', ['123000']],
    ['581亿5988万1千', ['58159881000']],
    ['三点一四', ['3.14']],
    ['二又三分之一', ['7/3']],
    ['2½', ['2.5']],
    ['11 5/6', ['71/6']],
    ['5.8159881 × 10^10', ['58159881000']],
    ['1.5 × 10⁻²', ['0.015']],
    ['two and a half', ['2.5']],
    ['1/0', ['?']],
    ['1.2.3', ['?']],
    ['58,159,881，2024', ['58159881', '2024']],
    ['12,345,6789', ['?']],
    ['Qwen2.5 and GPT-4', []],
    ['一共十分', []],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });
});

describe('dates', () => {
  it.each<readonly [string, readonly [number | null, number | null, number | null, boolean]]>([
    ['2024-12-31', [2024, 12, 31, false]],
    ['31 December 2024', [2024, 12, 31, false]],
    ['Dec. 31st, 2024', [2024, 12, 31, false]],
    ['二零二四年十二月三十一日', [2024, 12, 31, false]],
    ['民国113年12月31日', [2024, 12, 31, false]],
    ['12/31/2024', [2024, 12, 31, false]],
    ['03/04/2024', [2024, 3, 4, true]],
    ['December', [null, 12, null, false]],
    ['12月31日', [null, 12, 31, false]],
  ])('%s', (text, [year, month, day, ambiguous]) => {
    expect(readDate(text, 0)).toMatchObject({ year, month, day, ambiguous, end: text.length });
  });

  it.each(['2024-13-01', '2024-02-30', '31/31/2024', '3年', 'may be'])('no date: %s', (text) => {
    expect(readDate(text, 0)?.day ?? null).toBeNull();
  });
});

describe('unit texts', () => {
  it.each(['千元', 'RMB thousand', "RMB'000", 'in thousands of RMB', '人民币千元', '单位：千元'])(
    '%s is thousands of yuan',
    (text) => {
      const run = parseUnitText(text, 'money');
      expect(run?.scale).toEqual({ n: 1000n, d: 1n });
      expect(run?.unit).toMatchObject({ kind: 'money', currencies: expect.arrayContaining(['CNY']) as unknown });
    },
  );

  it.each(['see note 5', '', 'thousand and more', '附注'])('%s is no unit', (text) => {
    expect(parseUnitText(text, 'money')).toBeNull();
  });
});
