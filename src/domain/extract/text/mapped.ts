import type { Span } from '../../verdict.ts';

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
  private inGap = false;

  /** `expected`: how long the text may become, as far as it is known before. */
  constructor(expected: number) {
    this.from = new Uint32Array(expected);
    this.to = new Uint32Array(expected);
  }

  /** Each unit of `text` stands for the whole of `[from, to)`. */
  add(text: string, from: number, to: number): void {
    this.inGap = false;
    this.push(text);
    for (let place = this.length - text.length; place < this.length; place++) {
      this.from[place] = from;
      this.to[place] = to;
    }
  }

  /** Each unit of `text` stands for itself, from `at` of the original. */
  copy(text: string, at: number): void {
    const skipped = this.inGap ? spacesAtStart(text) : 0;
    if (skipped > 0 && skipped === text.length) return;
    this.inGap = false;
    this.push(skipped === 0 ? text : text.slice(skipped));
    for (let i = skipped, place = this.length - text.length + skipped; i < text.length; i++, place++) {
      this.from[place] = at + i;
      this.to[place] = at + i + 1;
    }
  }

  /**
   * Markup that only parts what stands around it: it becomes one space together with the spaces and the markup beside
   * it, so that `581.6\ \mathrm{km}` is "581.6 km".
   */
  gap(from: number, to: number): void {
    if (!this.inGap && !this.endsInSpace) this.add(' ', from, to);
    this.inGap = true;
  }

  get endsInDigit(): boolean {
    const last = this.lastUnit;
    return last >= 0x30 && last <= 0x39;
  }

  private get endsInSpace(): boolean {
    return this.lastUnit === 0x20;
  }

  private get lastUnit(): number {
    const piece = this.pieces[this.pieces.length - 1] ?? '';
    return piece.charCodeAt(piece.length - 1);
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

function spacesAtStart(text: string): number {
  let count = 0;
  while (text.charCodeAt(count) === 0x20) count++;
  return count;
}

function grown(array: Uint32Array, room: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(room);
  larger.set(array);
  return larger;
}
