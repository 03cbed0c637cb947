import type { RunLock } from '#domain';

/**
 * Locks of the browser, shared by all tabs of this site; a tab that is closed or crashes gives its locks back. Where
 * the browser has none (a page that is not in a secure context), a lock that only this tab knows. `prefix`: what the ids
 * are of.
 */
export function runLock(
  locks: LockManager | undefined = globalThis.navigator?.locks,
  prefix = 'tabeval-run:',
): RunLock {
  return locks === undefined ? memoryRunLock() : webRunLock(locks, prefix);
}

function webRunLock(locks: LockManager, prefix: string): RunLock {
  return {
    hold: (runId, work) =>
      locks.request(prefix + runId, { ifAvailable: true }, async (lock) =>
        lock === null ? { held: false } : { held: true, value: await work() },
      ),
    heldRuns: async () => {
      const { held = [] } = await locks.query();
      return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
    },
  };
}

export function memoryRunLock(): RunLock {
  const held = new Set<string>();
  return {
    hold: async (runId, work) => {
      if (held.has(runId)) return { held: false };
      held.add(runId);
      try {
        return { held: true, value: await work() };
      } finally {
        held.delete(runId);
      }
    },
    heldRuns: () => Promise.resolve(new Set(held)),
  };
}
