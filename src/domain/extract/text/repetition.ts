import type { Span } from '../../verdict.ts';

/**
 * A model that loops says one thing until its budget is spent. Nothing is learnt from the thousandth time, but reading
 * it costs as much as the first: such a stretch is shortened before it is read. Whole repetitions are taken out of its
 * middle, so that every short piece of the text that is left stands word for word in the output as well.
 */

/** Shorter outputs are read as they are, in UTF-16 units. */
const LONG = 2000;
/** The longest piece that is looked for, in UTF-16 units. */
const LONGEST_PERIOD = 400;
/** What must come again for a stretch to be looked at, and how far apart the places are at which it is asked. */
const PROBE = 48;
const STRIDE = 256;
/** A short piece may come again before the whole period does ("ab ab c ab ab c"). */
const TRIES = 4;

/** Markers of thinking are counted, since blocks nest: what holds one is left as it is. */
const MARKER = /think|thought|reasoning|channel|<\|/i;

/**
 * How many repetitions stay: an even number, so that pairs stay pairs. More than 600 units stay of a loop, which every
 * pattern that looks around itself (200 units) and `endsInLoop` can tell from the text before it.
 */
function keptRepetitions(period: number): number {
  if (period < 5) return [640, 320, 214, 160][period - 1] ?? 0;
  return period < 24 ? 128 : 64;
}

export interface Shortened {
  readonly text: string;
  /** Where a span of the shortened text stands in the output. */
  original(span: Span): Span;
}

/** The output without what it repeats beyond measure. Linear in its length. */
export function withoutRepetition(output: string): Shortened {
  const pieces: string[] = [];
  /** Where something was taken out, in the shortened text, and how much there and before. */
  const gaps: { readonly at: number; readonly total: number }[] = [];
  let total = 0;
  let taken = 0;
  for (let at = 0; output.length > LONG && at + PROBE < output.length;) {
    const stretch = stretchAt(output, at, taken);
    if (stretch === null) {
      at += STRIDE;
      continue;
    }
    const { start, end, period } = stretch;
    const kept = keptRepetitions(period);
    const surplus = Math.floor((Math.floor((end - start) / period) - kept) / 2) * 2 * period;
    if (surplus > 0 && !MARKER.test(output.slice(start, start + 2 * period))) {
      // As many before the gap as behind it.
      const gap = start + (kept / 2) * period;
      pieces.push(output.slice(taken, gap));
      gaps.push({ at: gap - total, total: total + surplus });
      total += surplus;
      taken = gap + surplus;
    }
    at = Math.max(at + STRIDE, end - PROBE);
  }
  pieces.push(output.slice(taken));
  const original = (at: number): number => at + (gaps.findLast((gap) => gap.at <= at)?.total ?? 0);
  return {
    text: pieces.join(''),
    original: ({ start, end }) => ({
      start: original(start),
      end: end > start ? original(end - 1) + 1 : original(start),
    }),
  };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly period: number;
}

/** The longest stretch around `at`, not before `from`, that repeats what stands at `at`. */
function stretchAt(text: string, at: number, from: number): Stretch | null {
  const probe = text.slice(at, at + PROBE);
  const window = text.slice(at, at + LONGEST_PERIOD + PROBE);
  let longest: Stretch | null = null;
  let period = window.indexOf(probe, 1);
  for (let tries = 0; period > 0 && tries < TRIES; tries++) {
    let end = at + period + PROBE;
    while (end < text.length && text[end] === text[end - period]) end++;
    let start = at;
    while (start > from && text[start - 1] === text[start - 1 + period]) start--;
    if (longest === null || end - start > longest.end - longest.start) longest = { start, end, period };
    period = window.indexOf(probe, period + 1);
  }
  return longest;
}
