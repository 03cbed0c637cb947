import fc from 'fast-check';
import { constructions } from './constructions.ts';
import { gradeRightOrWrong, type Outcome } from './outcome.ts';

/** Grades `count` constructed cases of one seed: the same seed makes the same cases. */
export async function gradeGenerated(count: number, seed: number): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [i, { input, correct, made }] of fc.sample(constructions, { numRuns: count, seed }).entries()) {
    outcomes.push(await gradeRightOrWrong(`seed ${seed}, case ${i + 1}`, input, correct, made));
  }
  return outcomes;
}
