import { samplingCode, type Verdict } from '#domain';
import type { RunFormat } from './formats.ts';

/** One model's result on one question. `correct: null`: not scored, which says nothing about the model. */
export interface ModelRow {
  /** "语言模型", "reasoning": rows of one type stand together, and the type is written once. */
  readonly type: string;
  readonly model: string;
  readonly correct: boolean | null;
}

/** Heads of the table of models: "模型类型", "模型", "评估结果". */
export interface ModelTableWords {
  readonly type: string;
  readonly model: string;
  readonly result: string;
}

/** What people leave in the type column where it repeats: as wide as the table that they write by hand. */
const REPEATED = ' '.repeat(7);

/** The table that people keep by hand: a line for each model, ✅ or ❌. Ends with a newline. */
export function modelTable(rows: readonly ModelRow[], words: ModelTableWords): string {
  return table(
    [words.type, words.model, words.result],
    rows.map(({ type, model, correct }, n) => {
      const repeated = rows[n - 1]?.type === type;
      return [repeated ? REPEATED : escapeCell(type), escapeCell(model), mark(correct)];
    }),
  );
}

/** The items of a run as a table: id, answer, mark. */
export const markdownFormat: RunFormat = {
  id: 'markdown',
  extension: 'md',
  mediaType: 'text/markdown;charset=utf-8',
  write: ({ header, items }, words) => {
    const { model, suite } = header.spec;
    const title = `${escapeCell(model.name)} (${escapeCell(model.build.quantisation)}) · ${escapeCell(suite.id)}@${escapeCell(suite.version)}`;
    const rows = items.map(({ itemId, verdict }) => [
      escapeCell(itemId),
      escapeCell(answerOf(verdict)),
      markOf(verdict),
    ]);
    const drawn = header.spec.sampling.kind === 'greedy' ? '' : ` · ${escapeCell(samplingCode(header.spec.sampling))}`;
    const thinks = header.spec.thinking === undefined ? '' : ` · thinking ${header.spec.thinking.mode}`;
    return `${title}${drawn}${thinks}\n\n${table([words.item, words.answer, words.result], rows)}`;
  },
};

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads.map(escapeCell), heads.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function answerOf(verdict: Verdict): string {
  return verdict.kind === 'graded' ? verdict.answer.text : '';
}

function markOf(verdict: Verdict): string {
  return mark(verdict.kind === 'unscored' ? null : verdict.kind === 'graded' && verdict.correct);
}

function mark(correct: boolean | null): string {
  if (correct === null) return '–';
  return correct ? '✅' : '❌';
}

/**
 * A text in a cell as it is: without what Markdown would make of it (GitHub's dialect), on one line. An underscore
 * within a word means nothing there and stays bare, as model names have them.
 */
export function escapeCell(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\|`*[\]<>~&$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
}
