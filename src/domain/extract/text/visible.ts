import type { GradeInput } from '../../graders/grader.ts';
import type { Note, Span } from '../../verdict.ts';
import { findEcho } from './echo.ts';
import { findFences } from './fences.ts';
import { findCut } from './newExample.ts';
import { findThinking } from './thinking.ts';

/** Stands in the place of every hidden unit, so that offsets stay those of the output. */
export const HIDDEN = '\0';

export interface Visible {
  /** As long as the output; hidden units are `HIDDEN`. */
  readonly text: string;
  readonly unclosedThinking: boolean;
  /** The model went on to an example of its own: whatever the finish, its answer to us was complete. */
  readonly cut: boolean;
  readonly notes: readonly Note[];
}

/**
 * The part of an output in which an answer may stand: no thinking, no programs, no question said again, nothing behind
 * the start of a new example. `numeric`: a number is expected.
 */
export function visiblePart(
  { output, opened }: Pick<GradeInput, 'output' | 'opened'>,
  numeric: boolean,
  question: string,
): Visible {
  const thinking = findThinking(output, opened);
  const spoken = hide(output.replaceAll(HIDDEN, ' '), thinking.removed);
  const fences = findFences(spoken);
  const told = hide(spoken, [...fences.programs, ...fences.marks]);
  const stands = told.includes('~~') ? hide(told, struckOut(told)) : told;
  const echo = findEcho(stands, question);
  // Of a span the question may be a part, when there is nothing else: "Say hello." "Hello".
  const isAll = echo !== null && !numeric && !/[\p{L}\p{N}]/u.test(stands.slice(echo.end));
  const written = echo === null || isAll ? stands : hide(stands, [echo]);
  const cutAt = findCut(written, numeric);
  const cut = cutAt < written.length;
  const notes: Note[] = [];
  if (thinking.removed.length > 0) notes.push({ code: 'thinking-removed', params: {} });
  if (cut) notes.push({ code: 'cut-at-new-example', params: {} });
  return {
    text: cut ? hide(written, [{ start: cutAt, end: written.length }]) : written,
    unclosedThinking: thinking.unclosed,
    cut,
    notes,
  };
}

/** "~~18~~ 20": what is struck out is not said. */
function struckOut(text: string): readonly Span[] {
  return [...text.matchAll(/~~(?=\S)[^~\n]{1,80}~~/g)].map((m) => ({ start: m.index, end: m.index + m[0].length }));
}

function hide(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    pieces.push(text.slice(at, Math.max(at, start)), HIDDEN.repeat(end - Math.max(at, start)));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}
