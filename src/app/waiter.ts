import type { Waiting } from '#domain';

/** What tells that the machine woke up, or is connected again; a parameter, so that a test can stand in for it. */
interface Page {
  readonly document?: EventTarget;
  readonly addEventListener?: EventTarget['addEventListener'];
}

/** Milliseconds between two looks at the clock. */
const TICK = 1_000;

/**
 * Waits for a server that went away, as long as a person wants. By the clock on the wall and not by one long timer: a
 * machine that slept for hours tries again when it wakes.
 */
export class Waiter implements Waiting {
  readonly limitMs: () => number;
  readonly #page: Page;
  #settle: ((what: 'try' | 'give-up') => void) | null = null;

  constructor(limitMs: () => number, page: Page = globalThis) {
    this.limitMs = limitMs;
    this.#page = page;
  }

  /** A person does not want to wait for the next try. */
  tryNow(): void {
    this.#settle?.('try');
  }

  /** What the server failed to answer is unscored, and the run goes on. */
  giveUp(): void {
    this.#settle?.('give-up');
  }

  async next(ms: number, signal: AbortSignal): Promise<'try' | 'give-up'> {
    signal.throwIfAborted();
    const over = new AbortController();
    const due = Date.now() + ms;
    try {
      return await new Promise((resolve, reject) => {
        this.#settle = resolve;
        const listening = { signal: over.signal };
        const timer = setInterval(
          () => {
            if (Date.now() >= due) resolve('try');
          },
          Math.min(TICK, ms),
        );
        over.signal.addEventListener('abort', () => clearInterval(timer));
        // The reason may be anything.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        signal.addEventListener('abort', () => reject(signal.reason), listening);
        this.#page.addEventListener?.('online', () => resolve('try'), listening);
        this.#page.document?.addEventListener('visibilitychange', () => resolve('try'), listening);
      });
    } finally {
      over.abort();
      this.#settle = null;
    }
  }
}
