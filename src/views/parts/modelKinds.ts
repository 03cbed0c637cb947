import { sharingCode, type ModelRow } from '#app';
import { countVerdicts, type RunHeader } from '#domain';
import { m } from '#i18n';

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

/** A run's row: what is unscored says nothing about the model and is in no figure. */
export function scoreOf({ spec, verdicts }: RunHeader): Omit<ModelRow, 'type'> {
  const { correct, incorrect, noAnswer, truncated } = countVerdicts(verdicts);
  const of = correct + incorrect + noAnswer + truncated;
  return { model: spec.model.name, result: of === 0 ? null : { correct, of } };
}

/** The table as people keep it in their notes: models by kind, each with its mark. */
export async function modelsAsMarkdown(models: readonly Omit<ModelRow, 'type'>[]): Promise<string> {
  const rows = (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
    models.filter(({ model }) => kindOf(model) === kind).map((row): ModelRow => ({ type: KINDS[kind](), ...row })),
  );
  const words = { type: m.question_col_kind(), model: m.question_col_model(), result: m.question_col_verdict() };
  const { modelTable } = await sharingCode();
  return modelTable(rows, words);
}
