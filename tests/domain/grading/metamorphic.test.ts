import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '#domain';
import { grade } from '../../../src/domain/graders/index.ts';
import { constructions } from './constructions.ts';

/** How many cases are made. Raise it to look harder: GRADING_CASES=200000 npx vitest run tests/domain/grading */
const RUNS = Number(process.env['GRADING_CASES'] ?? 4000);

describe('verdicts by construction', () => {
  it('grades every way of writing and phrasing as it was made', async () => {
    let right = 0;
    await fc.assert(
      fc.asyncProperty(constructions, async ({ input, correct, made }) => {
        const { verdict } = await grade(input);
        const got = verdict.kind === 'graded' && verdict.correct;
        if (correct) right++;
        expect(got, `${made}: ${JSON.stringify(input)} took ${describeAnswer(verdict)}`).toBe(correct);
      }),
      { numRuns: RUNS },
    );
    // The construction must make both kinds, or the property says nothing about one of them.
    expect(right).toBeGreaterThan(RUNS / 4);
    expect(right).toBeLessThan(RUNS);
  }, 600_000);
});

function describeAnswer(verdict: Verdict): string {
  return verdict.kind === 'graded' ? JSON.stringify(verdict.answer) : verdict.kind;
}
