import {
  failure,
  FailureError,
  type Damaged,
  type ItemRecord,
  type Override,
  type ResultStore,
  type RunHeader,
  type RunLock,
  type Suite,
} from '#domain';
import { LOADING, settle, type Loadable } from './loadable.ts';
import { runStatus, type RunStatus } from './runStatus.ts';
import type { Suites } from './suites.svelte.ts';

export interface StoredRun {
  readonly header: RunHeader;
  readonly items: readonly ItemRecord[];
}

/** A run with all that its page shows. */
export interface RunDetail extends StoredRun {
  /** Null where the suite is not on this device: outputs and verdicts can be read, questions and golds not. */
  readonly suite: Suite | null;
  /** What people judged of its answers, by index. */
  readonly overrides: readonly Override[];
}

/** One answer with all that its page shows. */
export interface ItemDetail {
  readonly header: RunHeader;
  readonly index: number;
  /** Null where the item was not asked yet. */
  readonly record: ItemRecord | null;
  readonly suite: Suite | null;
  /** What a person judged of it; null: nothing. */
  readonly override: Override | null;
}

/** What a person says of one answer. */
export type Judging = Pick<Override, 'runId' | 'index' | 'judged' | 'note'>;

/** The stored runs. */
export class Results {
  #headers = $state.raw<Loadable<readonly RunHeader[]>>(LOADING);
  #damaged = $state.raw<readonly Damaged[]>([]);
  #held = $state.raw<readonly string[]>([]);
  #overrides = $state.raw<readonly Override[]>([]);
  readonly #store: ResultStore;
  readonly #lock: RunLock;
  readonly #suites: Suites;

  constructor(store: ResultStore, lock: RunLock, suites: Suites) {
    this.#store = store;
    this.#lock = lock;
    this.#suites = suites;
  }

  /** Newest first. */
  get headers(): Loadable<readonly RunHeader[]> {
    return this.#headers;
  }

  /** Headers that are stored and cannot be read; they stay where they are. */
  get damaged(): readonly Damaged[] {
    return this.#damaged;
  }

  /** What people judged of a run's answers, as of the last refresh. */
  overridesOf(runId: string): readonly Override[] {
    return this.#overrides.filter((override) => override.runId === runId);
  }

  async refresh(): Promise<void> {
    const [headers, damaged, held, overrides] = await Promise.all([
      settle(this.#store.listHeaders()),
      settle(this.#store.damagedHeaders()),
      this.#lock.heldRuns(),
      settle(this.#store.listOverrides(null)),
    ]);
    this.#headers = headers;
    this.#damaged = damaged.kind === 'ready' ? damaged.value : [];
    this.#held = [...held];
    this.#overrides = overrides.kind === 'ready' ? overrides.value : [];
  }

  /** `busy`: the runs of this tab. */
  status(header: RunHeader, busy: readonly string[]): RunStatus {
    return runStatus(header, busy, this.#held);
  }

  /** Takes over a header that was just stored, without reading storage again. */
  note(header: RunHeader): void {
    // This tab gives the lock back with the run's end; the list of held runs may be from before.
    if (header.state.kind !== 'running') this.#held = this.#held.filter((id) => id !== header.id);
    if (this.#headers.kind !== 'ready') return;
    const others = this.#headers.value.filter((h) => h.id !== header.id);
    const all = [...others, header].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    this.#headers = { kind: 'ready', value: all };
  }

  /**
   * Runs with items left that no tab is working on: stopped, failed, or cut off when their tab was closed or killed.
   * `busy`: the runs of this tab, which holds their locks by itself.
   */
  unfinished(busy: readonly string[]): readonly RunHeader[] {
    if (this.#headers.kind !== 'ready') return [];
    // An imported run was made on another machine: its second half would not be made like its first.
    return this.#headers.value.filter(
      ({ id, origin, state, verdicts }) =>
        origin !== 'imported' &&
        state.kind !== 'finished' &&
        /[.u]/.test(verdicts) &&
        !busy.includes(id) &&
        !this.#held.includes(id),
    );
  }

  /** Rejects with a FailureError: `run-missing`, or what the store says. */
  async detail(runId: string): Promise<RunDetail> {
    const header = await this.#headerOf(runId);
    const [items, suite, overrides] = await Promise.all([
      this.#store.listItems(runId),
      this.suiteOf(header),
      this.#store.listOverrides(runId),
    ]);
    return { header, items, suite, overrides };
  }

  /** Rejects like `detail`; `invalid-input` where the run has no item at this place. */
  async item(runId: string, index: number): Promise<ItemDetail> {
    const header = await this.#headerOf(runId);
    if (index >= header.spec.itemIds.length) {
      throw new FailureError(failure('invalid-input', `${index + 1} > ${header.spec.itemIds.length}`));
    }
    const [record, suite, overrides] = await Promise.all([
      this.#store.getItem(runId, index),
      this.suiteOf(header),
      this.#store.listOverrides(runId),
    ]);
    const override = overrides.find((o) => o.index === index) ?? null;
    return { header, index, record, suite, override };
  }

  /** Keeps a person's judgement of an answer; the verdict and the run's figures stay as they are. */
  async judge(judging: Judging, now: string): Promise<void> {
    const { runId, index, judged, note } = judging;
    await this.#headerOf(runId);
    await this.#store.putOverride({ schema: 1, runId, index, judged, note, judgedAt: now });
  }

  async withdraw(runId: string, index: number): Promise<void> {
    await this.#store.deleteOverride(runId, index);
  }

  /**
   * Writes what `change` makes of a stored run, in one go; null: it is not the run that was meant, and nothing is written
   * (`stale`). Rejects with `run-in-use` where a tab is working on the run.
   */
  async rewrite(runId: string, change: (stored: StoredRun) => StoredRun | null): Promise<'written' | 'stale'> {
    const outcome = await this.#lock.hold(runId, async () => {
      const header = await this.#headerOf(runId);
      const changed = change({ header, items: await this.#store.listItems(runId) });
      if (changed === null) return 'stale';
      await this.#store.putItems(changed.header, changed.items);
      this.note(changed.header);
      return 'written';
    });
    if (!outcome.held) throw new FailureError(failure('run-in-use', runId));
    return outcome.value;
  }

  /** The suite as it was when it was run, else the one with the same hash that can be chosen here; else null. */
  async suiteOf(header: RunHeader): Promise<Suite | null> {
    const { hash } = header.spec.suite;
    const stored = await settle(this.#store.getSuite(hash));
    if (stored.kind === 'ready' && stored.value !== null) return stored.value;
    const offered = await settle(Promise.resolve(this.#suites.find(hash)?.load() ?? null));
    return offered.kind === 'ready' ? offered.value : null;
  }

  async #headerOf(runId: string): Promise<RunHeader> {
    const header = await this.#store.getHeader(runId);
    if (header === null) throw new FailureError(failure('run-missing', runId));
    return header;
  }

  async remove(runId: string): Promise<void> {
    await this.#store.deleteRun(runId);
    await this.refresh();
  }

  /** All runs but those that a tab is working on now. */
  async removeAll(): Promise<void> {
    const held = await this.#lock.heldRuns();
    const headers = await this.#store.listHeaders();
    for (const { id } of headers) if (!held.has(id)) await this.#store.deleteRun(id);
    await this.refresh();
  }
}
