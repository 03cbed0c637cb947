/** A server that goes away in the middle of a run: the run waits for it, up to a limit, and asks again. */
import type { LoadedModel } from './engine.ts';
import { FailureError, toFailure, type Failure } from './failure.ts';
import type { Clock } from './ports.ts';
import type { Replaceable } from './replaceable.ts';

/** How long a server that went away is waited for. */
export interface Waiting {
  /** Milliseconds for one absence, from its beginning; read anew each time. */
  readonly limitMs: () => number;
  /**
   * Resolves when the next try is due: after `ms`, or sooner where a person or the browser says so. `give-up`: this
   * absence is waited for no longer. Rejects with the signal's reason.
   */
  readonly next: (ms: number, signal: AbortSignal) => Promise<'try' | 'give-up'>;
}

export type AbsenceEvent =
  /** The server cannot be reached; the next try comes in so many milliseconds. */
  { readonly type: 'away'; readonly failure: Failure; readonly nextTryMs: number } | { readonly type: 'back' };

/** Milliseconds before the first, second … try; the last one holds for all that follow. */
const PAUSES = [5_000, 10_000, 20_000, 30_000];

/** These do not pass by waiting: what came back is not what went away, or nobody can do anything about it here. */
const FINAL: ReadonlySet<Failure['code']> = new Set<Failure['code']>([
  'environment-changed',
  'storage-full',
  'storage-unavailable',
]);

/**
 * Tries again until `attempt` gives null. Returns whether it did; false: it was given up. Throws what is final, and the
 * signal's reason.
 */
export async function* untilBack(
  first: Failure,
  attempt: (signal: AbortSignal) => Promise<Failure | null>,
  waiting: Waiting,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<AbsenceEvent, boolean> {
  const begun = clock.elapsed();
  let failure = first;
  for (let tries = 0; ; tries += 1) {
    const left = waiting.limitMs() - (clock.elapsed() - begun);
    if (left <= 0) return false;
    const nextTryMs = Math.min(PAUSES[tries] ?? PAUSES.at(-1) ?? 0, left);
    yield { type: 'away', failure, nextTryMs };
    if ((await waiting.next(nextTryMs, signal)) === 'give-up') return false;
    const still = await attempt(signal);
    if (still === null) {
      yield { type: 'back' };
      return true;
    }
    failure = still;
  }
}

/** What one try to load a model again came to: null where it is there. Throws what is final, and the signal's reason. */
export async function missing(load: () => Promise<unknown>, signal: AbortSignal): Promise<Failure | null> {
  try {
    await load();
    return null;
  } catch (thrown) {
    signal.throwIfAborted();
    const found = toFailure(thrown);
    if (FINAL.has(found.code)) throw new FailureError(found);
    return found;
  }
}

/** A model whose server is away: what is asked of it fails at once, with the prompt where that can be made. */
export function unreachable(model: LoadedModel, failure: Failure): LoadedModel {
  return {
    environment: model.environment,
    contextLength: model.contextLength,
    templateHash: model.templateHash,
    render: async (messages, thinking) => {
      try {
        return await model.render(messages, thinking);
      } catch {
        throw new FailureError(failure);
      }
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream of one event
    generate: async function* () {
      yield { type: 'failed', failure };
    },
    dispose: () => Promise.resolve(),
  };
}

/** Whether the server of a run's model is there, for all items that are asked at once: they share one wait. */
export class Absence {
  /** The last wait ended without the server: none is begun before it was seen again. */
  #givenUp = false;
  #shared: Promise<boolean> | null = null;
  readonly #models: Replaceable;
  readonly #waiting: Waiting | null;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;

  /** `waiting`: null, nothing is waited for. */
  constructor(models: Replaceable, waiting: Waiting | null, clock: Clock, signal: AbortSignal) {
    this.#models = models;
    this.#waiting = waiting;
    this.#clock = clock;
    this.#signal = signal;
  }

  get givenUp(): boolean {
    return this.#givenUp;
  }

  /** Why the server cannot be asked now; null where it can, and where the model lies in this page. */
  async now(): Promise<Failure | null> {
    const gone = (await this.#models.current().absence?.(this.#signal)) ?? null;
    if (gone === null) this.#givenUp = false;
    return gone;
  }

  /** Waits until the server is back. False: in vain. */
  async *over(failure: Failure): AsyncGenerator<AbsenceEvent, boolean> {
    if (this.#shared !== null) return this.#shared;
    this.#givenUp ||= this.#waiting === null;
    if (this.#waiting === null || this.#givenUp) return false;
    let settle: (back: boolean) => void = () => undefined;
    this.#shared = new Promise((resolve) => (settle = resolve));
    let back = false;
    try {
      back = yield* untilBack(failure, () => this.#tryAgain(), this.#waiting, this.#clock, this.#signal);
    } finally {
      this.#givenUp = !back;
      this.#shared = null;
      settle(back);
    }
    return back;
  }

  /** What came back may be another program, or have another model: it is loaded as the first one was. */
  async #tryAgain(): Promise<Failure | null> {
    const away = this.#models.current();
    const gone = (await away.absence?.(this.#signal)) ?? null;
    return gone ?? missing(() => this.#models.instead(away), this.#signal);
  }
}
