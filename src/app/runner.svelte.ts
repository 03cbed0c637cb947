import { toFailure, type RunHeader } from '#domain';
import { Consent } from './consent.ts';
import { isOver, type Job, type JobRequest, type JobState } from './job.ts';
import type { Person } from './lane.ts';
import type { QueueKeeping, RunnerPorts } from './ports.ts';
import { Waiter } from './waiter.ts';

/** What can be done to a job that is at work. */
interface AtWork {
  readonly ending: AbortController;
  readonly waiter: Waiter;
  readonly consent: Consent;
}

const BUSY: ReadonlySet<JobState['kind']> = new Set<JobState['kind']>(['loading', 'doubtful', 'running']);

/**
 * Runs a queue of jobs and shows where each one is. Jobs of one lane (this page, or one server) come one after the
 * other, lanes run beside each other. Nothing here throws at a view.
 */
export class Runner {
  #jobs = $state.raw<readonly Job[]>([]);
  #controller: AbortController | null = $state.raw(null);
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- handles to act by, which no view reads
  readonly #atWork = new Map<string, AtWork>();
  #keeping: Promise<QueueKeeping | null> = Promise.resolve(null);
  readonly #ports: RunnerPorts;
  /** Called after each stored change, so that lists show it. */
  readonly #onStored: (header: RunHeader) => void;

  constructor(ports: RunnerPorts, onStored: (header: RunHeader) => void) {
    this.#ports = ports;
    this.#onStored = onStored;
  }

  /** The jobs of the current or last queue. */
  get jobs(): readonly Job[] {
    return this.#jobs;
  }

  get busy(): boolean {
    return this.#controller !== null;
  }

  /** The jobs that are at work: at most one of each lane. */
  get working(): readonly Job[] {
    return this.#jobs.filter(({ state }) => BUSY.has(state.kind));
  }

  /** The first job that is loading or running, else the next one, else the last. */
  get active(): Job | null {
    return this.working[0] ?? this.#jobs.find(({ state }) => !isOver(state)) ?? this.#jobs.at(-1) ?? null;
  }

  /** Ends the whole queue at once: finished items are stored, the current ones make no verdict. */
  stop(): void {
    this.#controller?.abort();
  }

  /** Ends one job as `stop` ends all; its lane goes on with the next one. A job that has not begun never will. */
  skip(key: string): void {
    const job = this.#jobs.find((other) => other.key === key);
    if (job?.state.kind === 'waiting') this.#set(key, { kind: 'cancelled' });
    else this.#atWork.get(key)?.ending.abort();
  }

  /** Where a job waits for its server: tries now. */
  tryNow(key: string): void {
    this.#atWork.get(key)?.waiter.tryNow();
  }

  /** Where a job waits for its server: goes on without; what is not answered is unscored. */
  giveUp(key: string): void {
    this.#atWork.get(key)?.waiter.giveUp();
  }

  /** Where a job's model was found to compute wrong: runs it all the same, or leaves it. */
  decide(key: string, runs: boolean): void {
    this.#atWork.get(key)?.consent.give(runs);
  }

  /**
   * Resolves when every job has ended. Jobs of one model that follow each other in a lane share it in memory. A second
   * queue while one is running is refused with false.
   */
  async start(requests: readonly JobRequest[]): Promise<boolean> {
    if (this.#controller !== null || requests.length === 0) return false;
    const controller = new AbortController();
    this.#controller = controller;
    this.#jobs = requests.map((request) => ({
      key: request.kept?.runId ?? this.#ports.newId(),
      lane: this.#ports.laneOf?.(request) ?? null,
      request,
      state: { kind: 'waiting' },
    }));
    const leave = this.#ports.onQueue?.();
    const keeping = this.#ports.keepQueue?.(this.#jobs) ?? Promise.resolve(null);
    this.#keeping = keeping;
    try {
      const lanes = this.#jobs.map(({ lane }) => lane).filter((lane, at, all) => all.indexOf(lane) === at);
      await Promise.all(lanes.map((lane) => this.#runLane(lane, controller.signal)));
    } finally {
      this.#controller = null;
      leave?.(this.#jobs);
      await (await keeping)?.end();
    }
    return true;
  }

  async #runLane(name: Job['lane'], queue: AbortSignal): Promise<void> {
    const keys = this.#jobs.filter(({ lane }) => lane === name).map(({ key }) => key);
    try {
      // Before anything is loaded that may end this tab.
      const [{ Lane }] = await Promise.all([import('./lane.ts'), this.#keeping]);
      const view = {
        show: (key: string, state: JobState) => this.#set(key, state),
        stored: this.#onStored,
      };
      const lane = new Lane(this.#ports, view);
      for (const key of keys) await this.#runNext(lane, key, queue);
      await lane.release();
    } catch (thrown) {
      // Its code could not be fetched.
      for (const key of keys) this.#settle(key, { kind: 'failed', failure: toFailure(thrown) });
    }
  }

  async #runNext(
    lane: { run(job: Job, person: Person, signal: AbortSignal): Promise<void> },
    key: string,
    queue: AbortSignal,
  ) {
    const job = this.#jobs.find((other) => other.key === key);
    if (job === undefined || isOver(job.state)) return;
    if (queue.aborted) return this.#set(key, { kind: 'cancelled' });
    const work = {
      ending: new AbortController(),
      waiter: new Waiter(() => this.#ports.serverWaitMs?.() ?? 0),
      consent: new Consent(),
    };
    this.#atWork.set(key, work);
    await lane.run(job, { waiting: work.waiter, consent: work.consent }, AbortSignal.any([queue, work.ending.signal]));
    this.#atWork.delete(key);
  }

  /** Sets the state of a job that has none of its own yet. */
  #settle(key: string, state: JobState): void {
    const job = this.#jobs.find((other) => other.key === key);
    if (job !== undefined && !isOver(job.state)) this.#set(key, state);
  }

  #set(key: string, state: JobState): void {
    this.#jobs = this.#jobs.map((job) => (job.key === key ? { ...job, state } : job));
    if (!isOver(state)) return;
    const jobs = this.#jobs;
    void this.#keeping.then((kept) => kept?.changed(jobs));
  }
}
