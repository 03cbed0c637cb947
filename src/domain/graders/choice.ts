import { abstentionAt } from '../extract/text/abstention.ts';
import { clean } from '../extract/text/clean.ts';
import { originalSpan } from '../extract/text/mapped.ts';
import { Sentences } from '../extract/text/sentences.ts';
import { visiblePart } from '../extract/text/visible.ts';
import type { Extraction, Note, Verdict } from '../verdict.ts';
import { choiceCommitments } from './choice/commitments.ts';
import { askedBy, LETTERS, stemOf } from './choice/options.ts';
import { pickFrom, type Picked } from './choice/pick.ts';
import { withoutRepeated } from './choice/repeated.ts';
import type { Grader, GradeInput } from './grader.ts';

/** Grades multiple choice: a letter of the options or the full text of one. Never throws. */
export const choice: Grader = {
  id: 'choice',
  version: '4',
  handles: (gold) => gold.unit === 'choice' && new RegExp(`^[${LETTERS}]$`).test(gold.value),
  grade: gradeChoice,
};

function gradeChoice(input: GradeInput): Verdict {
  const { output, gold } = input;
  const question = input.question ?? '';
  const visible = visiblePart(input, false, stemOf(question));
  const finish = visible.cut ? 'stop' : input.finish;
  const asked = askedBy(input.choices ?? null, question);
  const mapped = clean(visible.text);
  const text = withoutRepeated(mapped.text, asked.options);
  const cut = {
    kind: 'truncated',
    where: visible.unclosedThinking ? 'thinking' : 'answer',
    notes: visible.notes,
  } as const;
  const commitments = choiceCommitments(visible.text, mapped, text, new Sentences(text));
  const picked = pickFrom(text, commitments, asked);
  if (picked === null) {
    if (finish === 'length') return cut;
    if (visible.unclosedThinking) return { kind: 'noAnswer', reason: 'unclosed-thinking', notes: visible.notes };
    if (output.trim() === '') return { kind: 'noAnswer', reason: 'empty', notes: visible.notes };
    const reason = abstentionAt(text) >= 0 ? 'abstained' : 'nothing-found';
    return { kind: 'noAnswer', reason, notes: [...visible.notes, { code: reason, params: {} }] };
  }
  // "The answer is B" may have been going on: "Both", "B or C".
  const isOpen = !picked.closed && text.slice(picked.end).trim() === '';
  if (finish === 'length' && (isOpen || (picked.commitment === 'whole-output' && !picked.closed))) return cut;
  const notes: readonly Note[] = [
    ...visible.notes,
    ...(finish === 'length' ? [{ code: 'answer-before-the-cut', params: {} } as const] : []),
  ];
  const extraction = extractionOf(picked);
  if (picked.kind === 'several') return { kind: 'graded', correct: false, reason: 'hedge', ...extraction, notes };
  return picked.letter === gold.value
    ? { kind: 'graded', correct: true, ...extraction, notes: [...notes, { code: 'exact', params: {} }] }
    : { kind: 'graded', correct: false, reason: 'wrong-value', ...extraction, notes };

  function extractionOf({ start, end, commitment }: Picked): Omit<Extraction, 'notes'> {
    const span = originalSpan(mapped, start, end);
    return { answer: { span, text: output.slice(span.start, span.end) }, commitment, rejected: [] };
  }
}
