import type { App } from './app.svelte.ts';
import {
  bytesPerSecond,
  estimateDownload,
  notePace,
  planKey,
  plannedBytes,
  requestAgain,
  toDownloadProblem,
  type Downloader,
  type DownloadPlan,
  type DownloadProblem,
  type DownloadProgress,
  type Estimate,
  type ModelCard,
  type Pace,
  type RepositoryRequest,
} from '#domain';
import { SvelteMap } from 'svelte/reactivity';
import type { Models } from './models.svelte.ts';
import type { Preferences } from './preferences.svelte.ts';

export type DownloadJob =
  | { readonly kind: 'looking' }
  | { readonly kind: 'offered'; readonly plan: DownloadPlan; readonly estimate: Estimate }
  | { readonly kind: 'running'; readonly plan: DownloadPlan; readonly progress: DownloadProgress; readonly pace: Pace }
  /** Stopped by a person or by the end of a page; goes on where it stood. */
  | { readonly kind: 'paused'; readonly plan: DownloadPlan; readonly loadedBytes: number }
  /** `plan`: null where not even that could be found out. */
  | { readonly kind: 'failed'; readonly plan: DownloadPlan | null; readonly problem: DownloadProblem }
  | { readonly kind: 'done'; readonly card: ModelCard };

/** What a person typed: a repository that the catalogue does not have. */
export type ByHand =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'offers'; readonly plans: readonly DownloadPlan[] }
  | { readonly kind: 'failed'; readonly problem: DownloadProblem };

/** A report for each piece of 64 KB would be hundreds in a second. */
const SHOW_MS = 100;

/** Downloads of models, by the key of their plan. They go on while other pages are looked at. */
export class Downloads {
  readonly #jobs = new SvelteMap<string, DownloadJob>();
  #byHand = $state.raw<ByHand>({ kind: 'idle' });
  readonly #running = new SvelteMap<string, AbortController>();
  readonly #open: () => Promise<Downloader>;
  readonly #models: Models;
  readonly #preferences: Preferences;
  #looking: AbortController | null = null;

  constructor(open: () => Promise<Downloader>, models: Models, preferences: Preferences) {
    this.#open = open;
    this.#models = models;
    this.#preferences = preferences;
  }

  get jobs(): ReadonlyMap<string, DownloadJob> {
    return this.#jobs;
  }

  get byHand(): ByHand {
    return this.#byHand;
  }

  /** Shows what earlier visits left unfinished. Where it cannot be read there is nothing to go on with. */
  async refresh(): Promise<void> {
    try {
      const found = await (await this.#open()).unfinished();
      for (const { plan, loadedBytes } of found) {
        const key = planKey(plan);
        if (!this.#jobs.has(key)) this.#set(key, { kind: 'paused', plan, loadedBytes });
      }
    } catch {
      // The list of models says why storage cannot be read.
    }
  }

  /** Asks the source what a build needs, and offers it with an estimate. */
  async look(key: string, request: RepositoryRequest): Promise<void> {
    if (this.#running.has(key)) return;
    await this.#during(key, { kind: 'looking' }, null, async (downloader, signal) => {
      const [plan] = await downloader.look(request, this.#preferences.current.downloadSource, signal);
      if (plan !== undefined) await this.#offer(plan, key, downloader);
    });
  }

  /** Asks the source that is chosen now; bytes that are here stay. */
  async lookAgain(plan: DownloadPlan): Promise<void> {
    await this.look(planKey(plan), requestAgain(plan, this.#preferences.current.downloadSource));
  }

  /** Every build of a repository that a person typed. */
  async lookByHand(repository: string, revision: string | null): Promise<void> {
    this.#looking?.abort();
    const looking = new AbortController();
    this.#looking = looking;
    this.#byHand = { kind: 'looking' };
    const request = { repository, revision, build: null };
    let found: ByHand;
    try {
      const downloader = await this.#open();
      const plans = await downloader.look(request, this.#preferences.current.downloadSource, looking.signal);
      found = { kind: 'offers', plans };
    } catch (thrown) {
      found = { kind: 'failed', problem: toDownloadProblem(thrown) };
    }
    if (!looking.signal.aborted) this.#byHand = found;
  }

  /** Offers a plan that is known already. */
  async offer(plan: DownloadPlan): Promise<void> {
    await this.#offer(plan, planKey(plan), await this.#open());
  }

  /** Call on a click: the browser may ask whether the site may keep its storage. */
  async start(plan: DownloadPlan): Promise<void> {
    const key = planKey(plan);
    if (this.#running.has(key)) return;
    let pace: Pace = [];
    let shown = 0;
    let last: DownloadProgress = {
      loadedBytes: 0,
      totalBytes: plannedBytes(plan),
      step: { kind: 'reading', file: plan.files[0]?.path ?? '' },
    };
    const show = (): void => this.#set(key, { kind: 'running', plan, progress: last, pace });
    const first: DownloadJob = { kind: 'running', plan, progress: last, pace };
    await this.#during(key, first, plan, async (downloader, signal) => {
      try {
        const card = await downloader.start(
          plan,
          (progress) => {
            const now = performance.now();
            // What is read from the disk says nothing about the connection.
            if (progress.step.kind === 'reading') pace = [];
            else pace = notePace(pace, { at: now, bytes: progress.loadedBytes });
            const news = progress.step.kind !== last.step.kind;
            last = progress;
            if (signal.aborted || (!news && now - shown < SHOW_MS)) return;
            shown = now;
            show();
          },
          signal,
        );
        await this.#models.refresh();
        this.#set(key, { kind: 'done', card });
      } catch (thrown) {
        if (!signal.aborted) throw thrown;
        this.#set(key, { kind: 'paused', plan, loadedBytes: last.loadedBytes });
      } finally {
        const rate = bytesPerSecond(pace);
        if (rate !== null && rate > 0) this.#preferences.change({ downloadRate: rate });
      }
    });
  }

  /** Stops at once; what is here stays for `start`. */
  pause(key: string): void {
    this.#running.get(key)?.abort();
  }

  /** Deletes what is here of an unfinished download. */
  async discard(plan: DownloadPlan): Promise<void> {
    const key = planKey(plan);
    try {
      await (await this.#open()).discard(plan);
      this.dismiss(key);
    } catch (thrown) {
      this.#set(key, { kind: 'failed', plan, problem: toDownloadProblem(thrown) });
    }
  }

  /** Puts an offer, an error or a message away; bytes stay. */
  dismiss(key: string): void {
    this.#running.get(key)?.abort();
    this.#jobs.delete(key);
  }

  async #offer(plan: DownloadPlan, key: string, downloader: Downloader): Promise<void> {
    const [room, unfinished] = await Promise.all([downloader.room(), downloader.unfinished()]);
    const here = unfinished.find((other) => planKey(other.plan) === planKey(plan))?.loadedBytes ?? 0;
    const bytes = plannedBytes(plan);
    const missing = bytes === null ? null : Math.max(0, bytes - here);
    const rate = this.#preferences.current.downloadRate ?? connectionRate();
    this.#set(key, { kind: 'offered', plan, estimate: estimateDownload(missing, room, rate) });
  }

  async #during(
    key: string,
    first: DownloadJob,
    plan: DownloadPlan | null,
    work: (downloader: Downloader, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const controller = new AbortController();
    this.#running.set(key, controller);
    this.#set(key, first);
    try {
      await work(await this.#open(), controller.signal);
    } catch (thrown) {
      if (!controller.signal.aborted) this.#set(key, { kind: 'failed', plan, problem: toDownloadProblem(thrown) });
    } finally {
      this.#running.delete(key);
    }
  }

  #set(key: string, job: DownloadJob): void {
    this.#jobs.set(key, job);
  }
}

/** Bytes per second, as far as the browser tells (Chromium; at most 10 Mbit/s, rounded). */
function connectionRate(): number | null {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly downlink?: number } };
  const megabits = connection?.downlink ?? 0;
  return megabits > 0 ? (megabits * 1_000_000) / 8 : null;
}

export const downloadsState = (app: App): Downloads =>
  new Downloads(() => app.downloader(), app.models, app.preferences);
