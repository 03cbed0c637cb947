import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import { failure, FailureError, type ResultStore } from '#domain';
import type { Entry, Key, Medium } from './medium.ts';
import { resultStoreOver } from './resultStore.ts';
import { storageFailure } from './storageFailure.ts';

/** How long the database may take to open. Browsers have been seen to leave the request without any answer. */
const OPEN_MS = 10_000;

/**
 * The results in IndexedDB. `database` holds this one store only: idb-keyval cannot add a second one to a database
 * that exists. Opens nothing until the first use.
 */
export function indexedDbResultStore(database = 'tabeval-results'): ResultStore {
  return resultStoreOver(indexedDbMedium(createStore(database, 'kv')));
}

export function indexedDbMedium(store: UseStore): Medium {
  let opened: Promise<void> | null = null;
  const open = (): Promise<void> => {
    opened ??= inTime(store('readonly', () => undefined)).catch((thrown: unknown) => {
      opened = null;
      throw thrown;
    });
    return opened;
  };
  async function use<T>(mode: IDBTransactionMode, work: (kv: IDBObjectStore) => Promise<T>): Promise<T> {
    if (typeof indexedDB === 'undefined') throw new FailureError(failure('storage-unavailable', 'no indexedDB'));
    try {
      await open();
      return await store(mode, work);
    } catch (thrown) {
      throw storageFailure(thrown);
    }
  }
  return {
    put: (entries) => use('readwrite', (kv) => committed(kv, () => putAll(kv, entries))),
    add: (entries) => use('readwrite', (kv) => addAll(kv, entries)),
    get: (key) => use('readonly', (kv) => promisifyRequest(kv.get([...key]))),
    under: (prefix) => use('readonly', (kv) => entriesUnder(kv, prefix)),
    remove: (keys) => use('readwrite', (kv) => committed(kv, () => removeAll(kv, keys))),
  };
}

/**
 * Does `work` and waits until the transaction is on record. idb-keyval's `setMany` would not do: where a value cannot
 * be cloned it leaves the puts before it standing, and where a request fails (a full disk) it rejects with null,
 * because it listens to `error`, which comes before the transaction has its cause.
 */
function committed(kv: IDBObjectStore, work: () => void): Promise<void> {
  const { transaction } = kv;
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('The transaction ended', 'AbortError'));
    try {
      work();
    } catch (thrown) {
      reject(storageFailure(thrown));
      transaction.abort();
    }
  });
}

function putAll(kv: IDBObjectStore, entries: readonly Entry[]): void {
  for (const [key, value] of entries) kv.put(value, [...key]);
}

/** Asks and writes in one transaction, so that no other tab can write the key in between. */
async function addAll(kv: IDBObjectStore, entries: readonly Entry[]): Promise<boolean> {
  const [first] = entries;
  if (first === undefined) return true;
  let taken = false;
  await committed(kv, () => {
    const request = kv.count([...first[0]]);
    request.onsuccess = () => {
      taken = request.result > 0;
      if (!taken) putAll(kv, entries);
    };
  });
  return !taken;
}

async function entriesUnder(kv: IDBObjectStore, prefix: Key): Promise<readonly Entry[]> {
  const range = rangeUnder(prefix);
  const [keys, values] = await Promise.all([
    promisifyRequest(kv.getAllKeys(range)),
    promisifyRequest<unknown[]>(kv.getAll(range)),
  ]);
  return keys.map((key, n) => [key as Key, values[n]]);
}

function removeAll(kv: IDBObjectStore, keys: readonly Key[]): void {
  for (const key of keys) {
    kv.delete([...key]);
    kv.delete(rangeUnder(key));
  }
}

/** IndexedDB orders an array above every string and number, so `[…prefix, []]` is above all that begins with prefix. */
function rangeUnder(prefix: Key): IDBKeyRange {
  return IDBKeyRange.bound([...prefix], [...prefix, []], true, true);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const f = failure('storage-unavailable', `indexedDB did not open within ${OPEN_MS} ms`);
    timer = setTimeout(() => reject(new FailureError(f)), OPEN_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
