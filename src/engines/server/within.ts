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
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, ms);
  try {
    return await work();
  } catch (thrown) {
    signal.throwIfAborted();
    if (late) throw new FailureError(failure('timed-out', `${what}: nothing for ${ms} ms`));
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}
