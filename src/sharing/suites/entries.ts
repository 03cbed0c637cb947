import { elementCutter } from './cut/elements.ts';
import { jsonEntry, type Cutter, type Entry } from './cut/entry.ts';
import { lineCutter } from './cut/lines.ts';
import { guessDelimiter, rowCutter } from './cut/rows.ts';
import { textOf, type Encoding } from './cut/text.ts';
import type { EntryFormat, Layout } from './format.ts';
import { importProblem } from './problem.ts';

/** How a file is to be cut, found out from its beginning. */
export type Cut =
  | { readonly layout: 'json' | 'jsonl'; readonly encoding: Encoding }
  | { readonly layout: 'csv'; readonly encoding: Encoding; readonly delimiter: string };

export function cutOf(head: string, encoding: Encoding): Cut {
  const layout = layoutOf(head);
  return layout === 'csv' ? { layout, encoding, delimiter: guessDelimiter(head) } : { layout, encoding };
}

/** A first line that is a JSON object by itself makes JSON Lines; brackets otherwise make JSON; the rest is rows. */
function layoutOf(head: string): Layout {
  const start = head.trimStart();
  if (!/^[[{]/.test(start)) return 'csv';
  const [firstLine = '', ...others] = start.split('\n');
  const alone = jsonEntry(firstLine, 1);
  const isObject = alone.ok && typeof alone.value === 'object' && alone.value !== null && !Array.isArray(alone.value);
  // One object on the only line may also be a whole file: SQuAD's, or a suite of ours.
  const isOnly = isObject && others.every((line) => line.trim() === '');
  const isWholeFile = isOnly && ['data', 'format'].some((key) => key in (alone.value as object));
  return isObject && !isWholeFile ? 'jsonl' : 'json';
}

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
  const cutter = CUTTERS[cut.layout](cut.layout === 'csv' ? cut.delimiter : '');
  const named = cut.layout === 'csv' ? rowNames(format) : (entries: readonly Entry[]) => entries;
  for await (const piece of textOf(file, cut.encoding, onBytes)) yield named(cutter.push(piece));
  yield named(cutter.end());
}

/** Entries of the beginning of a file, rows as they are; the last one, which may be cut off, is left out. */
export function firstEntries(head: string, cut: Cut): readonly Entry[] {
  return CUTTERS[cut.layout](cut.layout === 'csv' ? cut.delimiter : '').push(head.endsWith('\n') ? head : `${head}\n`);
}

/** Gives rows the names of the first one, or of the format's own where there is no head. */
function rowNames(format: EntryFormat): (rows: readonly Entry[]) => readonly Entry[] {
  let names: readonly string[] | null = null;
  const nameRow = (row: Entry): readonly Entry[] => {
    if (!row.ok) return [row];
    const cells = row.value as readonly string[];
    if (names === null) {
      names = format.headless?.(cells) ?? null;
      if (names === null) {
        names = cells;
        return [];
      }
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
