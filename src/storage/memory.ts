import type { ResultStore } from '#domain';
import type { Entry, Key, Medium } from './medium.ts';
import { resultStoreOver } from './resultStore.ts';
import { storageFailure } from './storageFailure.ts';

/** Rows of a memory medium, by their key as JSON. */
export type Rows = Map<string, Entry>;

/** Results for as long as the page lives: for tests, and where the browser keeps nothing. */
export function memoryResultStore(rows: Rows = new Map()): ResultStore {
  return resultStoreOver(memoryMedium(rows));
}

export function memoryMedium(rows: Rows): Medium {
  const putAll = (entries: readonly Entry[]): void => {
    // Copies first: where one value cannot be copied, nothing is written.
    const copies = entries.map(copyOf);
    for (const entry of copies) rows.set(JSON.stringify(entry[0]), entry);
  };
  return {
    put: (entries) => soon(() => putAll(entries)),
    add: (entries) =>
      soon(() => {
        const [first] = entries;
        if (first !== undefined && rows.has(JSON.stringify(first[0]))) return false;
        putAll(entries);
        return true;
      }),
    get: (key) => soon(() => structuredClone(rows.get(JSON.stringify(key))?.[1])),
    under: (prefix) =>
      soon(() => {
        const entries = [...rows.values()].filter(([key]) => isUnder(prefix, key));
        return entries.map(copyOf).sort(([a], [b]) => compareKeys(a, b));
      }),
    remove: (keys) =>
      soon(() => {
        for (const [name, [key]] of rows) {
          if (keys.some((prefix) => isUnder(prefix, key) || compareKeys(prefix, key) === 0)) rows.delete(name);
        }
      }),
  };
}

/** The result as a promise; what `work` throws comes out as a rejection, as the port says. */
function soon<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    try {
      resolve(work());
    } catch (thrown) {
      reject(storageFailure(thrown));
    }
  });
}

function copyOf([key, value]: Entry): Entry {
  return [key, structuredClone(value)];
}

function isUnder(prefix: Key, key: Key): boolean {
  return key.length > prefix.length && prefix.every((part, n) => part === key[n]);
}

/** As IndexedDB orders keys: part by part, numbers before strings. */
function compareKeys(a: Key, b: Key): number {
  for (const [n, x] of a.entries()) {
    const y = b[n];
    if (y === undefined) return 1;
    if (x === y) continue;
    if (typeof x === typeof y) return x < y ? -1 : 1;
    return typeof x === 'number' ? -1 : 1;
  }
  return a.length - b.length;
}
