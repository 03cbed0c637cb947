/** The door of the app's state: what views read and call. main.ts makes the one `App` from its ports. */
export * from './app.svelte.ts';
export * from './catalogue.svelte.ts';
export * from './comparison.ts';
export * from './context.ts';
export * from './device.svelte.ts';
export * from './diagnose.svelte.ts';
export * from './diagnosis.ts';
export * from './diagnosisReport.ts';
export * from './divergence.ts';
export * from './downloads.svelte.ts';
export * from './fitContext.ts';
export * from './itemFilter.svelte.ts';
export * from './itemRows.ts';
export * from './job.ts';
export * from './launch.svelte.ts';
export * from './loadable.ts';
export * from './loadedBefore.ts';
export * from './models.svelte.ts';
export * from './navigation.svelte.ts';
export * from './ports.ts';
export * from './preferences.svelte.ts';
export * from './repeats.ts';
export * from './repeatsFile.ts';
export * from './regrading/index.ts';
export * from './rescue.ts';
export * from './resource.svelte.ts';
export * from './question.svelte.ts';
export * from './queueWatch.svelte.ts';
export * from './queues/index.ts';
export * from './results.svelte.ts';
export * from './route.ts';
export * from './runner.svelte.ts';
export * from './runSampling.svelte.ts';
export { SAMPLING_FIELDS, SAMPLING_RANGES } from './playground/samplingChoice.svelte.ts';
export * from './runStatus.ts';
export * from './setup.svelte.ts';
export * from './servers.svelte.ts';
export * from './sharing.svelte.ts';
export * from './sourceAddress.ts';
export * from './sources.svelte.ts';
export * from './suiteDraft.svelte.ts';
export * from './suiteEditor.svelte.ts';
export * from './suiteImport.svelte.ts';
export * from './suiteItem.ts';
export * from './suites.svelte.ts';
export * from './thinking.ts';
export * from './sharingCode.ts';
export type {
  Columns,
  Delimiter,
  Encoding,
  ImportOptions,
  ImportProblem,
  ImportProblemCode,
  ImportReport,
  Inspection,
  Previewed,
  ReadSuite,
  Role,
  SuiteFormatId,
  Take,
  Unreadable,
  Writing,
} from '#sharing';
