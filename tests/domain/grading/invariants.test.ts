import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Gold, GradeInput, Verdict } from '#domain';
import { grade } from '../../../src/domain/graders/index.ts';
import { HOSTILE } from '../../../tools/grade/hostile.ts';

const GOLDS: readonly Gold[] = [
  { value: '18', unit: '' },
  { value: '1/3', unit: '' },
  { value: '58159881', unit: 'CNY:thousand' },
  { value: '12.5', unit: 'percent' },
  { value: '210', unit: 'minute' },
  { value: '2024-12-31', unit: 'date' },
  { value: '10-20', unit: 'range' },
  { value: '北京', unit: 'text' },
  { value: 'B', unit: 'choice' },
  { value: 'unanswerable' },
  { value: '58159881' },
  { value: '' },
];

/** Pieces that the readers look for, put together without sense, and plain strings of any characters. */
const outputs = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 40 })
    .map((p) => p.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

const inputs: fc.Arbitrary<GradeInput> = fc.record({
  output: outputs,
  gold: fc.oneof(
    fc.constantFrom(...GOLDS),
    fc.record({
      value: fc.string({ unit: 'grapheme' }),
      unit: fc.constantFrom('', 'text', 'date', 'CNY:thousand', 'no such unit'),
    }),
  ),
  language: fc.constantFrom('en', 'zh-Hans', 'zh-Hant'),
  question: fc.constantFrom(
    '',
    '公司2024年的收入是多少？',
    'What was revenue in 2024?',
    'Which?\nA. 5\nB. 12 or 15\nC. answer',
  ),
  finish: fc.constantFrom('stop', 'length'),
});

describe('for any output and gold', () => {
  it('grades without throwing, and shows pieces of the output', async () => {
    let graded = 0;
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const { verdict, grader } = await grade(input);
        expect(verdict.kind).not.toBe('unscored');
        expect(grader.version).not.toBe('');
        if (verdict.kind === 'graded') graded++;
        expectSpans(verdict, input.output);
      }),
      { numRuns: 4000 },
    );
    expect(graded).toBeGreaterThan(400);
  }, 120_000);

  it('gives the same verdict again', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        expect(await grade(input)).toEqual(await grade(input));
      }),
      { numRuns: 200 },
    );
  });
});

function expectSpans(verdict: Verdict, output: string): void {
  if (verdict.kind !== 'graded') return;
  for (const { span, text } of [verdict.answer, ...verdict.rejected]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThan(span.start);
    expect(span.end).toBeLessThanOrEqual(output.length);
    expect(text).toBe(output.slice(span.start, span.end));
  }
}
