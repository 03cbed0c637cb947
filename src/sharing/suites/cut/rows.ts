import Papa from 'papaparse';
import { broken, LONGEST_ENTRY, type Cutter, type Entry } from './entry.ts';

/** What `Papa.Parser` hands to `step`; its types say `any`. */
interface Step {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

/** Rows of cells (RFC 4180, quotes may hold line ends), each as a list of texts. Rows without any text are nothing. */
export function rowCutter(delimiter: string): Cutter {
  let rest = '';
  let line = 1;
  /** Whether what comes belongs to a line that was given up. */
  let skipping = false;
  /** Parses what is there; all but the last row, which the next piece may go on with. */
  function parse(last: boolean): readonly Entry[] {
    const entries: Entry[] = [];
    const text = rest;
    let from = 0;
    const take = ({ data, errors, meta }: Step): void => {
      // The text of the row is as long as the cursor moved; quoted cells hold line ends of their own.
      const at = line;
      line += countLines(text, from, meta.cursor);
      from = meta.cursor;
      // The cell goes on to the next quote that ends one, over as many rows as lie between.
      if (errors.some(({ code }) => code === 'InvalidQuotes')) {
        entries.push(broken(at, 'quotes'));
        return;
      }
      for (const cells of data)
        if (cells.some((cell) => cell.trim() !== '')) entries.push({ line: at, ok: true, value: cells });
    };
    const parser = new Papa.Parser({ delimiter, newline: '\n', step: take as (step: unknown) => void });
    parser.parse(text, 0, !last);
    rest = last ? '' : text.slice(from);
    return entries;
  }
  /** What comes behind the line that was given up. */
  function afterLine(piece: string): string {
    const end = piece.indexOf('\n');
    if (end === -1) return '';
    skipping = false;
    line += 1;
    return piece.slice(end + 1);
  }
  return {
    push(piece) {
      rest += skipping ? afterLine(piece) : piece;
      // Without a line end no row can be complete.
      const entries = piece.includes('\n') ? parse(false) : [];
      if (rest.length <= LONGEST_ENTRY) return entries;
      const problem = broken(line, 'entry-too-long', { most: String(LONGEST_ENTRY) });
      line += countLines(rest, 0, rest.length);
      rest = '';
      skipping = true;
      return [...entries, problem];
    },
    end: () => (rest === '' ? [] : endsInQuotes(rest) ? [broken(line, 'unfinished')] : parse(true)),
  };
}

/** Whether a quote that was opened is not closed: quotes inside a quoted cell are doubled. */
function endsInQuotes(row: string): boolean {
  return row.split('"').length % 2 === 0;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
