import 'fake-indexeddb/auto';
import { IDBObjectStore } from 'fake-indexeddb';
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

/** Replaces the second `put` that is made from now on; the ones after it are real again. */
function secondPut(instead: (store: IDBObjectStore, put: typeof IDBObjectStore.prototype.put) => IDBRequest): void {
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    puts += 1;
    if (puts !== 2) return put.apply(this, args);
    vi.restoreAllMocks();
    return instead(this, put);
  });
}

const putThrows = (): void =>
  secondPut(() => {
    throw new DOMException('not cloneable', 'DataCloneError');
  });

/** The request itself fails later, as on a full disk; `add` on a key that is taken is such a request. */
const requestFails = (): void =>
  secondPut((store, put) => {
    put.call(store, 'taken', ['taken']);
    return store.add('taken', ['taken']);
  });

const transactionAborts = (): void =>
  secondPut((store, put) => {
    const request = put.call(store, 'lost', ['lost']);
    store.transaction.abort();
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
  expect(await Promise.all(getAll.mock.results.map(({ value }) => resultOf(value as IDBRequest)))).toEqual([[header]]);
});

function resultOf(request: IDBRequest): Promise<unknown> {
  return Promise.resolve(request.result);
}
