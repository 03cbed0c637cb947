import * as v from 'valibot';
import { unknownScale } from '../../src/domain/graders/number/expected.ts';
import { parseLines } from './jsonLines.ts';

/** One line of a file of grading cases. Further keys are allowed and ignored. */
const Case = v.object({
  id: v.string(),
  output: v.string(),
  gold: v.string(),
  /** Absent: unknown. "": unitless. */
  unit: v.optional(
    v.pipe(
      v.string(),
      v.check(
        (unit) => unknownScale(unit) === null,
        ({ input }) => `unknown scale in "${input}" (known: one, thousand, million, billion, wan, yi, …)`,
      ),
    ),
  ),
  aliases: v.optional(v.array(v.string())),
  lang: v.picklist(['en', 'zh-Hans', 'zh-Hant']),
  verdict: v.picklist(['correct', 'incorrect', 'no_answer', 'truncated']),
  why: v.string(),
  q: v.optional(v.string()),
  /** The options of a question with the unit "choice"; absent, they are read from `q`. */
  choices: v.optional(v.array(v.string())),
  passage: v.optional(v.string()),
  finish: v.optional(v.picklist(['stop', 'length']), 'stop'),
});

export type GradingCase = v.InferOutput<typeof Case>;

/** The cases of a JSONL text; blank lines do not count. Throws an Error that names the file and the line. */
export function parseCases(text: string, file: string): readonly GradingCase[] {
  return parseLines(text, file, 'a grading case', Case).map(({ value }) => value);
}
