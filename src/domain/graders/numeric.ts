import { clean } from '../extract/text/clean.ts';
import { findCommitments } from '../extract/commitments/commitments.ts';
import { choose } from '../extract/choice/choose.ts';
import { Sentences } from '../extract/text/sentences.ts';
import { visiblePart } from '../extract/text/visible.ts';
import type { Gold } from '../suite.ts';
import type { Verdict } from '../verdict.ts';
import type { Grader, GradeInput } from './grader.ts';
import { inAskedForm } from './number/candidates/askedForm.ts';
import type { Judged, Reading } from './number/candidates/candidates.ts';
import { dateCandidates } from './number/candidates/dateCandidates.ts';
import { expectedOf, subjectOf } from './number/expected.ts';
import { givensOf } from './number/candidates/givens.ts';
import { groupSpaces } from './number/reading/groupSpaces.ts';
import { joinCompounds } from './number/candidates/join.ts';
import { withNothing } from './number/reading/nothing.ts';
import { numberCandidates } from './number/candidates/numberCandidates.ts';
import { rangeCandidates } from './number/candidates/rangeCandidates.ts';
import { withRepublicYears } from './number/reading/republicYears.ts';
import { withoutRestated } from './number/candidates/restated.ts';
import { scan } from './number/reading/scan.ts';
import { withTableHeads } from './number/candidates/tableCells.ts';
import { report } from './report.ts';

/** Grades golds that are a number, a quantity, a date or a range. Pure and exact; never throws. */
export const numeric: Grader = {
  id: 'numeric',
  version: '5',
  handles: (gold: Gold) => expectedOf(gold) !== null,
  grade: gradeNumeric,
};

function gradeNumeric(input: GradeInput): Verdict {
  const expected = expectedOf(input.gold);
  if (expected === null) return { kind: 'noAnswer', reason: 'nothing-found', notes: [] };
  const visible = visiblePart(input, true, input.question ?? '');
  const mapped = clean(visible.text);
  const question = clean(input.question ?? '').text;
  const sentences = new Sentences(mapped.text);
  const commitments = findCommitments(visible.text, mapped, sentences);
  const text = groupSpaces(mapped.text, commitments);
  const finish = visible.cut ? 'stop' : input.finish;
  const subject = subjectOf(expected);
  const isPlain = expected.kind === 'plain' || expected.kind === 'unknown';
  const joined = withNothing(text, joinCompounds(text, scan(text, subject)));
  const scanned = withRepublicYears(text, question, withTableHeads(text, joined));
  const reading: Reading = {
    text,
    question,
    passage: input.passage ?? '',
    language: input.language,
    commitments,
    tokens: isPlain ? withoutRestated(text, question, inAskedForm(text, question, scanned)) : scanned,
    questionTokens: scan(question, subject),
  };
  const givens = givensOf(reading.questionTokens);
  const quantities = expected.kind !== 'date' && expected.kind !== 'range';
  const read = { text, question, givens, quantities, sentences, commitments, finish };
  const verdictOn = <T>(candidates: Judged<T>): Verdict => {
    const { choice, negated } = choose(read, candidates);
    return report({
      choice,
      discarded: [
        ...candidates.discarded,
        ...negated.map((o) => ({ start: o.start, end: o.end, because: 'negated' as const })),
      ],
      output: input.output,
      mapped,
      notes: visible.notes,
      finish,
      unclosedThinking: visible.unclosedThinking,
      judge: (offer) => candidates.judge(offer),
    });
  };
  if (expected.kind === 'date') return verdictOn(dateCandidates(reading, expected));
  if (expected.kind === 'range') return verdictOn(rangeCandidates(reading, expected));
  return verdictOn(numberCandidates(reading, expected));
}
