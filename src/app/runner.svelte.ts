import {
  failure,
  runSuite,
  toFailure,
  type LoadedModel,
  type LoadProgress,
  type RunEvent,
  type RunHeader,
} from '#domain';
import { FrameBatch } from './frameBatch.ts';
import { isOver, type Job, type JobRequest, type JobState } from './job.ts';
import { KeptModel } from './keptModel.ts';
import type { RunnerPorts } from './ports.ts';
import { assertResumable, newHeader } from './session.ts';

/** Runs a queue of jobs one after the other, and shows where each one is. Nothing here throws at a view. */
export class Runner {
  #jobs = $state.raw<readonly Job[]>([]);
  #controller: AbortController | null = $state.raw(null);
  /** Ends the job that is at work. */
  #skipping: AbortController | null = null;
  readonly #kept: KeptModel;
  readonly #ports: RunnerPorts;
  /** Called after each stored change, so that lists show it. */
  readonly #onStored: (header: RunHeader) => void;

  constructor(ports: RunnerPorts, onStored: (header: RunHeader) => void) {
    this.#ports = ports;
    this.#kept = new KeptModel(ports);
    this.#onStored = onStored;
  }

  /** The jobs of the current or last queue. */
  get jobs(): readonly Job[] {
    return this.#jobs;
  }

  get busy(): boolean {
    return this.#controller !== null;
  }

  /** The job that is loading or running, else the last one that was. */
  get active(): Job | null {
    return this.#jobs.find((job) => !isOver(job.state)) ?? this.#jobs.at(-1) ?? null;
  }

  /** Ends the whole queue at once: finished items are stored, the current one makes no verdict. */
  stop(): void {
    this.#controller?.abort();
  }

  /** Ends one job as `stop` ends all; the queue goes on with the next one. A job that has not begun never will. */
  skip(key: string): void {
    const job = this.#jobs.find((other) => other.key === key);
    if (job === undefined || isOver(job.state)) return;
    if (job.state.kind === 'waiting') this.#set(key, { kind: 'cancelled' });
    else this.#skipping?.abort();
  }

  /**
   * Resolves when every job has ended. Jobs of one model that follow each other share it in memory. A second queue
   * while one is running is refused with false.
   */
  async start(requests: readonly JobRequest[]): Promise<boolean> {
    if (this.#controller !== null || requests.length === 0) return false;
    const controller = new AbortController();
    this.#controller = controller;
    this.#jobs = requests.map((request) => ({ key: this.#ports.newId(), request, state: { kind: 'waiting' } }));
    const leave = this.#ports.onQueue?.();
    try {
      for (const { key } of this.#jobs) await this.#runNext(key, controller.signal);
    } finally {
      await this.#kept.release();
      this.#skipping = null;
      this.#controller = null;
      leave?.(this.#jobs);
    }
    return true;
  }

  async #runNext(key: string, queue: AbortSignal): Promise<void> {
    const job = this.#jobs.find((other) => other.key === key);
    if (job === undefined || isOver(job.state)) return;
    if (queue.aborted) return this.#set(key, { kind: 'cancelled' });
    this.#skipping = new AbortController();
    await this.#runJob(job, AbortSignal.any([queue, this.#skipping.signal]));
    const state = this.#jobs.find((other) => other.key === key)?.state;
    // A model that was cut off in the middle, or that failed, may be in any state: the next job gets a fresh one.
    if (state?.kind !== 'ended' || state.header.state.kind !== 'finished') await this.#kept.release();
  }

  async #runJob(job: Job, signal: AbortSignal): Promise<void> {
    this.#set(job.key, { kind: 'loading', progress: null });
    try {
      const { resume } = job.request;
      if (resume === null) return await this.#loadAndRun(job, null, signal);
      const done = await this.#ports.lock.hold(resume.id, async () => {
        // Another tab may have gone on with it since the list was read.
        const header = (await this.#ports.store.getHeader(resume.id)) ?? resume;
        await this.#loadAndRun(job, header, signal);
      });
      if (!done.held) this.#set(job.key, { kind: 'failed', failure: failure('run-in-use', resume.id) });
    } catch (thrown) {
      this.#set(job.key, signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', failure: toFailure(thrown) });
    }
  }

  async #loadAndRun(job: Job, resumed: RunHeader | null, signal: AbortSignal): Promise<void> {
    const onProgress = (progress: LoadProgress): void => {
      if (!signal.aborted) this.#set(job.key, { kind: 'loading', progress });
    };
    const model = await this.#kept.take(job.request, onProgress, signal);
    const reload = async (): Promise<LoadedModel> => {
      await this.#kept.release();
      // Without progress: the state of a running job stays `running`.
      return this.#kept.take(job.request, () => undefined, signal);
    };
    if (resumed !== null) assertResumable(resumed, model);
    const header = resumed ?? newHeader(job.request, model, this.#ports);
    await this.#ports.store.putSuite(header.spec.suite.hash, job.request.suite);
    const together = job.request.device === 'server' ? this.#ports.concurrency?.() : undefined;
    const concurrency = together === undefined ? {} : { concurrency: together };
    const session = { header, suite: job.request.suite, model, reload, ...concurrency };
    const run = (): Promise<void> => this.#follow(job, header, runSuite(session, this.#ports, signal));
    // A new run is locked too, so that another tab does not take it for an interrupted one.
    await (resumed === null ? this.#ports.lock.hold(header.id, run) : run());
  }

  async #follow(job: Job, first: RunHeader, events: AsyncIterable<RunEvent>): Promise<void> {
    const asked = this.#ports.clock.elapsed();
    let state: JobState & { kind: 'running' } = {
      kind: 'running',
      header: first,
      current: null,
      secondsLeft: null,
      retrying: null,
    };
    const show = (change: Partial<typeof state>): void => {
      state = { ...state, ...change };
      this.#set(job.key, state);
    };
    const batch = new FrameBatch((text) => {
      if (state.current !== null) show({ current: { ...state.current, text: state.current.text + text } });
    });
    let answered = 0;
    show({});
    for await (const event of events) {
      if (event.type === 'token') {
        // Of several items that are asked at once, the one that began last is shown.
        if (event.index === state.current?.index) batch.add(event.text);
        continue;
      }
      batch.flush();
      switch (event.type) {
        case 'asking':
          show({
            current: { index: event.index, itemId: event.itemId, prompt: event.prompt, text: '' },
            retrying: null,
          });
          break;
        case 'retrying':
          show({ retrying: event.failure, current: null });
          break;
        case 'answered': {
          answered += 1;
          const pace = (this.#ports.clock.elapsed() - asked) / 1000 / answered;
          const left = event.header.verdicts.split('.').length - 1;
          show({ header: event.header, secondsLeft: pace * left });
          this.#onStored(event.header);
          break;
        }
        case 'ended':
          this.#set(job.key, { kind: 'ended', header: event.header });
          this.#onStored(event.header);
          break;
      }
    }
  }

  #set(key: string, state: JobState): void {
    this.#jobs = this.#jobs.map((job) => (job.key === key ? { ...job, state } : job));
  }
}
