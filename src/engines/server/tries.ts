import { FailureError } from '#domain';
import { pause } from '../scripted/waiting.ts';
import type { Patience } from './port.ts';
import { Refusal } from './refusal.ts';

/** Milliseconds between two tries, where the server names no time. */
const LONGEST_BACKOFF = 30_000;

/** The tries of one question: when the next one is due, and when it is enough. */
export class Tries {
  readonly #patience: Patience;
  readonly #begun = performance.now();
  #failed = 0;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Milliseconds to wait before the question is asked again; null: it is not asked again. */
  pauseAfter(thrown: unknown): number | null {
    const { backoffMs, retries, refusedMs } = this.#patience;
    const backoff = Math.min(backoffMs * 2 ** this.#failed, LONGEST_BACKOFF);
    this.#failed += 1;
    const wait = thrown instanceof Refusal ? (thrown.waitMs ?? backoff) : backoff;
    if (thrown instanceof Refusal && thrown.status === 429) {
      return performance.now() - this.#begun + wait <= refusedMs ? wait : null;
    }
    return mayPass(thrown) && this.#failed <= retries ? wait : null;
  }
}

function mayPass(thrown: unknown): boolean {
  if (thrown instanceof Refusal) return thrown.status >= 500 || thrown.status === 408;
  // What `fetch` throws where no connection came about.
  if (thrown instanceof TypeError) return true;
  if (!(thrown instanceof FailureError)) return false;
  return thrown.failure.code === 'answer-broken' || thrown.failure.code === 'server-error';
}

/** Does a piece of work until it succeeds or patience ends. */
export async function persistently<T>(patience: Patience, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const tries = new Tries(patience);
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      const wait = tries.pauseAfter(thrown);
      if (wait === null) throw thrown;
      await pause(wait, signal);
    }
  }
}
