import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SUITE_LIMITS } from '#domain';
import { elementCutter } from '../../../src/sharing/suites/cut/elements.ts';
import { LONGEST_ENTRY, type Cutter, type Entry } from '../../../src/sharing/suites/cut/entry.ts';
import { lineCutter } from '../../../src/sharing/suites/cut/lines.ts';
import { rowCutter } from '../../../src/sharing/suites/cut/rows.ts';
import { UNREADABLE } from '../../../src/sharing/suites/cut/unreadable.ts';
import { readSuite } from '../../../src/sharing/suites/read.ts';
import { imported, optionsFor, read } from './importing.ts';

function cutInPieces(cutter: Cutter, text: string, places: readonly number[]): readonly Entry[] {
  const cuts = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  const pieces = cuts.slice(1).map((to, n) => text.slice(cuts[n], to));
  return [...pieces.flatMap((piece) => cutter.push(piece)), ...cutter.end()];
}

const places = fc.array(fc.nat(2_000), { maxLength: 12 });
const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '题', '\t', '{', ']', '\\'), maxLength: 8 });
const runs = { numRuns: 300 };

describe('pieces', () => {
  test('rows are the same however the text is cut, and come back as they were written', () => {
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
        places,
        (rows, at) => {
          const text = rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
          const written = rows.filter((row) => row.some((one) => one.trim() !== ''));
          const entries = cutInPieces(rowCutter(','), text, at);
          expect(entries.map((entry) => entry.ok && entry.value)).toEqual(written);
          expect(entries).toEqual(cutInPieces(rowCutter(','), text, []));
        },
      ),
      runs,
    );
  });

  test('elements of a JSON list are what JSON.parse makes of them, wherever the list stands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 6 }),
        places,
        fc.boolean(),
        fc.constantFrom(0, 2),
        (values, at, inData, space) => {
          const safe = values.filter((value) => !JSON.stringify(value).includes('__proto__'));
          const whole = inData ? { version: 'a "data": [', other: { data: [1] }, data: safe, after: ['x', {}] } : safe;
          const entries = cutInPieces(elementCutter(), JSON.stringify(whole, null, space), at);
          // Some keys of arbitrary values are inherited ones, which are refused.
          const read = entries.map((entry) => (entry.ok ? JSON.stringify(entry.value) : entry.problem.code));
          const expected = safe.map((value, n) =>
            read[n] === 'forbidden-key' ? 'forbidden-key' : JSON.stringify(value),
          );
          expect(read).toEqual(expected);
        },
      ),
      runs,
    );
  });

  test('the line of an element is the one on which it begins', () => {
    const text = '{\n "data": [\n  {"a": "x\\n"},\n\n  {\n   "b": 1 }\n ]\n}';
    expect(cutInPieces(elementCutter(), text, [7, 20, 30]).map(({ line }) => line)).toEqual([3, 5]);
  });

  test('lines', () => {
    const entries = cutInPieces(lineCutter(), '{"a":1}\n\n{"b":\n[2]', [3, 8, 11]);
    expect(entries.map((entry) => [entry.line, entry.ok && entry.value])).toEqual([
      [1, { a: 1 }],
      [3, false],
      [4, [2]],
    ]);
  });

  test.each([
    ['rows', () => rowCutter(','), '"', 'entry-too-long'],
    ['lines', lineCutter, '{"a": "', 'entry-too-long'],
    ['elements', elementCutter, '[{"a": "', 'entry-too-long'],
  ] as const)('an entry of %s without an end is given up, not kept', (_, make, start, code) => {
    const cutter = make();
    const found = [...cutter.push(start), ...cutter.push(`x`.repeat(LONGEST_ENTRY)), ...cutter.push('\n')];
    expect(found[0]).toMatchObject({ line: 1, ok: false, problem: { code } });
  });
});

test('nothing that a file holds makes reading throw, and whatever is read is a suite', async () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    '\n',
    ':',
    '"question"',
    '"answer"',
    '"data"',
    'question',
    'answer',
    '"qas"',
    '"paragraphs"',
    '####',
    ' 5',
    '__expected',
    'A',
    '\\',
    '\u0000',
    '题',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 60 }), async (pieces) => {
      const result = await read(pieces.join('')).catch((thrown: unknown) => thrown);
      const kind =
        result instanceof Error
          ? ((result as Error & { failure?: { code: string } }).failure?.code ?? result.message)
          : (result as { kind: string }).kind;
      expect(['read', 'nothing', 'refused', 'invalid-input', ...UNREADABLE]).toContain(kind);
    }),
    runs,
  );
});

describe('files larger than a suite', () => {
  const rows = Array.from({ length: SUITE_LIMITS.items + 50 }, (_, n) => `Q${n},${n}\n`).join('');
  const text = `question,answer\n${rows}`;

  test('the first ones', async () => {
    const { suite, report } = await imported(text);
    expect(suite.items).toHaveLength(SUITE_LIMITS.items);
    expect(report.found).toBe(SUITE_LIMITS.items + 50);
    expect(suite.description.en).toBe('f: 5000/5050');
  });

  test('a sample: the same for the same seed, in the order of the file, spread over it', async () => {
    const sample = async (seed: number): Promise<readonly number[]> => {
      const { suite } = await imported(text, { take: { kind: 'sample', count: 200, seed } });
      return suite.items.map(({ gold }) => Number(gold.value));
    };
    const drawn = await sample(7);
    expect(await sample(7)).toEqual(drawn);
    expect(await sample(8)).not.toEqual(drawn);
    expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    // Mean 2524.5, standard error 103 (√((N²−1)/12/n)): five of them.
    expect(Math.abs(mean - 2524.5)).toBeLessThan(515);
  });
});

test('50 MB are read in pieces, with progress', async () => {
  const row = `${JSON.stringify({ question: `How many? ${'word '.repeat(100)}`, answer: 'So 5.\n#### 5' })}\n`;
  const block = row.repeat(1_000);
  const file = new Blob(Array.from({ length: Math.ceil(50_000_000 / block.length) }, () => block));
  expect(file.size).toBeGreaterThan(50_000_000);
  const options = await optionsFor(file, { take: { kind: 'first', count: 10 } });
  const told: number[] = [];
  const result = await readSuite(file, options, (bytes) => told.push(bytes));
  expect(result).toMatchObject({ kind: 'read', report: { skipped: {}, problems: [] } });
  expect(told.length).toBeGreaterThan(100);
  expect(told.at(-1)).toBe(file.size);
});
