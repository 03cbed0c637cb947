/** A door of its own: conversations are no part of what a run needs. */
export * from './conversation.ts';
export * from './standings.ts';
