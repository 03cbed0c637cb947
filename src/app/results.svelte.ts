import {
  failure,
  FailureError,
  type ItemRecord,
  type ResultStore,
  type RunHeader,
  type RunLock,
  type Suite,
} from '#domain';
import { LOADING, settle, type Loadable } from './loadable.ts';

/** A run with all that its page shows. */
export interface RunDetail {
  readonly header: RunHeader;
  readonly items: readonly ItemRecord[];
  /** Null where the suite is not on this device: outputs and verdicts can be read, questions and golds not. */
  readonly suite: Suite | null;
}

/** The stored runs. */
export class Results {
  #headers = $state.raw<Loadable<readonly RunHeader[]>>(LOADING);
  #held = $state.raw<readonly string[]>([]);
  readonly #store: ResultStore;
  readonly #lock: RunLock;

  constructor(store: ResultStore, lock: RunLock) {
    this.#store = store;
    this.#lock = lock;
  }

  /** Newest first. */
  get headers(): Loadable<readonly RunHeader[]> {
    return this.#headers;
  }

  async refresh(): Promise<void> {
    const [headers, held] = await Promise.all([settle(this.#store.listHeaders()), this.#lock.heldRuns()]);
    this.#headers = headers;
    this.#held = [...held];
  }

  /** Takes over a header that was just stored, without reading storage again. */
  note(header: RunHeader): void {
    if (this.#headers.kind !== 'ready') return;
    const others = this.#headers.value.filter((h) => h.id !== header.id);
    const all = [...others, header].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    this.#headers = { kind: 'ready', value: all };
  }

  /**
   * Runs with items left that no tab is working on: stopped, failed, or cut off when their tab was closed or killed.
   * `busyId`: the run of this tab, which holds its lock by itself.
   */
  unfinished(busyId: string | null): readonly RunHeader[] {
    if (this.#headers.kind !== 'ready') return [];
    return this.#headers.value.filter(
      (h) => h.state.kind !== 'finished' && /[.u]/.test(h.verdicts) && h.id !== busyId && !this.#held.includes(h.id),
    );
  }

  async detail(runId: string): Promise<RunDetail> {
    const header = await this.#store.getHeader(runId);
    if (header === null) throw new FailureError(failure('run-missing', runId));
    const [items, suite] = await Promise.all([
      this.#store.listItems(runId),
      this.#store.getSuite(header.spec.suite.hash),
    ]);
    return { header, items, suite };
  }

  async remove(runId: string): Promise<void> {
    await this.#store.deleteRun(runId);
    await this.refresh();
  }
}
