import { toFailure, type DamagedQueue, type Failure, type NewId, type RunLock } from '#domain';
import type { App } from '../app.svelte.ts';
import type { Job } from '../job.ts';
import type { Launcher } from '../launch.svelte.ts';
import type { Models } from '../models.svelte.ts';
import type { KeptQueues, QueueKeeping } from '../ports.ts';
import type { Runner } from '../runner.svelte.ts';
import { Claims } from './claims.ts';
import { keepQueue } from './keepQueue.ts';
import { offerOf, requestsOf, type OfferedJob, type OfferedQueue, type OfferPorts } from './offer.ts';

export interface QueuePorts extends OfferPorts {
  readonly queues: () => Promise<KeptQueues>;
  /** Of runs. */
  readonly lock: RunLock;
  readonly now: () => string;
  readonly newId: NewId;
  readonly models: Pick<Models, 'cards' | 'find' | 'refresh'>;
  readonly launcher: Pick<Launcher, 'startWith'>;
  readonly runner: Pick<Runner, 'busy' | 'jobs'>;
}

/**
 * Queues that outlive their tab. While a queue is at work its jobs are kept under a lock of the browser; what is found
 * without its lock was left by a tab that was closed, reloaded or killed, and waits until a person says whether it goes
 * on. Nothing goes on by itself: loading a model may be what killed the tab.
 */
export class WaitingQueues {
  #offers = $state.raw<readonly OfferedQueue[]>([]);
  #damaged = $state.raw<readonly DamagedQueue[]>([]);
  #failure = $state.raw<Failure | null>(null);
  readonly #claims: Claims;
  readonly #ports: QueuePorts;

  constructor(ports: QueuePorts) {
    this.#ports = ports;
    this.#claims = new Claims(ports.queues);
  }

  /** Each has at least one job that had not begun. */
  get offers(): readonly OfferedQueue[] {
    return this.#offers;
  }

  /** Stored queues that cannot be read. */
  get damaged(): readonly DamagedQueue[] {
    return this.#damaged;
  }

  /** What went wrong last; null: nothing. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** What keeps a job from going on here; null: nothing. A model of a server is there when its server is connected. */
  lacking({ job, suite }: OfferedJob): 'model' | 'server' | 'suite' | null {
    if (!suite) return 'suite';
    const { models } = this.#ports;
    if (models.cards.kind !== 'ready' || models.find(job.model) !== null) return null;
    return job.model.source === 'server' ? 'server' : 'model';
  }

  /** Reads what waits. Never rejects. */
  async refresh(): Promise<void> {
    try {
      await this.#look();
      this.#failure = null;
    } catch (thrown) {
      this.#failure = toFailure(thrown);
    }
  }

  /** Starts what is left of a queue, as far as models and suites are here; the other jobs stay where they are. */
  async goOn({ queue: { id } }: OfferedQueue): Promise<void> {
    const { launcher, runner, models, lock, queues } = this.#ports;
    await launcher.startWith(async () => {
      const queue = await this.#claims.take(id);
      if (queue === null) return [];
      if (models.cards.kind !== 'ready') await models.refresh();
      const { store } = await queues();
      return requestsOf(await offerOf(queue, await lock.heldRuns(), store, this.#ports), store, this.#ports);
    });
    // What began gives it back at its end.
    if (!runner.busy || !runner.jobs.some(({ request }) => request.kept?.queue === id)) this.#claims.release(id);
    await this.refresh();
  }

  /** Forgets one job of it, or all. Runs that had begun stay among the results. */
  async discard({ queue: { id } }: OfferedQueue, which: OfferedJob | 'all'): Promise<void> {
    await this.#attempt(async () => {
      const queue = await this.#claims.take(id);
      try {
        const { store } = await this.#ports.queues();
        const left = which === 'all' ? [] : (queue?.jobs.filter(({ runId }) => runId !== which.job.runId) ?? []);
        await (queue === null || left.length === 0 ? store.remove(id) : store.update({ ...queue, jobs: left }));
      } finally {
        this.#claims.release(id);
      }
    });
  }

  /** Deletes a queue that cannot be read. */
  async discardDamaged({ id }: DamagedQueue): Promise<void> {
    await this.#attempt(async () => (await this.#ports.queues()).store.remove(id));
  }

  /** For RunnerPorts.keepQueue. */
  keep(jobs: readonly Job[]): Promise<QueueKeeping | null> {
    const { queues, now, newId } = this.#ports;
    return keepQueue(jobs, { queues, now, newId, claims: this.#claims, onEnd: () => this.refresh() });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    let failed: Failure | null = null;
    await work().catch((thrown: unknown) => (failed = toFailure(thrown)));
    await this.refresh();
    this.#failure = failed ?? this.#failure;
  }

  async #look(): Promise<void> {
    const { store, lock } = await this.#ports.queues();
    // In this order: a queue is locked before it is written.
    const { queues, damaged } = await store.list();
    const held = await lock.heldRuns();
    const runs = await this.#ports.lock.heldRuns();
    const offers: OfferedQueue[] = [];
    for (const queue of queues.filter(({ id }) => !held.has(id))) {
      const offer = await offerOf(queue, runs, store, this.#ports);
      if (offer.jobs.some(({ begun }) => begun === null)) offers.push(offer);
      // What is left of it are runs that can be resumed one by one.
      else await store.remove(queue.id);
    }
    this.#offers = offers;
    this.#damaged = damaged;
  }
}

/** For `App.of`. */
export function waitingQueues(app: App): WaitingQueues {
  const { store, lock, clock, newId } = app.ports;
  const { models, suites, launcher, runner } = app;
  let opened: Promise<KeptQueues> | null = null;
  const queues = (): Promise<KeptQueues> => {
    opened ??= app.ports.queues().catch((thrown: unknown) => {
      opened = null;
      throw thrown;
    });
    return opened;
  };
  return new WaitingQueues({
    ...{ queues, store, lock, newId, models, suites, launcher, runner },
    now: () => clock.now(),
    resumeRequest: (header) => app.resumeRequest(header),
  });
}
