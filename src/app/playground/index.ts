/** A door of its own: the playground's state comes with its page and is no part of the first bytes. */
export * from './chatText.ts';
export * from './playground.svelte.ts';
export type { LiveReply } from './writeReply.ts';
