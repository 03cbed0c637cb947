import type { KeptQueue, NewId } from '#domain';
import { isOver, type Job } from '../job.ts';
import type { KeptQueues, QueueKeeping } from '../ports.ts';
import type { Claims } from './claims.ts';
import { keptJobs, refsOf } from './keptJob.ts';

export interface KeepingPorts {
  readonly queues: () => Promise<KeptQueues>;
  readonly claims: Claims;
  readonly now: () => string;
  readonly newId: NewId;
  /** Called when the queue is given back. */
  readonly onEnd: () => Promise<void>;
}

/**
 * Keeps the jobs of a queue until they are over, under a lock. Null where there is nothing to keep: a single run is
 * there to be resumed, or was never begun. Never rejects: where nothing can be kept, the queue runs as it would.
 */
export async function keepQueue(jobs: readonly Job[], ports: KeepingPorts): Promise<QueueKeeping | null> {
  const continued = jobs.find(({ request }) => request.kept !== undefined)?.request.kept?.queue ?? null;
  if (continued === null && jobs.length < 2) return null;
  const id = continued ?? ports.newId();
  try {
    return await keep(jobs, id, ports);
  } catch {
    ports.claims.release(id);
    return null;
  }
}

async function keep(jobs: readonly Job[], id: string, ports: KeepingPorts): Promise<QueueKeeping> {
  const { store } = await ports.queues();
  // Locked before it is written: nobody ever finds it and takes it for one that was left.
  const before = await ports.claims.take(id);
  const refs = refsOf(jobs);
  const ours = new Set(jobs.map(({ key }) => key));
  /** What could not go on with the others. */
  const aside = before?.jobs.filter(({ runId }) => !ours.has(runId)) ?? [];
  const startedAt = before?.startedAt ?? ports.now();
  const queueOf = (left: readonly Job[]): KeptQueue => ({
    ...{ schema: 1, id, startedAt },
    jobs: [...keptJobs(left, refs), ...aside],
  });
  const write = async (left: readonly Job[]): Promise<void> => {
    const queue = queueOf(left);
    await (queue.jobs.length === 0 ? store.remove(id) : store.update(queue));
  };
  if (before === null) await store.begin(queueOf(jobs), [...refs.keys()]);
  // One after the other. A write that fails leaves what was there: jobs that are over are known by their runs.
  let writing = Promise.resolve();
  return {
    changed(now) {
      writing = writing.then(() => write(now.filter(({ state }) => !isOver(state)))).catch(() => undefined);
    },
    async end() {
      await writing;
      await write([]).catch(() => undefined);
      ports.claims.release(id);
      await ports.onEnd();
    },
  };
}
