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
  private from: Uint32Array<ArrayBuffer>;
  private to: Uint32Array<ArrayBuffer>;
  private length = 0;

  /** `expected`: how long the text may become, as far as it is known before. */
  constructor(expected: number) {
    this.from = new Uint32Array(expected);
    this.to = new Uint32Array(expected);
  }

  /** Each unit of `text` stands for the whole of `[from, to)`. */
  add(text: string, from: number, to: number): void {
    this.push(text);
    for (let place = this.length - text.length; place < this.length; place++) {
      this.from[place] = from;
      this.to[place] = to;
    }
  }

  /** Each unit of `text` stands for itself, from `at` of the original. */
  copy(text: string, at: number): void {
    this.push(text);
    for (let i = 0, place = this.length - text.length; i < text.length; i++, place++) {
      this.from[place] = at + i;
      this.to[place] = at + i + 1;
    }
  }

  get endsInDigit(): boolean {
    const piece = this.pieces[this.pieces.length - 1] ?? '';
    const last = piece.charCodeAt(piece.length - 1);
    return last >= 0x30 && last <= 0x39;
  }

  build(): Mapped {
    return {
      text: this.pieces.join(''),
      from: this.from.subarray(0, this.length),
      to: this.to.subarray(0, this.length),
    };
  }

  private push(text: string): void {
    if (text === '') return;
    this.pieces.push(text);
    this.length += text.length;
    if (this.length <= this.from.length) return;
    const room = Math.max(this.length, this.from.length * 2);
    this.from = grown(this.from, room);
    this.to = grown(this.to, room);
  }
}

function grown(array: Uint32Array, room: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(room);
  larger.set(array);
  return larger;
}
