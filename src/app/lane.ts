import {
  failure,
  missing,
  runSuite,
  toFailure,
  untilBack,
  type Environment,
  type Failure,
  type LoadedModel,
  type LoadProgress,
  type Risk,
  type RunEvent,
  type RunHeader,
  type Waiting,
} from '#domain';
import type { Consent } from './consent.ts';
import { verdictOf, type Loaded } from './cure.ts';
import { FrameBatch } from './frameBatch.ts';
import type { Away, Job, JobState } from './job.ts';
import { KeptModel } from './keptModel.ts';
import type { RunnerPorts } from './ports.ts';
import { assertResumable, newHeader } from './session.ts';
import { modelKey } from './setup.svelte.ts';
import { beginRisk } from './tombstone.ts';

/** Where a lane shows what it does. */
export interface LaneView {
  show(key: string, state: JobState): void;
  /** After each stored change, so that lists show it. */
  stored(header: RunHeader): void;
}

type Running = Extract<JobState, { kind: 'running' }>;

/** A server may be started again: what it met with at first is no reason to give a whole night's queue up. */
const MAY_COME_BACK: ReadonlySet<Failure['code']> = new Set<Failure['code']>([
  'server-off',
  'server-error',
  'timed-out',
  'answer-broken',
]);

/** Jobs that are done one after the other, with one model in memory. Fetched with the first run: not of the first bytes. */
export class Lane {
  readonly #kept: KeptModel;
  readonly #ports: RunnerPorts;
  readonly #view: LaneView;
  /** Models that a person runs although they compute wrong here: asked once in a queue. */
  readonly #accepted = new Set<string>();

  constructor(ports: RunnerPorts, view: LaneView) {
    this.#ports = ports;
    this.#kept = new KeptModel(ports);
    this.#view = view;
  }

  /** Resolves when the job has ended, however it did. */
  async run(job: Job, { waiting, consent }: Person, signal: AbortSignal): Promise<void> {
    let last: JobState = job.state;
    const show = (state: JobState): void => this.#view.show(job.key, (last = state));
    show({ kind: 'loading', progress: null, away: null });
    try {
      await this.#runJob({ job, waiting, consent, signal, show });
    } catch (thrown) {
      show(signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', failure: toFailure(thrown) });
    }
    // A model that was cut off in the middle, or that failed, may be in any state: the next job gets a fresh one.
    if (last.kind !== 'ended' || last.header.state.kind !== 'finished') await this.release();
  }

  /** Gives the memory back. */
  release(): Promise<void> {
    return this.#kept.release();
  }

  async #runJob(work: Work): Promise<void> {
    const { resume } = work.job.request;
    if (resume === null) return this.#loadAndRun(work, null);
    const done = await this.#ports.lock.hold(resume.id, async () => {
      // Another tab may have gone on with it since the list was read.
      const header = (await this.#ports.store.getHeader(resume.id)) ?? resume;
      await this.#loadAndRun(work, header);
    });
    if (!done.held) work.show({ kind: 'failed', failure: failure('run-in-use', resume.id) });
  }

  async #loadAndRun(work: Work, resumed: RunHeader | null): Promise<void> {
    const { job, waiting, signal } = work;
    const used = await this.#load(work, resumed === null);
    const { loaded: model, environment } = used;
    if (resumed !== null) assertResumable(resumed, model);
    else if (verdictOf(used) === 'invalid' && !(await this.#agreed(work, environment))) return;
    const asked = { ...job.request, model: used.model };
    const header = resumed ?? newHeader(asked, model, environment, this.#ports, job.key);
    const { contextLength } = job.request;
    const again = { model: used.model, device: used.device, ...(contextLength === undefined ? {} : { contextLength }) };
    const reload = async (): Promise<LoadedModel> => {
      await this.#kept.release();
      // Without progress: the state of a running job stays `running`.
      const fresh = await this.#kept.take(again, () => undefined, signal);
      assertResumable(header, fresh);
      return fresh;
    };
    await this.#ports.store.putSuite(header.spec.suite.hash, job.request.suite);
    const together = job.request.device === 'server' ? this.#ports.concurrency?.() : undefined;
    const concurrency = together === undefined ? {} : { concurrency: together };
    const session = { header, suite: job.request.suite, model, reload, waiting, ...concurrency };
    const run = (): Promise<void> => this.#follow(work, header, runSuite(session, this.#ports, signal));
    // A new run is locked too, so that another tab does not take it for an interrupted one.
    await (resumed === null ? this.#ports.lock.hold(header.id, run) : run());
  }

  /** Whether a person wants a run of what was found to compute wrong. */
  async #agreed({ job, consent, signal, show }: Work, environment: Environment): Promise<boolean> {
    const key = modelKey(job.request.model.ref);
    if (this.#accepted.has(key)) return true;
    show({ kind: 'doubtful', environment });
    const agreed = await consent.ask(signal);
    if (agreed) this.#accepted.add(key);
    else show({ kind: 'cancelled' });
    return agreed;
  }

  /** Waits for a server that is off, as a run does that has begun. */
  async #load({ job, waiting, signal, show }: Work, curing: boolean): Promise<Loaded> {
    const onProgress = (progress: LoadProgress): void => {
      if (!signal.aborted) show({ kind: 'loading', progress, away: null });
    };
    const take = async (): Promise<Loaded> => {
      if (curing) return this.#kept.takeCured(job.request, onProgress, signal);
      const loaded = await this.#kept.take(job.request, onProgress, signal);
      const { model, device } = job.request;
      return { model, device, loaded, environment: loaded.environment };
    };
    try {
      return await take();
    } catch (thrown) {
      signal.throwIfAborted();
      const first = toFailure(thrown);
      if (job.request.device !== 'server' || !MAY_COME_BACK.has(first.code)) throw thrown;
      const tries = untilBack(first, () => missing(take, signal), waiting, this.#ports.clock, signal);
      for (let step = await tries.next(); ; step = await tries.next()) {
        if (step.done === true && step.value) return take();
        if (step.done === true) throw thrown;
        const away = step.value.type === 'away' ? awayOf(step.value) : null;
        show({ kind: 'loading', progress: null, away });
      }
    }
  }

  async #follow({ job, show: set }: Work, first: RunHeader, events: AsyncIterable<RunEvent>): Promise<void> {
    const asked = this.#ports.clock.elapsed();
    let state: Running = { kind: 'running', header: first, current: null, secondsLeft: null, trouble: null };
    const show = (change: Partial<Running>): void => {
      state = { ...state, ...change };
      set(state);
    };
    const batch = new FrameBatch((text) => {
      if (state.current !== null) show({ current: { ...state.current, text: state.current.text + text } });
    });
    let answered = 0;
    let risk: Risk | null = null;
    show({});
    for await (const event of events) {
      if (event.type === 'token') {
        // Of several items that are asked at once, the one that began last is shown.
        if (event.index === state.current?.index) batch.add(event.text);
        continue;
      }
      batch.flush();
      risk?.over();
      switch (event.type) {
        case 'asking':
          show({
            current: { index: event.index, itemId: event.itemId, prompt: event.prompt, text: '' },
            trouble: null,
          });
          // The item is asked when this event has been read: by then it is written down.
          risk = await beginRisk(
            this.#ports,
            { ...job.request, device: first.environment.device },
            {
              phase: 'answering',
              runId: first.id,
            },
          );
          break;
        case 'retrying':
          show({ trouble: { kind: 'retrying', failure: event.failure }, current: null });
          break;
        case 'away':
          show({ trouble: { kind: 'away', ...awayOf(event) }, current: null });
          break;
        case 'back':
          show({ trouble: null });
          break;
        case 'answered': {
          answered += 1;
          const pace = (this.#ports.clock.elapsed() - asked) / 1000 / answered;
          const left = event.header.verdicts.split('.').length - 1;
          show({ header: event.header, secondsLeft: pace * left });
          this.#view.stored(event.header);
          break;
        }
        case 'ended':
          set({ kind: 'ended', header: event.header });
          this.#view.stored(event.header);
          break;
      }
    }
  }
}

/** What a person may have to say to a job that is at work. */
export interface Person {
  /** For a server that goes away. */
  readonly waiting: Waiting;
  readonly consent: Consent;
}

interface Work extends Person {
  readonly job: Job;
  readonly signal: AbortSignal;
  readonly show: (state: JobState) => void;
}

function awayOf(event: Extract<RunEvent, { type: 'away' }>): Away {
  return { failure: event.failure, nextTry: Date.now() + event.nextTryMs };
}
