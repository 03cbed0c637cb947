import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GradeInput, Verdict } from '#domain';
import { grade } from '../../../src/domain/graders/index.ts';
import { constructions } from '../../../tools/grade/constructions.ts';

/** How many cases are made. Raise it to look harder: GRADING_CASES=200000 npx vitest run tests/domain/grading */
const RUNS = Number(process.env['GRADING_CASES'] ?? 4000);
const PATIENCE = 600_000;

async function accepts(input: GradeInput): Promise<readonly [boolean, Verdict]> {
  const { verdict } = await grade(input);
  return [verdict.kind === 'graded' && verdict.correct, verdict];
}

function describeAnswer(verdict: Verdict): string {
  return verdict.kind === 'graded' ? JSON.stringify(verdict.answer) : verdict.kind;
}

describe('verdicts by construction', () => {
  it(
    'grades every way of writing and phrasing as it was made',
    async () => {
      let right = 0;
      await fc.assert(
        fc.asyncProperty(constructions, async ({ input, correct, made }) => {
          const [got, verdict] = await accepts(input);
          if (correct) right++;
          expect(got, `${made}: ${JSON.stringify(input)} took ${describeAnswer(verdict)}`).toBe(correct);
        }),
        { numRuns: RUNS },
      );
      // The construction must make both kinds, or the property says nothing about one of them.
      expect(right).toBeGreaterThan(RUNS / 4);
      expect(right).toBeLessThan(RUNS);
    },
    PATIENCE,
  );

  it(
    'accepts no output against a gold with another digit',
    async () => {
      let tried = 0;
      await fc.assert(
        fc.asyncProperty(constructions, fc.nat(), fc.integer({ min: 1, max: 9 }), async (made, at, by) => {
          if (!made.correct || made.input.gold.unit === 'choice') return;
          // In another scale fewer digits may be shown, which stand for many golds, but for none with another leading
          // digit. (So do numerals: zeros at their end are not said.)
          const place = /^(?:rounded|exact in|abbreviation|scale|numeral|financial)/.test(made.made) ? 0 : at;
          const gold = withOtherDigit(made.input.gold.value, place, by);
          tried++;
          const [got, verdict] = await accepts({ ...made.input, gold: { ...made.input.gold, value: gold } });
          expect(got, `${made.made}: ${JSON.stringify(made.input)} for ${gold} took ${describeAnswer(verdict)}`).toBe(
            false,
          );
        }),
        { numRuns: RUNS },
      );
      expect(tried).toBeGreaterThan(RUNS / 4);
    },
    PATIENCE,
  );
});

/** The digits of `value` with one of them raised by `by` (1 to 9, without carrying). */
function withOtherDigit(value: string, at: number, by: number): string {
  const places = [...value].flatMap((c, i) => (/\d/.test(c) ? [i] : []));
  const place = places[at % places.length] ?? 0;
  return [...value].map((c, i) => (i === place ? String((Number(c) + by) % 10) : c)).join('');
}
