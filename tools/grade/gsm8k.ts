import * as v from 'valibot';
import type { GradingCase } from './cases.ts';
import { parseLines } from './jsonLines.ts';

/**
 * A solution that a model gave to a GSM8K question (Cobbe et al. 2021), with a known verdict. Further keys are allowed
 * and ignored.
 */
const Solution = v.object({
  question: v.string(),
  /** The worked solution that ends in "#### 18", or the bare number. */
  answer: v.union([v.string(), v.number()]),
  solution: v.string(),
  correct: v.boolean(),
  finish: v.optional(v.picklist(['stop', 'length']), 'stop'),
});

/** What a person calls wrong may be no answer at all or a cut one: only right or not right is known. */
export interface KnownSolution extends Omit<GradingCase, 'verdict'> {
  readonly correct: boolean;
}

/** The solutions of a JSONL text. Throws an Error that names the file and the line. */
export function parseSolutions(text: string, file: string): readonly KnownSolution[] {
  return parseLines(text, file, 'a GSM8K solution', Solution).map(({ value, line }) => {
    const { question, solution, correct, finish } = value;
    const gold = goldOf(String(value.answer));
    if (!/^-?(?:\d+\.?\d*|\.\d+|\d+\/\d+)$/.test(gold))
      throw new Error(`${file}:${line}: no number to grade by in "answer": ${JSON.stringify(gold)}`);
    const why = correct ? 'known to be right' : 'known to be wrong';
    return { id: `line ${line}`, output: solution, gold, unit: '', lang: 'en', why, q: question, finish, correct };
  });
}

/** "… #### 70,000" and "$70,000" as 70000. */
function goldOf(answer: string): string {
  return (answer.split('####').at(-1) ?? '').replace(/[\s$,]/g, '');
}
