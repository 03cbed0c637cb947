import { importProblem, type ImportProblem } from '../problem.ts';

/** A piece of a file: a parsed value, or what keeps it from being one. `line`: where it begins, from 1. */
export type Entry =
  | { readonly line: number; readonly ok: true; readonly value: unknown }
  | { readonly line: number; readonly ok: false; readonly problem: ImportProblem };

/** Cuts a text that comes in pieces (line ends are "\n") into entries. `end` gives what is left. */
export interface Cutter {
  push(piece: string): readonly Entry[];
  end(): readonly Entry[];
}

/** Characters of one entry. The longest article of SQuAD has about 400,000; an open quote would swallow the file. */
export const LONGEST_ENTRY = 4_000_000;

/** One JSON text as an entry. */
export function jsonEntry(text: string, line: number): Entry {
  try {
    const value: unknown = JSON.parse(text);
    const key = hostileKey(value);
    return key === null ? { line, ok: true, value } : broken(line, 'forbidden-key', { field: key });
  } catch (thrown) {
    return broken(line, 'not-json', { detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

export function broken(
  line: number,
  code: ImportProblem['code'],
  params: Readonly<Record<string, string>> = {},
): Entry & { ok: false } {
  return { line, ok: false, problem: importProblem(code, params) };
}

/** Deeper than any format of ours; a recursion without end would take the stack. */
const DEEPEST = 32;

/** The first key that every object inherits, anywhere in the value; a nesting too deep is answered with "…". */
function hostileKey(value: unknown, depth = 0): string | null {
  if (value === null || typeof value !== 'object') return null;
  if (depth > DEEPEST) return '…';
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && key in Object.prototype) return key;
    const found = hostileKey(inner, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
