/** Where results and settings are kept. The contract stands in README.md. */
export { localServerKeys } from './serverKeys.ts';
export { indexedDbResultStore } from './indexedDb.ts';
export { memoryResultStore } from './memory.ts';
export { memoryRunLock, runLock } from './runLock.ts';
export { localSettings, memorySettings } from './settings.ts';
export { indexedDbSuiteStore, memorySuiteStore } from './suiteStore.ts';
export { mayHaveTombstones } from './mayHaveTombstones.ts';
