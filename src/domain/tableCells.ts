import type { Span } from './verdict.ts';

/** A cell of a table in a passage, by what its reader calls it. */
export interface TableCell {
  /** The label of its row; '' where there is none. */
  readonly row: string;
  /** The head of its column; '' where there is none. */
  readonly column: string;
  readonly text: string;
  /** In the passage. */
  readonly span: Span;
}

interface Line {
  readonly cells: readonly { readonly text: string; readonly start: number }[];
}

/** More than these would be a list of coincidences. */
const MOST = 3;

/**
 * The cells of a passage's tables that hold the figure of a text, whatever its separators, sign or unit: "58,159,881千元"
 * is found in "58,159,881" and "(58,159,881)". Lines of one table are parted by `|`, tabs or two spaces. A head is the
 * nearest line above without amounts; it is set against its line from the right, because labels are left out on the left.
 */
export function cellsOf(passage: string, figure: string): readonly TableCell[] {
  const wanted = figureOf(figure);
  if (wanted === null) return [];
  const found: TableCell[] = [];
  let head: Line | null = null;
  let label = '';
  for (const line of linesOf(passage)) {
    if (line.cells.length < 2) {
      head = null;
      label = '';
      continue;
    }
    if (!line.cells.some(({ text }) => isAmount(text))) {
      if (line.cells.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) head = line;
      continue;
    }
    const first = line.cells[0]?.text ?? '';
    if (first !== '' && !isAmount(first)) label = first;
    for (const [at, { text, start }] of line.cells.entries()) {
      if (!isAmount(text) || figureOf(text) !== wanted) continue;
      const column = head?.cells[head.cells.length - (line.cells.length - at)]?.text ?? '';
      found.push({ row: label, column, text, span: { start, end: start + text.length } });
    }
  }
  return found.slice(0, MOST);
}

function* linesOf(passage: string): Generator<Line> {
  let start = 0;
  for (const text of passage.split('\n')) {
    yield { cells: cellsIn(text, start) };
    start += text.length + 1;
  }
}

function cellsIn(line: string, offset: number): Line['cells'] {
  const border = line.includes('|') ? /\|/g : line.includes('\t') ? /\t+/g : /[ \u3000]{2,}/g;
  const cells: { readonly text: string; readonly start: number }[] = [];
  let from = 0;
  for (const { index, 0: mark } of [...line.matchAll(border), { index: line.length, 0: '' }]) {
    const raw = line.slice(from, index);
    cells.push({ text: raw.trim(), start: offset + from + (raw.length - raw.trimStart().length) });
    from = index + mark.length;
  }
  // The border at either end of a line parts nothing.
  const isFramed = line.includes('|');
  return cells.filter(({ text }, at) => text !== '' || (isFramed && at > 0 && at < cells.length - 1));
}

const AMOUNT = /^[(（-]?[¥$€]?\d[\d,，]*(?:\.\d+)?%?[)）]?%?$/;

/** A year is the head of a column, and no amount. */
function isAmount(text: string): boolean {
  return AMOUNT.test(text) && !/^(?:19|20)\d\d$/.test(text);
}

/** The digits of the first figure, or null. One digit alone stands in any table. */
function figureOf(text: string): string | null {
  const digits = /\d[\d,，]*(?:\.\d+)?/.exec(text.normalize('NFKC'))?.[0].replace(/[,，]/g, '') ?? '';
  return digits.length < 2 ? null : digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}
