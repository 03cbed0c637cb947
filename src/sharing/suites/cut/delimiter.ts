import { rowCutter } from './rows.ts';

/** What parts the cells of a row: a comma, a semicolon where the comma is decimal, a tab from a spreadsheet. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Rows that are looked at, of so many characters at most. */
const ROWS = 20;
const LOOKED_AT = 100_000;

/** Excel's own line above the head: "sep=;". */
const DECLARED = /^sep=([,;\t|])\s*\n/i;

function declaredDelimiter(head: string): string | null {
  return DECLARED.exec(head)?.[1] ?? null;
}

/** The text without the line that only says what parts the cells; its line end stays, so that lines are counted right. */
export function withoutDeclaration(text: string): string {
  return text.replace(DECLARED, '\n');
}

/** The one that cuts most of the first rows into as many cells as the first of them, two at least. */
export function guessDelimiter(head: string): string {
  const declared = declaredDelimiter(head);
  if (declared !== null) return declared;
  const text = head.slice(0, LOOKED_AT);
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: agreement(text, delimiter) }));
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** How many of the first rows agree, and in how many cells; 0 where there is one cell only. */
function agreement(text: string, delimiter: Delimiter): number {
  const rows = rowCutter(delimiter)
    .push(text.endsWith('\n') ? text : `${text}\n`)
    .slice(0, ROWS)
    .flatMap((entry) => (entry.ok ? [entry.value as readonly string[]] : []));
  const cells = rows[0]?.length ?? 0;
  const same = rows.filter((row) => row.length === cells).length;
  return cells < 2 ? 0 : same + cells / 1_000;
}
