/** Grading what is stored again: one answer to look at, a whole run to change. */
export type { Change, Regraded } from './item.ts';
export { regradeItem, regradingOf } from './regrading.svelte.ts';
export type { RegradedItem, RegradePlan } from './run.ts';
