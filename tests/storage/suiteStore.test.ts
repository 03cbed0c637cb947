import 'fake-indexeddb/auto';
import { createStore, set } from 'idb-keyval';
import { indexedDbSuiteStore, memorySuiteStore } from '#storage';
import { suiteStoreContract } from '../contracts/suiteStore.ts';

let databases = 0;

suiteStoreContract('IndexedDB', () => {
  const name = `suites-${(databases += 1)}`;
  return {
    store: indexedDbSuiteStore(name),
    reopen: () => indexedDbSuiteStore(name),
    plant: (key, value) => set([...key], value, createStore(name, 'kv')),
  };
});

suiteStoreContract('memory', () => {
  const rows = new Map<string, readonly [readonly (string | number)[], unknown]>();
  return {
    store: memorySuiteStore(rows),
    reopen: () => memorySuiteStore(rows),
    plant: (key, value) => Promise.resolve(rows.set(JSON.stringify(key), [key, value])).then(() => undefined),
  };
});
