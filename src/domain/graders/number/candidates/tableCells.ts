import { plainAmount } from '../reading/amount.ts';
import { ONE, rational } from '../reading/rational.ts';
import type { NumberToken, Token } from '../reading/tokens.ts';
import { NO_UNIT } from '../units/unitNames.ts';

/** The line of dashes below the head of a Markdown table, with the line break before it. */
const DASHES = /\n[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$/gm;
const NOTE = /^\s*(?:notes?|附注)\s*$/i;

/**
 * Cells of a table's head and of its column of notes are no values: "2024 RMB'000" is a year with the unit of what
 * stands below it, and the 5 in the column "Note" points at a note.
 */
export function withTableHeads(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!text.includes('|') || !text.includes('--')) return tokens;
  let read = tokens;
  let table = 0;
  for (const dashes of text.matchAll(DASHES)) {
    const end = dashes.index;
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (start < table || !text.slice(start, end).includes('|')) continue;
    table = endOfTable(text, end + dashes[0].length);
    const below = table;
    const note = cellsOf(text.slice(start, end)).findIndex((cell) => NOTE.test(cell));
    read = read.map((token) => {
      if (token.kind !== 'number' || token.start < start || token.start >= below) return token;
      if (token.start < end) return asYear(text, token);
      return note >= 0 && columnOf(text, token.start) === note ? { ...token, role: 'reference' } : token;
    });
  }
  return read;
}

function asYear(text: string, token: NumberToken): NumberToken {
  const year = /^(?:19|20)\d\d(?!\d)/.exec(text.slice(token.start, token.start + 5))?.[0];
  if (year === undefined) return token;
  const amount = plainAmount(rational(BigInt(year)), ONE, 4);
  return { ...token, end: token.start + 4, amount, unit: NO_UNIT, scaleWords: false, contradiction: false };
}

/** Where the lines of cells behind `from` end. */
function endOfTable(text: string, from: number): number {
  const rest = /^(?:\n[^\n]*\|[^\n]*)*/.exec(text.slice(from));
  return from + (rest?.[0].length ?? 0);
}

function cellsOf(line: string): readonly string[] {
  return line.trim().replace(/^\|/, '').replace(/\|$/, '').split('|');
}

function columnOf(text: string, at: number): number {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return line.trim().replace(/^\|/, '').split('|').length - 1;
}
