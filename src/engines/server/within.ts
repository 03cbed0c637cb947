import { failure, FailureError } from '#domain';

export interface Limits {
  readonly ms: number;
  /** For the failure's detail. */
  readonly what: string;
  readonly signal: AbortSignal;
  /** Aborted when the time is over; the work must depend on it. */
  readonly stop: AbortController;
}

/**
 * Work that must end within so many milliseconds. Rejects with `timed-out`, with the signal's reason where that was
 * aborted, else with what the work threw.
 */
export async function within<T>({ ms, what, signal, stop }: Limits, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let late = false;
  const cancel = whenAwakeFor(ms, () => {
    late = true;
    stop.abort();
  });
  try {
    return await work();
  } catch (thrown) {
    signal.throwIfAborted();
    if (late) throw new FailureError(failure('timed-out', `${what}: nothing for ${ms} ms`));
    throw thrown;
  } finally {
    cancel();
  }
}

/** Milliseconds between two looks at the clock, and the most that one look counts: a hidden tab's come once a minute. */
const LOOK = 10_000;
const MOST = 70_000;

/** Calls `done` after so many milliseconds in which the machine was awake: a night's sleep is no server's silence. */
function whenAwakeFor(ms: number, done: () => void): () => void {
  let left = ms;
  let last = Date.now();
  let timer = setTimeout(look, Math.min(left, LOOK));
  function look(): void {
    const now = Date.now();
    left -= Math.min(Math.max(now - last, 0), MOST);
    last = now;
    if (left <= 0) done();
    else timer = setTimeout(look, Math.min(left, LOOK));
  }
  return () => clearTimeout(timer);
}
