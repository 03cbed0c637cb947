import type { Finding, RejectedBecause, Span, Verdict } from '#domain';

/** A run of text that is shown in one way. */
export interface Piece {
  readonly text: string;
  readonly mark:
    | { readonly kind: 'answer' }
    | { readonly kind: 'rejected'; readonly because: RejectedBecause }
    /** `index`: which of the findings. */
    | { readonly kind: 'finding'; readonly index: number }
    | null;
}

/** Consecutive parts of an output: what the model thought, and what it said. */
export interface Part {
  readonly kind: 'thinking' | 'said';
  /** The output ends inside this thinking. */
  readonly open: boolean;
  readonly pieces: readonly Piece[];
}

interface Range extends Span {
  readonly kind: Part['kind'];
  readonly open: boolean;
}

type Mark = Span & { readonly mark: NonNullable<Piece['mark']> };

/**
 * An output cut up for showing. Thinking is told by `<think>` tags, nested ones included; a closing tag without an
 * opening one closes what stands before it (some templates open the block in the prompt). The pieces are the output
 * without the tags and without blank lines at the edges of each part.
 */
export function outputParts(
  output: string,
  verdict: Verdict | null,
  findings: readonly Finding[] = [],
): readonly Part[] {
  // Of places that overlap the first one is marked: the answer, then what was found in the thinking.
  const places = findings.map(({ span }, index): Mark => ({ ...span, mark: { kind: 'finding', index } }));
  const [answer, ...rejected] = marksOf(verdict);
  const marks = [...(answer === undefined ? [] : [answer]), ...places, ...rejected];
  return rangesOf(output)
    .map((range) => ({ kind: range.kind, open: range.open, pieces: cut(output, withoutEdges(output, range), marks) }))
    .filter((part) => part.pieces.some((piece) => piece.text.trim() !== ''));
}

function rangesOf(output: string): readonly Range[] {
  const ranges: Range[] = [];
  let depth = 0;
  let start = 0;
  for (const tag of output.matchAll(/<(\/?)think>/gi)) {
    const closes = tag[1] === '/';
    const inside = depth > 0 || (closes && ranges.length === 0);
    ranges.push({ kind: inside ? 'thinking' : 'said', open: false, start, end: tag.index });
    depth = closes ? Math.max(0, depth - 1) : depth + 1;
    start = tag.index + tag[0].length;
  }
  ranges.push({ kind: depth > 0 ? 'thinking' : 'said', open: depth > 0, start, end: output.length });
  return ranges;
}

/** Blank lines around a tag belong to the layout of the block, not to what was said. An output without tags is whole. */
function withoutEdges(output: string, { start, end }: Range): Span {
  const whole = start === 0 && end === output.length;
  if (whole) return { start, end };
  const text = output.slice(start, end);
  const lead = text.length - text.trimStart().length;
  return { start: start + lead, end: Math.max(start + lead, end - (text.length - text.trimEnd().length)) };
}

function marksOf(verdict: Verdict | null): readonly Mark[] {
  if (verdict?.kind !== 'graded') return [];
  const answer: Mark = { ...verdict.answer.span, mark: { kind: 'answer' } };
  const rejected = verdict.rejected.map(({ span, because }): Mark => ({
    ...span,
    mark: { kind: 'rejected', because },
  }));
  // The answer is the first to take its place; a candidate that overlaps it is not marked.
  return [answer, ...rejected];
}

function cut(output: string, range: Span, marks: readonly Mark[]): readonly Piece[] {
  const taken: Mark[] = [];
  for (const mark of marks) {
    const fits = mark.start >= range.start && mark.end <= range.end && mark.start < mark.end;
    if (fits && taken.every((other) => mark.end <= other.start || mark.start >= other.end)) taken.push(mark);
  }
  taken.sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let at = range.start;
  for (const { start, end, mark } of taken) {
    if (start > at) pieces.push({ text: output.slice(at, start), mark: null });
    pieces.push({ text: output.slice(start, end), mark });
    at = end;
  }
  if (at < range.end) pieces.push({ text: output.slice(at, range.end), mark: null });
  return pieces;
}
