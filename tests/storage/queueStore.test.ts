import 'fake-indexeddb/auto';
import { createStore, keys, set } from 'idb-keyval';
import { indexedDbQueueStore, memoryQueueStore } from '#storage/queues';
import type { Rows } from '../../src/storage/memory.ts';
import { queueStoreContract } from '../contracts/queueStore.ts';

let databases = 0;

queueStoreContract('IndexedDB', () => {
  const name = `queues-${(databases += 1)}`;
  return {
    store: indexedDbQueueStore(name),
    reopen: () => indexedDbQueueStore(name),
    plant: (key, value) => set([...key], value, createStore(name, 'kv')),
    keys: () => keys(createStore(name, 'kv')),
  };
});

queueStoreContract('memory', () => {
  const rows: Rows = new Map();
  return {
    store: memoryQueueStore(rows),
    reopen: () => memoryQueueStore(rows),
    plant: (key, value) => Promise.resolve(rows.set(JSON.stringify(key), [key, value])).then(() => undefined),
    keys: () => Promise.resolve([...rows.keys()]),
  };
});
