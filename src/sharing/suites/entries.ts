import { withoutDeclaration } from './cut/delimiter.ts';
import { elementCutter } from './cut/elements.ts';
import type { Encoding } from './cut/encoding.ts';
import type { Cutter, Entry } from './cut/entry.ts';
import { lineCutter } from './cut/lines.ts';
import { rowCutter } from './cut/rows.ts';
import { textOf } from './cut/text.ts';
import type { EntryFormat, Layout } from './format.ts';
import { importProblem } from './problem.ts';

/** How a file is cut. */
export type Cut =
  | { readonly layout: 'json' | 'jsonl'; readonly encoding: Encoding }
  | {
      readonly layout: 'csv';
      readonly encoding: Encoding;
      readonly delimiter: string;
      /** Whether the first row holds the names of the columns. */
      readonly head: boolean;
    };

const CUTTERS: Readonly<Record<Layout, (delimiter: string) => Cutter>> = {
  json: elementCutter,
  jsonl: lineCutter,
  csv: rowCutter,
};

/**
 * The entries of a file in batches, as they come. Rows become objects under the names of their head. `onBytes` is told
 * how many bytes are read so far.
 */
export async function* entriesOf(
  file: Blob,
  cut: Cut,
  format: EntryFormat,
  onBytes: (bytes: number) => void,
): AsyncGenerator<readonly Entry[], void, undefined> {
  const isRows = cut.layout === 'csv';
  const cutter = CUTTERS[cut.layout](isRows ? cut.delimiter : '');
  const named = isRows ? rowNames(format, cut.head) : (entries: readonly Entry[]) => entries;
  let first = isRows;
  for await (const piece of textOf(file, cut.encoding, onBytes)) {
    yield named(cutter.push(first ? withoutDeclaration(piece) : piece));
    first = false;
  }
  yield named(cutter.end());
}

/** Entries of the beginning of a file, rows as they are; the last one, which may be cut off, is left out. */
export function firstEntries(head: string, cut: Cut): readonly Entry[] {
  const cutter = CUTTERS[cut.layout](cut.layout === 'csv' ? cut.delimiter : '');
  return cutter.push(withoutDeclaration(head.endsWith('\n') ? head : `${head}\n`));
}

/** The names of a file's columns: the format's own where the first row is an entry, else the first row, else numbers. */
export function columnNames(first: readonly string[], format: EntryFormat, head: boolean): readonly string[] {
  const own = format.headless?.(first) ?? null;
  if (own !== null) return own;
  return head ? different(first) : first.map((_, n) => `#${n + 1}`);
}

/** Columns of the same name are told apart, and those without one get their number: no column is lost. */
function different(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name, n) => {
    const plain = name.trim() === '' ? `#${n + 1}` : name;
    const times = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, times);
    return times === 1 ? plain : `${plain} (${times})`;
  });
}

/** Gives rows the names of their columns. */
function rowNames(format: EntryFormat, head: boolean): (rows: readonly Entry[]) => readonly Entry[] {
  let names: readonly string[] | null = null;
  const nameRow = (row: Entry): readonly Entry[] => {
    if (!row.ok) return [row];
    const cells = row.value as readonly string[];
    if (names === null) {
      names = columnNames(cells, format, head);
      const isEntry = !head || (format.headless?.(cells) ?? null) !== null;
      if (!isEntry) return [];
    }
    return [namedRow(cells, names, row.line)];
  };
  return (rows) => rows.flatMap(nameRow);
}

/** Missing cells at the end are empty; more cells than names are a separator that should have stood in quotes. */
function namedRow(cells: readonly string[], names: readonly string[], line: number): Entry {
  if (cells.slice(names.length).some((cell) => cell.trim() !== '')) {
    const params = { expected: String(names.length), received: String(cells.length) };
    return { line, ok: false, problem: importProblem('cells', params) };
  }
  const hostile = names.find((name) => name in Object.prototype);
  if (hostile !== undefined) return { line, ok: false, problem: importProblem('forbidden-key', { field: hostile }) };
  return { line, ok: true, value: Object.fromEntries(names.map((name, n) => [name, cells[n] ?? ''])) };
}
