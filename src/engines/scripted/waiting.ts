/** Resolves after so many milliseconds; rejects with the signal's reason as soon as it is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // A signal outlives thousands of pauses: each takes its listener away again.
  const over = new AbortController();
  try {
    await Promise.race([new Promise<void>((resolve) => setTimeout(resolve, ms)), aborted(signal, over.signal)]);
  } finally {
    over.abort();
  }
}

/** Never resolves; rejects with the signal's reason, unless `forget` was aborted before. */
export function aborted(signal: AbortSignal, forget?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    // The reason may be anything.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true, ...(forget === undefined ? {} : { signal: forget }) });
  });
}
