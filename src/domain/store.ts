import type { DecodeProblem } from './decodeRun.ts';
import type { DownloadSource } from './download/plan.ts';
import type { KnownSelfTest } from './engine.ts';
import type { Override } from './override.ts';
import type { ItemRecord, RunHeader } from './run.ts';
import type { SavedServer } from './server.ts';
import type { Suite } from './suite.ts';

/**
 * The port to stored results. Adapters: storage/indexedDb, storage/memory. Contract: tests/contracts/resultStore.ts.
 * Every method rejects with a FailureError: `storage-full`, `storage-unavailable`, `invalid-input` (a stored value
 * that no version of ours wrote).
 */
export interface ResultStore {
  /** Writes a header alone: at the start of a run, when it stops, ends or fails. */
  putHeader(header: RunHeader): Promise<void>;
  /** Writes an item and its run's header in one transaction: both or neither. */
  putItem(header: RunHeader, item: ItemRecord): Promise<void>;
  /** The same for several items at once: all of them and the header, or nothing. */
  putItems(header: RunHeader, items: readonly ItemRecord[]): Promise<void>;
  /**
   * Writes a whole run from elsewhere, in one transaction. `exists`: a run of this id is stored already, and nothing
   * was written: a file cannot replace a result. `overrides`: what people judged of its items.
   */
  addRun(header: RunHeader, items: readonly ItemRecord[], overrides?: readonly Override[]): Promise<'added' | 'exists'>;
  /** All headers that can be read, newest start first. Reads no item. */
  listHeaders(): Promise<readonly RunHeader[]>;
  getHeader(runId: string): Promise<RunHeader | null>;
  /** The headers that `listHeaders` left out. */
  damagedHeaders(): Promise<readonly Damaged[]>;
  /** The items of one run that can be read, by index. */
  listItems(runId: string): Promise<readonly ItemRecord[]>;
  /** The items that `listItems` left out. */
  damagedItems(runId: string): Promise<readonly Damaged[]>;
  getItem(runId: string, index: number): Promise<ItemRecord | null>;
  /** The header, all items and all judgements of them, in one transaction. */
  deleteRun(runId: string): Promise<void>;
  /** Keeps a person's judgement of an item; replaces the one that the item had. Touches neither header nor item. */
  putOverride(override: Override): Promise<void>;
  /** Takes a judgement back. Nothing happens where there is none. */
  deleteOverride(runId: string, index: number): Promise<void>;
  /** The judgements of one run by index, or of all runs (null). What cannot be read stays stored and is left out. */
  listOverrides(runId: string | null): Promise<readonly Override[]>;
  /**
   * Keeps a suite under its hash (`suiteHash`), before its first run starts: a run's items can be read and graded
   * again when the built-in suite has a newer version, and suites of the user's own are found again.
   */
  putSuite(hash: string, suite: Suite): Promise<void>;
  getSuite(hash: string): Promise<Suite | null>;
}

/** A stored value that cannot be read. It stays as it is: a newer version of the page may read it. */
export interface Damaged {
  readonly runId: string;
  /** Null for a header. */
  readonly index: number | null;
  readonly problem: DecodeProblem;
  /** What is stored, for a download. */
  readonly stored: unknown;
}

/** Keeps two tabs from running the same run at once. Adapters: storage/runLock. */
export interface RunLock {
  /** Does the work while it holds the run's lock; does nothing where another tab, or this one, holds it already. */
  hold<T>(runId: string, work: () => Promise<T>): Promise<Held<T>>;
  /** Ids of the runs that some tab holds now. */
  heldRuns(): Promise<ReadonlySet<string>>;
}

export type Held<T> = { readonly held: true; readonly value: T } | { readonly held: false };

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Settings {
  readonly theme: Theme;
  /** Where others find this page: the address that links start with. '' where none is set. */
  readonly publicAddress: string;
  /** What the self-test found, by device and browser (the caller's key). */
  readonly selfTests: Readonly<Record<string, KnownSelfTest>>;
  /** Memory of the GPU in GiB, as the user states it: a browser does not tell it. Null: not stated. */
  readonly gpuMemoryGiB: number | null;
  /** Where models are fetched from. */
  readonly downloadSource: DownloadSource;
  /** How fast the last download was, in bytes per second: for the estimate of the next. Null: none yet. */
  readonly downloadRate: number | null;
  /** Local servers that were connected to, newest first; never their keys. */
  readonly servers: readonly SavedServer[];
  /** Items that a server is asked at once, 1 to 16. */
  readonly serverConcurrency: number;
  /** How long a run waits for a server that goes away; null: until it is back. */
  readonly serverWaitSeconds: number | null;
}

/**
 * Keys of servers that a person asked to keep on this device; each for one origin. Addresses are http(s). Never throws:
 * what cannot be kept is not.
 */
export interface KeyStore {
  /** Null: none is kept. */
  of(address: string): string | null;
  keep(address: string, key: string): void;
  forget(address: string): void;
}

/** The port to the user's settings. Synchronous, so that the theme is known before the first paint. */
export interface SettingsStore {
  /** A setting that is missing or unreadable has its default; the others keep their values. Never throws. */
  read(): Settings;
  /**
   * Changes what `change` names and returns all settings. Throws a FailureError: `storage-full`,
   * `storage-unavailable`, `invalid-input` (the stored settings are a newer version's and stay as they are).
   */
  update(change: Partial<Settings>): Settings;
}
