/** A little more than one frame at 60 Hz. By a timer: requestAnimationFrame stops in hidden tabs. */
const FRAME_MS = 20;

/** Gathers text and hands it over at most once a frame: rendering each token by itself freezes the tab. */
export class FrameBatch {
  readonly #flush: (text: string) => void;
  #pending = '';
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(flush: (text: string) => void) {
    this.#flush = flush;
  }

  add(text: string): void {
    this.#pending += text;
    this.#timer ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending === '') return;
    const text = this.#pending;
    this.#pending = '';
    this.#flush(text);
  }
}
