import { failure, FailureError, type KeptQueue, type RunLock } from '#domain';
import type { KeptQueues } from '../ports.ts';

/** The queues that this tab holds, so that no other one takes them. */
export class Claims {
  readonly #held = new Map<string, () => void>();
  readonly #open: () => Promise<KeptQueues>;

  constructor(open: () => Promise<KeptQueues>) {
    this.#open = open;
  }

  /** Rejects with `run-in-use` where another tab holds it. Safe to call for one that is held here. */
  async hold(id: string): Promise<void> {
    if (this.#held.has(id)) return;
    const { lock } = await this.#open();
    const release = await claimed(lock, id);
    if (release === null) throw new FailureError(failure('run-in-use', id));
    this.#held.set(id, release);
  }

  /** The same, and what is stored of it now; null where it is gone. */
  async take(id: string): Promise<KeptQueue | null> {
    await this.hold(id);
    const { store } = await this.#open();
    return (await store.list()).queues.find((queue) => queue.id === id) ?? null;
  }

  /** Safe to call for one that is not held. */
  release(id: string): void {
    this.#held.get(id)?.();
    this.#held.delete(id);
  }
}

/** Holds a lock until what it resolves with is called; null where somebody holds it already. */
function claimed(lock: RunLock, id: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    lock
      .hold(id, () => new Promise<void>((release) => resolve(release)))
      .then(({ held }) => {
        if (!held) resolve(null);
      }, reject);
  });
}
