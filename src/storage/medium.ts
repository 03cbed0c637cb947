/**
 * What a place to keep values must do. The stores over it (checking, versions, order) are written once; a medium knows
 * nothing of runs. Every method rejects with a FailureError: `storage-full`, `storage-unavailable`, `unexpected`.
 */
export interface Medium {
  /** Writes all entries, or none. */
  put(entries: readonly Entry[]): Promise<void>;
  /** Writes all entries, or none where the key of the first one is taken. True: written. */
  add(entries: readonly Entry[]): Promise<boolean>;
  /** Undefined where nothing is stored. */
  get(key: Key): Promise<unknown>;
  /** The entries whose keys begin with `prefix` and are longer, in key order: strings by code unit, numbers by size. */
  under(prefix: Key): Promise<readonly Entry[]>;
  /** Removes these keys and everything under them: all or nothing. */
  remove(keys: readonly Key[]): Promise<void>;
}

/** ['run', id], ['item', runId, index], ['override', runId, index], ['suite', hash]. */
export type Key = readonly (string | number)[];

export type Entry = readonly [key: Key, value: unknown];
