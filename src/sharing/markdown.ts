import { samplingCode, sha256Hex, type Override, type Verdict } from '#domain';
import type { RunFormat } from './formats.ts';

/** Right answers of all that were scored. */
export interface Score {
  readonly correct: number;
  readonly of: number;
}

/** One model's result on one question, or on a suite. `null`: not scored, which says nothing about the model. */
export interface ModelRow {
  /** "语言模型", "reasoning": rows of one type stand together, and the type is written once. */
  readonly type: string;
  readonly model: string;
  readonly result: boolean | Score | null;
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
    rows.map(({ type, model, result }, n) => {
      const repeated = rows[n - 1]?.type === type;
      return [repeated ? REPEATED : escapeCell(type), escapeCell(model), resultText(result)];
    }),
  );
}

/** The items of a run as a table: id, answer, mark. */
export const markdownFormat: RunFormat = {
  id: 'markdown',
  extension: 'md',
  mediaType: 'text/markdown;charset=utf-8',
  write: ({ header, items, overrides = [] }, words) => {
    const { model, suite } = header.spec;
    const judged = new Map(overrides.map((override) => [override.index, override]));
    const byHand = overrides.length > 0;
    const title = `${escapeCell(model.name)} (${escapeCell(model.build.quantisation)}) · ${escapeCell(suite.id)}@${escapeCell(suite.version)}`;
    const rows = items.map(({ index, itemId, verdict }) => [
      ...[escapeCell(itemId), escapeCell(answerOf(verdict)), markOf(verdict)],
      ...(byHand ? [judgementOf(judged.get(index))] : []),
    ]);
    const heads = [words.item, words.answer, words.result, ...(byHand ? [words.judged] : [])];
    // One hash for all prompts keeps the table readable; the record and the CSV have each.
    const prompts = sha256Hex(items.map(({ promptHash }) => promptHash).join(''));
    const source = `run ${escapeCell(header.id)} · suite sha256 ${suite.hash} · prompts sha256 ${prompts}`;
    const drawn = header.spec.sampling.kind === 'greedy' ? '' : ` · ${escapeCell(samplingCode(header.spec.sampling))}`;
    const thinks = header.spec.thinking === undefined ? '' : ` · thinking ${header.spec.thinking.mode}`;
    return `${title}${drawn}${thinks}\n\n${table(heads, rows)}\n${source}\n`;
  },
};

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads.map(escapeCell), heads.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** Marked as a person's: "✅ ✍ why". */
function judgementOf(override: Override | undefined): string {
  if (override === undefined) return '';
  return escapeCell(`${mark(override.judged === 'right')} ✍ ${override.note}`);
}

function answerOf(verdict: Verdict): string {
  return verdict.kind === 'graded' ? verdict.answer.text : '';
}

function markOf(verdict: Verdict): string {
  return mark(verdict.kind === 'unscored' ? null : verdict.kind === 'graded' && verdict.correct);
}

/** ✅ or ❌ for one question, "13/20" for a suite. */
function resultText(result: ModelRow['result']): string {
  if (typeof result !== 'object' || result === null) return mark(result);
  return result.of === 1 ? mark(result.correct === 1) : `${result.correct}/${result.of}`;
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
