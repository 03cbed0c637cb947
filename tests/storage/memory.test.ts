import { vi, afterEach } from 'vitest';
import { memoryResultStore } from '#storage';
import { resultStoreContract } from '../contracts/resultStore.ts';

afterEach(() => vi.restoreAllMocks());

resultStoreContract('memory', () => {
  const rows = new Map<string, readonly [readonly (string | number)[], unknown]>();
  return {
    store: memoryResultStore(rows),
    reopen: () => memoryResultStore(rows),
    plant: (key, value) => {
      rows.set(JSON.stringify(key), [key, value]);
      return Promise.resolve();
    },
    failSecondValue: () => {
      const clone = globalThis.structuredClone;
      let copies = 0;
      vi.spyOn(globalThis, 'structuredClone').mockImplementation((value: unknown): unknown => {
        copies += 1;
        if (copies !== 2) return clone(value);
        vi.restoreAllMocks();
        throw new DOMException('not cloneable', 'DataCloneError');
      });
    },
  };
});
