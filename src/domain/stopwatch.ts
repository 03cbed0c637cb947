import type { Timing } from './engine.ts';
import type { Clock } from './ports.ts';

/** Times an answer from outside, for one that is cut before its engine could say how long it took. */
export class Stopwatch {
  readonly #clock: Clock;
  readonly #begun: number;
  #first: number | null = null;
  #last: number;

  /** The question is asked now. */
  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begun = this.#last = clock.elapsed();
  }

  token(): void {
    this.#last = this.#clock.elapsed();
    this.#first ??= this.#last;
  }

  get timing(): Timing {
    const first = this.#first ?? this.#last;
    return { firstTokenMs: first - this.#begun, decodeMs: this.#last - first };
  }
}
