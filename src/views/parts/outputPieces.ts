import { findThinking, type Finding, type RejectedBecause, type Span, type Verdict } from '#domain';

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
 * An output cut up for showing: thinking of every shape apart from what was said. The pieces are the output without the
 * marks of thinking and without blank lines at the edges of each part. `opened`: the prompt had begun the thinking.
 */
export function outputParts(
  output: string,
  verdict: Verdict | null,
  findings: readonly Finding[] = [],
  opened = false,
): readonly Part[] {
  // Of places that overlap the first one is marked: the answer, then what was found in the thinking.
  const places = findings.map(({ span }, index): Mark => ({ ...span, mark: { kind: 'finding', index } }));
  const [answer, ...rejected] = marksOf(verdict);
  const marks = [...(answer === undefined ? [] : [answer]), ...places, ...rejected];
  return rangesOf(output, opened)
    .map((range) => ({ kind: range.kind, open: range.open, pieces: cut(output, withoutEdges(output, range), marks) }))
    .filter((part) => part.pieces.some((piece) => piece.text.trim() !== ''));
}

function rangesOf(output: string, opened: boolean): readonly Range[] {
  const { removed, unclosed } = findThinking(output, opened);
  const ranges: Range[] = [];
  let at = 0;
  for (const [index, span] of removed.entries()) {
    ranges.push({ kind: 'said', open: false, start: at, end: span.start });
    const open = unclosed && index === removed.length - 1;
    ranges.push(...insideOf(output, span).map((inside): Range => ({ kind: 'thinking', open, ...inside })));
    at = span.end;
  }
  return [...ranges, { kind: 'said', open: false, start: at, end: output.length }];
}

/** Every mark that stands in a block of thinking: tags, nested ones too, and those of channels with their names. */
const MARKS =
  /<\/?(?:[a-z]{1,8}:)?(?:think|thinking|thought|reasoning)>|\[\/?THINK\]|◁\/?think▷|<\|(?:begin|end)_of_thought\|>|<\|channel>thought|<channel\|>|(?:<\|start\|>[a-z]{0,20})?<\|channel\|>[^<]{0,60}<\|message\|>|<\|(?:end|return|start|call)\|>(?:assistant)?|^\s{0,20}analysis|assistantfinal$/gi;

/** The thinking between the marks. */
function insideOf(output: string, { start, end }: Span): readonly Span[] {
  const text = output.slice(start, end);
  const inside: Span[] = [];
  let at = 0;
  for (const mark of text.matchAll(MARKS)) {
    inside.push({ start: start + at, end: start + mark.index });
    at = mark.index + mark[0].length;
  }
  return [...inside, { start: start + at, end }];
}

/** Blank lines around a mark belong to the layout of the block, not to what was said. An output without marks is whole. */
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
