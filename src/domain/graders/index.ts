/**
 * Grading. A gold decides its grader; each grader is loaded when it is first needed, because together they are not
 * small (dictionaries of units, of number words, of traditional characters) and a page starts without them.
 *
 * A new grader is one file and one line in GRADERS. The order matters: the first that handles a gold grades it.
 */
import { type Shortened, withoutRepetition } from '../extract/text/repetition.ts';
import type { Gold } from '../suite.ts';
import type { Candidate, Verdict } from '../verdict.ts';
import type { Grader, GradeInput } from './grader.ts';

const GRADERS: readonly (() => Promise<Grader>)[] = [
  once(async () => (await import('./choice.ts')).choice),
  once(async () => (await import('./numeric.ts')).numeric),
  once(async () => (await import('./span.ts')).span),
];

/** Loads at the first call only: an import takes longer than a verdict. What failed is tried again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () =>
    (loaded ??= load().catch((thrown: unknown) => {
      loaded = null;
      throw thrown;
    }));
}

/** The grader for a gold. Every gold has one: what is no number, date or range is a span of text. */
export async function graderFor(gold: Gold): Promise<Grader> {
  for (const load of GRADERS) {
    const grader = await load();
    if (grader.handles(gold)) return grader;
  }
  throw new RangeError(`no grader handles the gold "${gold.value}"`);
}

export { answerKey } from './answerKey.ts';
export { unitProblem, withKnownUnits, type UnitProblem } from './number/units/knownUnit.ts';

export interface Graded {
  readonly verdict: Verdict;
  readonly grader: { readonly id: string; readonly version: string };
}

/** Grades one output. The same input gives the same verdict, which is never `unscored`. */
export async function grade(input: GradeInput): Promise<Graded> {
  const grader = await graderFor(input.gold);
  const shortened = withoutRepetition(input.output);
  const verdict = await grader.grade({ ...input, output: shortened.text });
  return {
    verdict: inOutput(verdict, input.output, shortened),
    grader: { id: grader.id, version: grader.version },
  };
}

/** A verdict on the shortened text as one on the output itself. */
function inOutput(verdict: Verdict, output: string, shortened: Shortened): Verdict {
  if (verdict.kind !== 'graded' || shortened.text.length === output.length) return verdict;
  const placed = <T extends Candidate>(candidate: T): T => {
    const span = shortened.original(candidate.span);
    return { ...candidate, span, text: output.slice(span.start, span.end) };
  };
  return { ...verdict, answer: placed(verdict.answer), rejected: verdict.rejected.map(placed) };
}
