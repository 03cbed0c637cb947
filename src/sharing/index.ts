/** What leaves this browser and what comes in: links, records, tables. The contract stands in README.md. */
export { decodeLink, LONGEST_LINK, shareLink, type ShareLink } from './link.ts';
export { itemsPrefix, sharedRun } from './sharedRun.ts';
export { shareFacts, type ShareFacts } from './shareFacts.ts';
export { checkPublicAddress, isLocalAddress, type AddressProblem, type CheckedAddress } from './publicAddress.ts';
export {
  fileName,
  packed,
  RUN_ARCHIVES,
  RUN_FORMATS,
  type RunArchive,
  type RunFormat,
  type TableWords,
} from './formats.ts';
export {
  LONGEST_RECORD,
  readRecord,
  readRecords,
  type ReadRecord,
  type ReadRecords,
  type RecordProblem,
  type RunRecord,
} from './record.ts';
export {
  REPEATS_ARCHIVES,
  REPEATS_FORMATS,
  type RepeatsArchive,
  type RepeatsFormat,
  type RepeatsRecord,
  type RepeatsWords,
} from './repeats.ts';
export { modelTable, type ModelRow, type ModelTableWords } from './markdown.ts';
export * from './suites/index.ts';
