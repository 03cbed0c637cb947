/** What comes out of several generators that are at work at once: their events as they come, and each one's result. */
export type InFlight<E, R> =
  { readonly kind: 'event'; readonly event: E } | { readonly kind: 'ended'; readonly result: R };

/**
 * Starts a generator for each task, in order, at most `limit` of them at once; a new one starts when another has ended.
 * Nothing is asked of a generator before the reader has taken what it gave last: with a limit of 1 this is the plain
 * loop over the tasks, and a slow reader (storage) slows all of them. Throws what one of them throws; where the reader
 * leaves early, those at work are closed as soon as they come to their next `yield`.
 */
export async function* inFlight<T, E, R>(
  tasks: Iterable<T>,
  start: (task: T) => AsyncGenerator<E, R>,
  limit: number,
): AsyncGenerator<InFlight<E, R>, void, undefined> {
  type Step = { readonly at: AsyncGenerator<E, R>; readonly step: IteratorResult<E, R> };
  const waiting = tasks[Symbol.iterator]();
  const atWork = new Map<AsyncGenerator<E, R>, Promise<Step>>();
  // Put at the end each time: of several that are ready, the one that waited longest is read first.
  const ask = (at: AsyncGenerator<E, R>): void => {
    atWork.delete(at);
    atWork.set(
      at,
      at.next().then((step) => ({ at, step })),
    );
  };
  const fill = (): void => {
    while (atWork.size < limit) {
      const next = waiting.next();
      if (next.done === true) return;
      ask(start(next.value));
    }
  };
  try {
    for (fill(); atWork.size > 0; fill()) {
      const { at, step } = await Promise.race(atWork.values());
      if (step.done === true) {
        atWork.delete(at);
        yield { kind: 'ended', result: step.value };
      } else {
        yield { kind: 'event', event: step.value };
        ask(at);
      }
    }
  } finally {
    for (const [at, pending] of atWork) {
      // Not awaited: what hangs must not keep the reader. Its failure is nobody's any more.
      pending.catch(() => undefined);
      void at.return(undefined as R).catch(() => undefined);
    }
  }
}
