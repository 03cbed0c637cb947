import type { GradeInput, Verdict } from '../../src/domain/index.ts';
import { grade } from '../../src/domain/graders/index.ts';
import type { GradingCase } from './cases.ts';

export type Word = GradingCase['verdict'] | 'unscored';

/** How one output was graded, and what was expected of it. */
export interface Outcome {
  readonly id: string;
  readonly input: GradeInput;
  /** "incorrect" of a source that knows only right and wrong stands for every verdict that is not "correct". */
  readonly expected: Word;
  readonly because: string;
  readonly got: Word;
  readonly agrees: boolean;
  /** The piece of the output that was taken as the answer, and how; or "nothing". */
  readonly extracted: string;
  /** Reason and notes of the verdict, for people. */
  readonly why: string;
}

export async function gradeCase(expected: GradingCase): Promise<Outcome> {
  const { id, verdict, why } = expected;
  return outcomeOf(id, inputOf(expected), verdict, why, (got) => got === verdict);
}

/** Grades where only right or not right is known. */
export async function gradeRightOrWrong(
  id: string,
  input: GradeInput,
  correct: boolean,
  because: string,
): Promise<Outcome> {
  const expected = correct ? 'correct' : 'incorrect';
  return outcomeOf(id, input, expected, because, (got) => (got === 'correct') === correct);
}

export function inputOf(expected: Omit<GradingCase, 'verdict'>): GradeInput {
  const { output, gold, unit, aliases, lang, q, choices, passage, finish } = expected;
  return {
    output,
    gold: { value: gold, ...(unit === undefined ? {} : { unit }), ...(aliases === undefined ? {} : { aliases }) },
    language: lang,
    ...(q === undefined ? {} : { question: q }),
    ...(choices === undefined ? {} : { choices }),
    ...(passage === undefined ? {} : { passage }),
    finish,
  };
}

async function outcomeOf(
  id: string,
  input: GradeInput,
  expected: Word,
  because: string,
  agrees: (got: Word) => boolean,
): Promise<Outcome> {
  const { verdict } = await grade(input);
  const got = wordFor(verdict);
  const [extracted, why] = [extractedFrom(verdict), explain(verdict)];
  return { id, input, expected, because, got, agrees: agrees(got), extracted, why };
}

function wordFor(verdict: Verdict): Word {
  switch (verdict.kind) {
    case 'graded':
      return verdict.correct ? 'correct' : 'incorrect';
    case 'noAnswer':
      return 'no_answer';
    case 'truncated':
    case 'unscored':
      return verdict.kind;
  }
}

function extractedFrom(verdict: Verdict): string {
  if (verdict.kind !== 'graded') return 'nothing';
  const { answer, commitment, rejected } = verdict;
  const others = rejected.map((r) => `${JSON.stringify(r.text)} ${r.because}`);
  return `${JSON.stringify(answer.text)} by ${commitment}${others.length === 0 ? '' : `; not ${others.join(', ')}`}`;
}

function explain(verdict: Verdict): string {
  const notes = verdict.kind === 'unscored' ? [] : verdict.notes;
  const said = notes.map((n) => [n.code, ...Object.entries(n.params).map(([k, value]) => `${k}=${value}`)].join(' '));
  const reason =
    verdict.kind === 'graded' ? (verdict.correct ? [] : [verdict.reason]) : 'reason' in verdict ? [verdict.reason] : [];
  return [...reason, ...said].join('; ') || '-';
}
