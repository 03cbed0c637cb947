/** A question to the person before a job that may come out wrong. Answered once; asked again it repeats the answer. */
export class Consent {
  #answer: boolean | null = null;
  #settle: ((answer: boolean) => void) | null = null;

  /** Rejects with the signal's reason. */
  async ask(signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    if (this.#answer !== null) return this.#answer;
    return new Promise((resolve, reject) => {
      this.#settle = resolve;
      // The reason may be anything.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }

  give(answer: boolean): void {
    this.#answer = answer;
    this.#settle?.(answer);
  }
}
