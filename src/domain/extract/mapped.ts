import type { Span } from '../verdict.ts';

/**
 * A text rewritten for reading, with the way back: unit `i` of `text` stands for the units `from[i]` to `to[i]`
 * (half-open) of the original. Offsets never go down, so a place in the original is found by bisection.
 */
export interface Mapped {
  readonly text: string;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Where `[start, end)` of the rewritten text stands in the original. An empty range gives an empty span. */
export function originalSpan(m: Mapped, start: number, end: number): Span {
  if (end <= start) {
    const at = m.from[start] ?? m.to[m.to.length - 1] ?? 0;
    return { start: at, end: at };
  }
  return { start: m.from[start] ?? 0, end: m.to[end - 1] ?? 0 };
}

/** The first index of the rewritten text that stands at `offset` of the original or behind it. */
export function indexOfOriginal(m: Mapped, offset: number): number {
  let low = 0;
  let high = m.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((m.from[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Builds a rewritten text piece by piece. */
export class MappedBuilder {
  private readonly pieces: string[] = [];
  private readonly from: number[] = [];
  private readonly to: number[] = [];

  /** Each unit of `text` stands for the whole of `[from, to)`. */
  add(text: string, from: number, to: number): void {
    this.pieces.push(text);
    for (let i = 0; i < text.length; i++) {
      this.from.push(from);
      this.to.push(to);
    }
  }

  get last(): string {
    return this.pieces.at(-1)?.at(-1) ?? '';
  }

  build(): Mapped {
    return { text: this.pieces.join(''), from: Uint32Array.from(this.from), to: Uint32Array.from(this.to) };
  }
}
