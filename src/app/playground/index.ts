/** A door of its own: the playground's state comes with its page and is no part of the first bytes. */
export { catalogueState } from '../catalogue.svelte.ts';
export * from './chatText.ts';
export type { Column } from './liveTurn.svelte.ts';
export * from './playground.svelte.ts';
export * from './samplingChoice.svelte.ts';
export type { ShownTurn } from './shownTurns.ts';
export { MOST_TOKENS, type TurnSettings } from './turnSettings.svelte.ts';
export type { LiveReply } from './writeReply.ts';
