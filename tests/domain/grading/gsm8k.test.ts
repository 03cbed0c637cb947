import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSolutions } from '../../../tools/grade/gsm8k.ts';
import { gradeRightOrWrong, inputOf } from '../../../tools/grade/outcome.ts';

const FILE = new URL('../../fixtures/grading/gsm8k.jsonl', import.meta.url);

describe('solutions of GSM8K questions with known verdicts', () => {
  const solutions = parseSolutions(readFileSync(FILE, 'utf8'), 'gsm8k.jsonl');

  it.each(solutions.map((s) => [s.id, s] as const))('%s', async (id, known) => {
    const outcome = await gradeRightOrWrong(id, inputOf(known), known.correct, known.why);
    expect(outcome.agrees, `${known.output}: took ${outcome.extracted}, said ${outcome.why}`).toBe(true);
  });
});
