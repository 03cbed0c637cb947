import type { KeptJob, KeptQueue, QueueStore, ResultStore, RunHeader, Suite } from '#domain';
import type { JobRequest } from '../job.ts';
import type { Models } from '../models.svelte.ts';
import type { Suites } from '../suites.svelte.ts';
import { requestOf } from './keptJob.ts';

/** A job of a queue that no tab is working on any more. */
export interface OfferedJob {
  readonly job: KeptJob;
  /** The run that was cut off in the middle; null: it had not begun. */
  readonly begun: RunHeader | null;
  /** Whether the texts of its suite can be read. */
  readonly suite: boolean;
}

export interface OfferedQueue {
  readonly queue: KeptQueue;
  /** What was cut off first, then what had not begun, each in the queue's order. */
  readonly jobs: readonly OfferedJob[];
}

export interface OfferPorts {
  /** Of results. */
  readonly store: ResultStore;
  readonly suites: Pick<Suites, 'find'>;
  readonly models: Pick<Models, 'find'>;
  /** App.resumeRequest. */
  readonly resumeRequest: (header: RunHeader) => Promise<JobRequest | string>;
}

/** What is left of a queue. `heldRuns`: runs that some tab is working on. */
export async function offerOf(
  queue: KeptQueue,
  heldRuns: ReadonlySet<string>,
  store: QueueStore,
  ports: OfferPorts,
): Promise<OfferedQueue> {
  const readable = new Map<string, boolean>();
  const jobs: OfferedJob[] = [];
  for (const job of queue.jobs) {
    const { runId, suite } = job;
    // A run that is stored and cannot be read has begun, and must not be written over.
    const begun = await ports.store.getHeader(runId).catch(() => 'unreadable' as const);
    const over = begun === 'unreadable' || (begun !== null && begun.state.kind !== 'running');
    if (over || heldRuns.has(runId)) continue;
    const known = readable.get(suite.hash) ?? (await suiteOf(queue, suite.hash, store, ports)) !== null;
    readable.set(suite.hash, known);
    jobs.push({ job, begun, suite: known });
  }
  const waits = ({ begun }: OfferedJob): boolean => begun === null;
  return { queue, jobs: [...jobs.filter((job) => !waits(job)), ...jobs.filter(waits)] };
}

/** What asks for the rest of a queue again. Jobs whose model or suite is not here are left out. */
export async function requestsOf(
  { queue, jobs }: OfferedQueue,
  store: QueueStore,
  ports: OfferPorts,
): Promise<readonly JobRequest[]> {
  const suites = new Map<string, Suite | null>();
  const requests: JobRequest[] = [];
  for (const { job, begun } of jobs) {
    const { hash } = job.suite;
    // One object for all jobs of a suite: it may be large.
    if (!suites.has(hash)) suites.set(hash, await suiteOf(queue, hash, store, ports));
    const request = await requestFor(job, begun, suites.get(hash) ?? null, ports);
    if (request !== null) requests.push({ ...request, kept: { queue: queue.id, runId: job.runId } });
  }
  return requests;
}

async function requestFor(
  job: KeptJob,
  begun: RunHeader | null,
  suite: Suite | null,
  ports: OfferPorts,
): Promise<JobRequest | null> {
  if (begun === null) {
    const model = ports.models.find(job.model);
    return model === null || suite === null ? null : requestOf(job, model, suite);
  }
  const request = await ports.resumeRequest(begun);
  if (typeof request === 'string') return null;
  return job.repeat === undefined ? request : { ...request, repeat: job.repeat };
}

/** As it was when the queue began; else the one with the same hash that is here for another reason. */
async function suiteOf({ id }: KeptQueue, hash: string, store: QueueStore, ports: OfferPorts): Promise<Suite | null> {
  const places = [
    () => store.suite(id, hash),
    () => ports.store.getSuite(hash),
    async () => (await ports.suites.find(hash)?.load()) ?? null,
  ];
  for (const place of places) {
    const suite = await place().catch(() => null);
    if (suite !== null) return suite;
  }
  return null;
}
