import { samplingCode, type ItemRecord, type Override, type RunHeader } from '#domain';
import type { RunFormat } from './formats.ts';

/** One column: its head and its value for an item. `judged`: what a person said of it. */
type Column = readonly [head: string, cell: (item: ItemRecord, header: RunHeader, judged: Override | null) => Cell];

const COLUMNS: readonly Column[] = [
  ['index', (item) => item.index],
  ['item', (item) => item.itemId],
  [
    'verdict',
    ({ verdict }) => (verdict.kind === 'graded' ? (verdict.correct ? 'correct' : 'incorrect') : verdict.kind),
  ],
  ['reason', ({ verdict }) => reasonOf(verdict)],
  ['answer', ({ verdict }) => (verdict.kind === 'graded' ? verdict.answer.text : null)],
  ['finish', (item) => item.finish],
  ['prompt_tokens', (item) => item.usage?.promptTokens ?? null],
  ['output_tokens', (item) => item.usage?.outputTokens ?? null],
  ['first_token_ms', (item) => item.timing?.firstTokenMs ?? null],
  ['reused_tokens', (item) => (item.timing === null ? null : (item.timing.reusedTokens ?? 0))],
  ['decode_ms', (item) => item.timing?.decodeMs ?? null],
  ['hidden', (item) => item.hidden],
  ['grader', (item) => `${item.grader.id}@${item.grader.version}`],
  ['started_at', (item) => item.startedAt],
  ['ended_at', (item) => item.endedAt],
  ['prompt_sha256', (item) => item.promptHash],
  ['prompt', (item) => item.prompt],
  ['output', (item) => item.output],
  ['sampling', (_, { spec }) => samplingCode(spec.sampling)],
  ['thinking', (_, { spec }) => spec.thinking?.mode ?? null],
  ['thinking_tokens', (item) => item.thinking?.tokens ?? null],
  ['thinking_cut', (item) => item.thinking?.cut ?? null],
  // A person's judgement stands beside the verdict of the grader, which stays what it is.
  ['judged_by_hand', (_, __, judged) => judged?.judged ?? null],
  ['judgement_note', (_, __, judged) => judged?.note ?? null],
  ['judged_at', (_, __, judged) => judged?.judgedAt ?? null],
  ['run', (_, header) => header.id],
  ['suite', (_, { spec }) => `${spec.suite.id}@${spec.suite.version}`],
  ['suite_sha256', (_, { spec }) => spec.suite.hash],
];

/** The items of a run, a line each (RFC 4180). */
export const csvFormat: RunFormat = {
  id: 'csv',
  extension: 'csv',
  mediaType: 'text/csv;charset=utf-8',
  write: ({ header, items, overrides = [] }) => {
    const judged = new Map(overrides.map((override) => [override.index, override]));
    const lines = [
      COLUMNS.map(([head]) => head),
      ...items.map((item) => COLUMNS.map(([, cell]) => cell(item, header, judged.get(item.index) ?? null))),
    ];
    return csvText(lines);
  },
};

type Cell = string | number | boolean | null;

/** Lines as a file: the byte order mark makes Excel read it as UTF-8. */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  return `\ufeff${lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('')}`;
}

/**
 * A text that a spreadsheet would run as a formula begins with an apostrophe, which spreadsheets take for "this is
 * text" (OWASP, CSV injection): outputs and prompts are strangers' words. Plain numbers, "-5" too, stay as they are.
 */
export function csvCell(value: Cell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const runs = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value);
  const safe = runs ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function reasonOf(verdict: ItemRecord['verdict']): string | null {
  switch (verdict.kind) {
    case 'graded':
      return verdict.correct ? null : verdict.reason;
    case 'noAnswer':
      return verdict.reason;
    case 'truncated':
      return verdict.where;
    case 'unscored':
      return verdict.failure.code;
  }
}
