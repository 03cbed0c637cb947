import { sharingCode, type ModelRow } from '#app';
import { m } from '#i18n';
import { letterOf, type Answer } from './answers.ts';

const KINDS = {
  language: m.question_kind_language,
  reasoning: m.question_kind_reasoning,
  code: m.question_kind_code,
} as const;
type Kind = keyof typeof KINDS;

/** By the words that makers put into the names of their models: no card says its kind yet. */
export function kindOf(name: string): Kind {
  if (/\bcod(e|er)\b|coder|codestral|starcoder/i.test(name)) return 'code';
  if (/\b(r1|qwq|o1|think(ing)?|reason(er|ing)?)\b/i.test(name)) return 'reasoning';
  return 'language';
}

export function kindWord(name: string): string {
  return KINDS[kindOf(name)]();
}

/** The table as people keep it in their notes, by kind. Lines without a verdict are left out: they say nothing yet. */
export async function answersAsMarkdown(answers: readonly Answer[]): Promise<string> {
  const rows = (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
    answers
      .filter((answer) => kindOf(answer.model.name) === kind && letterOf(answer) !== '.')
      .map((answer): ModelRow => {
        const letter = letterOf(answer);
        return { type: KINDS[kind](), model: answer.model.name, correct: letter === 'u' ? null : letter === 'c' };
      }),
  );
  const words = { type: m.question_col_kind(), model: m.question_col_model(), result: m.question_col_verdict() };
  const { modelTable } = await sharingCode();
  return modelTable(rows, words);
}
