import type { QuestionDraft } from '#app';
import { SUITE_LIMITS } from '#domain';
import { formatNumber, m } from '#i18n';
import { unitChoice, type GoldForm } from './goldUnits.ts';

export interface DraftErrors {
  readonly passage: string;
  readonly question: string;
  readonly gold: string;
}

/** What a grader reads as one number: digits with a point, a fraction, a sign. Separators are taken out before. */
const NUMBER = /^[-−]?\d+(\.\d+)?(\/\d+)?$/;

/** "58,159,881" and "12.5 %" as people type them → "58159881", "12.5": the suite keeps the bare figure. */
export function normalisedGold(text: string, unit: string | null): string {
  const { form } = unitChoice(unit);
  const trimmed = text.trim();
  if (form === 'text' || form === 'date' || form === 'range') return trimmed;
  const bare = trimmed
    .normalize('NFKC')
    .replace(/[,_\s]/g, '')
    .replace('−', '-');
  return form === 'percent' ? bare.replace(/%$/, '') : bare;
}

/** What keeps the draft from being asked, each with the cure; '' where a field is right. */
export function draftErrors(draft: QuestionDraft): DraftErrors {
  const bytes = new TextEncoder().encode(draft.passage).length;
  const tooLong = bytes > SUITE_LIMITS.textBytes;
  const question = draft.question.trim();
  return {
    passage: tooLong ? m.question_passage_too_long({ most: formatNumber(SUITE_LIMITS.textBytes) }) : '',
    question: question === '' ? m.question_question_missing() : lengthError(question),
    gold: goldError(draft),
  };
}

function lengthError(text: string): string {
  return text.length > SUITE_LIMITS.line ? m.question_too_long({ most: formatNumber(SUITE_LIMITS.line) }) : '';
}

function goldError({ gold, unit }: QuestionDraft): string {
  const value = normalisedGold(gold, unit);
  if (value === '') return m.question_gold_missing();
  const form: GoldForm = unitChoice(unit).form;
  if (form === 'text') return lengthError(value);
  if (form === 'date')
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? '' : m.question_gold_not_date({ example: '2024-12-31' });
  if (form === 'range') {
    return /^[^\s–—-]+\s*[-–—]\s*[^\s–—-]+$/.test(value) ? '' : m.question_gold_not_range({ example: '10-20' });
  }
  return NUMBER.test(value) ? '' : m.question_gold_not_number({ example: '58159881' });
}
