import 'fake-indexeddb/auto';
import { createStore, set } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ResultStore } from '#domain';
import { indexedDbResultStore } from '#storage';
import { resultStoreContract, type ResultStoreUnderTest } from '../contracts/resultStore.ts';
import { sampleHeader, sampleItem } from '../fixtures/sampleRun.ts';

let databases = 0;
const freshName = (): string => `results-${(databases += 1)}`;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function under(failSecondValue: () => void): () => ResultStoreUnderTest {
  return () => {
    const name = freshName();
    return {
      store: indexedDbResultStore(name),
      reopen: () => indexedDbResultStore(name),
      plant: (key, value) => set([...key], value, createStore(name, 'kv')),
      failSecondValue,
    };
  };
}

/** Replaces the second `put` that is made from now on; the ones before and after it are real. */
function replaceSecondPut(instead: (kv: IDBObjectStore) => IDBRequest<IDBValidKey>): void {
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore, value, key) {
    const request = this.put(value, key);
    vi.spyOn(this, 'put').mockImplementationOnce(() => instead(this));
    return request;
  });
}

const putThrows = (): void =>
  replaceSecondPut(() => {
    throw new DOMException('not cloneable', 'DataCloneError');
  });

/** The request itself fails later, as on a full disk; `add` on a key that is taken is such a request. */
const requestFails = (): void =>
  replaceSecondPut((kv) => {
    kv.put('taken', ['taken']);
    return kv.add('taken', ['taken']);
  });

const transactionAborts = (): void =>
  replaceSecondPut((kv) => {
    const request = kv.put('lost', ['lost']);
    kv.transaction.abort();
    return request;
  });

resultStoreContract('IndexedDB, the second put throws', under(putThrows));
resultStoreContract('IndexedDB, the second request fails', under(requestFails));
resultStoreContract('IndexedDB, the transaction is aborted', under(transactionAborts));

describe('IndexedDB that refuses', () => {
  let store: ResultStore;
  beforeEach(() => {
    store = indexedDbResultStore(freshName());
  });
  const failsWith = (code: string): Promise<void> =>
    expect(store.putHeader(sampleHeader())).rejects.toMatchObject({ failure: { code } });

  test('is absent: storage-unavailable', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await failsWith('storage-unavailable');
  });

  test('may not be opened: storage-unavailable, and works once it may', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await failsWith('storage-unavailable');
    await store.putHeader(sampleHeader());
    expect(await store.listHeaders()).toHaveLength(1);
  });

  test('fails to open later on: storage-unavailable, and works once it opens', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      const request = { error: new DOMException('the disk failed', 'UnknownError') } as IDBOpenDBRequest;
      queueMicrotask(() => void request.onerror?.(new Event('error')));
      return request;
    });
    await failsWith('storage-unavailable');
    await store.putHeader(sampleHeader());
    expect(await store.listHeaders()).toHaveLength(1);
  });

  test('never answers: storage-unavailable after ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.spyOn(indexedDB, 'open').mockImplementation(() => ({}) as IDBOpenDBRequest);
    const failed = failsWith('storage-unavailable');
    await vi.advanceTimersByTimeAsync(10_000);
    await failed;
  });

  test('is full: storage-full, and what was there stays', async () => {
    const header = sampleHeader();
    await store.putItem(header, sampleItem(header, 0));
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await failsWith('storage-full');
    vi.restoreAllMocks();
    expect(await store.listItems(header.id)).toHaveLength(1);
  });
});

test('lists of runs read no items', async () => {
  const store = indexedDbResultStore(freshName());
  const header = sampleHeader();
  await store.putItem(header, sampleItem(header, 0));
  const getAll = vi.spyOn(IDBObjectStore.prototype, 'getAll');
  expect(await store.listHeaders()).toHaveLength(1);
  const read = getAll.mock.results.map(({ value }) => (value as IDBRequest<unknown[]>).result);
  expect(read).toEqual([[header]]);
});
