import { SUITE_LIMITS } from '#domain';
import { unitProblem } from '#domain/grading';
import type { Question } from './format.ts';
import { importProblem, type ImportProblem } from './problem.ts';

/** What no suite could hold, or what is no text at all; null where the question is in order. */
export function questionProblem({ passage, question, gold, choices = [], solution }: Question): ImportProblem | null {
  const long: readonly (readonly [field: string, text: string])[] = [
    ['passage', passage ?? ''],
    ['question', question],
    ['solution', solution ?? ''],
    ...choices.map((text) => ['choices', text] as const),
  ];
  const short = [gold.value, ...(gold.aliases ?? [])].map((text) => ['answer', text] as const);
  if (question.trim() === '') return importProblem('field-missing', { field: 'question' }, 'question');
  for (const [field, text] of [...long, ...short]) {
    if (text.includes('\ufffd') || text.includes('\u0000')) return importProblem('bad-characters', { field }, field);
  }
  for (const [field, text] of long) {
    if (bytesOver(text, SUITE_LIMITS.textBytes)) return tooLong(field, SUITE_LIMITS.textBytes);
  }
  for (const [field, text] of short) if (text.length > SUITE_LIMITS.line) return tooLong(field, SUITE_LIMITS.line);
  if (gold.unit !== undefined && gold.unit.length > SUITE_LIMITS.id) return tooLong('unit', SUITE_LIMITS.id);
  const unit = unitProblem(gold.unit);
  return unit === null ? null : importProblem(unit.code, { value: unit.value }, 'unit');
}

function tooLong(field: string, most: number): ImportProblem {
  return importProblem('too-long', { field, most: String(most) }, field);
}

/** UTF-8 bytes; a UTF-16 code unit has three at most, so most texts need not be encoded to know. */
function bytesOver(text: string, limit: number): boolean {
  return text.length * 3 > limit && new TextEncoder().encode(text).length > limit;
}
