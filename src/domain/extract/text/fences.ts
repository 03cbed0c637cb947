import type { Span } from '../../verdict.ts';

/** Fenced blocks of an output. Offsets are those of `output`. */
export interface Fences {
  /** Programs: what stands in them is not an answer. */
  readonly programs: readonly Span[];
  /** The fence lines themselves of all other blocks; their content is read like any text. */
  readonly marks: readonly Span[];
}

const FENCE = /^[ \t]{0,8}(```+|~~~+)[ \t]*([^\n`~]*)$/gm;

/** Info strings whose content is read as text. Any other named block is a program. */
const TEXT =
  /^(?:|text|txt|plain|plaintext|json|jsonc|json5|markdown|md|latex|tex|math|answer|output|result|yaml|csv)$/i;

export function findFences(output: string): Fences {
  const programs: Span[] = [];
  const marks: Span[] = [];
  let open: { readonly start: number; readonly end: number; readonly fence: string; readonly info: string } | null =
    null;
  const close = (end: number, mark: Span | null): void => {
    if (open === null) return;
    if (TEXT.test(open.info)) marks.push({ start: open.start, end: open.end }, ...(mark === null ? [] : [mark]));
    else programs.push({ start: open.start, end });
    open = null;
  };
  for (const match of output.matchAll(FENCE)) {
    const [line, fence = '', info = ''] = match;
    const here = { start: match.index, end: match.index + line.length };
    if (open === null) open = { ...here, fence, info: info.trim() };
    else if (info.trim() === '' && fence[0] === open.fence[0]) close(here.end, here);
  }
  close(output.length, null);
  return { programs, marks };
}
