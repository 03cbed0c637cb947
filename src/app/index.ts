/** The door of the app's state: what views read and call. main.ts makes the one `App` from its ports. */
export * from './app.svelte.ts';
export * from './catalogue.svelte.ts';
export * from './comparison.ts';
export * from './context.ts';
export * from './device.svelte.ts';
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
export * from './regrade.ts';
export * from './resource.svelte.ts';
export * from './question.svelte.ts';
export * from './results.svelte.ts';
export * from './route.ts';
export * from './runner.svelte.ts';
export * from './runStatus.ts';
export * from './setup.svelte.ts';
export * from './sharing.svelte.ts';
export * from './suites.svelte.ts';
/** Views do not enter `sharing`: what they need of it comes through here. */
export { checkPublicAddress, isLocalAddress, modelTable, type AddressProblem, type ModelRow } from '#sharing';
