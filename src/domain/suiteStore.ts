import type { Language, Suite, SuiteRef } from './suite.ts';
import type { VariantChoice } from './variant.ts';

/** What lists show of a stored suite, without its texts. */
export interface StoredSuite extends SuiteRef {
  readonly description: Suite['description'];
  readonly kind: Suite['kind'];
  readonly languages: readonly Language[];
  readonly itemCount: number;
  readonly maxTokens: number;
  /** The ways in which it can be asked, `plain` first. */
  readonly variants: readonly VariantChoice[];
  /** ISO 8601, UTC. */
  readonly savedAt: string;
}

/**
 * The port to the user's own suites: written, imported or copied ones. There is one of each id, the last one saved; the
 * versions that were run are kept with their runs (`ResultStore.putSuite`). Adapters: storage/suiteStore. Contract:
 * tests/contracts/suiteStore.ts. Every method rejects with a FailureError: `storage-full`, `storage-unavailable`,
 * `invalid-input` (a stored value that is no suite).
 */
export interface SuiteStore {
  /** Last saved first. Reads no items. What cannot be read is left out and left where it is. */
  list(): Promise<readonly StoredSuite[]>;
  get(id: string): Promise<Suite | null>;
  /** Writes suite and summary in one transaction; replaces the one of the same id. */
  put(suite: Suite, savedAt: string): Promise<StoredSuite>;
  remove(id: string): Promise<void>;
}
