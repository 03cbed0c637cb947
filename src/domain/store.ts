import type { ItemRecord, RunHeader } from './run.ts';
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
  /** All headers, newest start first. Reads no item. */
  listHeaders(): Promise<readonly RunHeader[]>;
  getHeader(runId: string): Promise<RunHeader | null>;
  /** The items of one run, by index. */
  listItems(runId: string): Promise<readonly ItemRecord[]>;
  getItem(runId: string, index: number): Promise<ItemRecord | null>;
  /** The header and all items, in one transaction. */
  deleteRun(runId: string): Promise<void>;
  /**
   * Keeps a suite under its hash (`suiteHash`), before its first run starts: a run's items can be read and graded
   * again when the built-in suite has a newer version, and suites of the user's own are found again.
   */
  putSuite(hash: string, suite: Suite): Promise<void>;
  getSuite(hash: string): Promise<Suite | null>;
}
