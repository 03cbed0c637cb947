/**
 * How many questions a server is asked at once. It halves when the server says that it has too much to do (429) and
 * grows by one for each round of answers, up to what the run asks for by itself; after a refusal nobody knocks before
 * the time that the server named.
 */
export class Gate {
  #limit = Number.POSITIVE_INFINITY;
  #active = 0;
  #alone = false;
  /** By `performance.now()`. */
  #closedUntil = 0;
  #waiting: (() => void)[] = [];

  /** A question is being answered. */
  get busy(): boolean {
    return this.#active > 0;
  }

  /** Resolves when it is this question's turn; rejects with the signal's reason. Each call needs one `leave`. */
  async enter(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const closedFor = this.#closedUntil - performance.now();
      if (closedFor <= 0 && this.#active < Math.floor(this.#limit)) break;
      await this.#change(Math.max(closedFor, 0), signal);
    }
    this.#active += 1;
  }

  leave(): void {
    this.#active -= 1;
    this.#wake();
  }

  /** The server refused: fewer at once, and none for so long. */
  refused(waitMs: number): void {
    this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, this.#active) / 2));
    this.#closedUntil = Math.max(this.#closedUntil, performance.now() + waitMs);
  }

  answered(): void {
    if (!this.#alone) this.#limit += 1 / this.#limit;
  }

  /** An answer was ended in its middle. Some servers do so for the next question: from now on there is one at a time. */
  cutShort(): void {
    if (this.#active < 2) return;
    this.#alone = true;
    this.#limit = 1;
  }

  /** Resolves when someone leaves, or after so many milliseconds where that is not 0. */
  #change(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms > 0 ? setTimeout(done, ms) : undefined;
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done, { once: true });
      this.#waiting.push(done);
    });
  }

  #wake(): void {
    for (const done of this.#waiting.splice(0)) done();
  }
}
