import type { Gold, Language } from '../suite.ts';
import type { FinishReason, Verdict } from '../verdict.ts';

export interface GradeInput {
  /** The raw output, thinking included. */
  readonly output: string;
  /** The prompt ends inside a block of thinking that it opened (`opensThinking`): the output begins there. */
  readonly opened?: boolean;
  readonly gold: Gold;
  readonly language: Language;
  /** The question as asked: its year or row decides between several numbers. */
  readonly question?: string;
  /** The passage, if any: tells a number of another row from a number that is not there. */
  readonly passage?: string;
  /** The options A, B, C, … of a multiple-choice item. Absent: they are read from the question. */
  readonly choices?: readonly string[];
  readonly finish: FinishReason;
}

/** What a grader must be. Pure: same input, same verdict. It never throws and never returns `unscored`. */
export interface Grader {
  readonly id: string;
  /** Raised with every change that can change a verdict; stored beside each verdict. */
  readonly version: string;
  /** Whether this grader is the one for such a gold. The registry asks in order. */
  handles(gold: Gold): boolean;
  grade(input: GradeInput): Verdict | Promise<Verdict>;
}
