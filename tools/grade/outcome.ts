import type { Verdict } from '../../src/domain/index.ts';
import { grade } from '../../src/domain/graders/index.ts';
import type { GradingCase } from './cases.ts';

export interface Outcome {
  readonly expected: GradingCase;
  readonly got: GradingCase['verdict'] | 'unscored';
  /** The piece of the output that was taken as the answer, and how; or "nothing". */
  readonly extracted: string;
  /** Reason and notes of the verdict, for people. */
  readonly why: string;
}

export async function gradeCases(cases: readonly GradingCase[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const expected of cases) outcomes.push(await gradeCase(expected));
  return outcomes;
}

export async function gradeCase(expected: GradingCase): Promise<Outcome> {
  const { output, gold, unit, aliases, lang, q, choices, passage, finish } = expected;
  const { verdict } = await grade({
    output,
    gold: { value: gold, ...(unit === undefined ? {} : { unit }), ...(aliases === undefined ? {} : { aliases }) },
    language: lang,
    ...(q === undefined ? {} : { question: q }),
    ...(choices === undefined ? {} : { choices }),
    ...(passage === undefined ? {} : { passage }),
    finish,
  });
  return { expected, got: wordFor(verdict), extracted: extractedFrom(verdict), why: explain(verdict) };
}

function wordFor(verdict: Verdict): Outcome['got'] {
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
