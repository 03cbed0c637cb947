/** What talking to servers needs of the outside. Wired in main.ts; a stand-in server and plain `fetch` in the tests. */
import type { Message, ThinkingMode } from '#domain';

export interface ServerRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** An answer that nobody can read, only to learn whether something is there. */
  readonly opaque?: boolean;
}

/** The door to the network (models/network.ts): no cookies, no redirects, only addresses that a person may name. */
export type Send = (address: string, request: ServerRequest) => Promise<Response>;

/** A chat template of a server's model, in a place where one that never ends can be stopped. */
export interface RemoteTemplate {
  readonly hash: string;
  /** Rejects with a FailureError `template-invalid`. */
  render(messages: readonly Message[], thinking?: ThinkingMode): Promise<string>;
  dispose(): void;
}

export type OpenTemplate = (source: string, tokens: Readonly<Record<string, string>>) => Promise<RemoteTemplate>;

export interface Patience {
  /** Milliseconds for a listing or another short answer. */
  readonly shortMs: number;
  /** Until the first token: the server may load the model first, and others may wait in its queue. */
  readonly firstTokenMs: number;
  readonly betweenTokensMs: number;
  /** Before the second try; doubled each time. */
  readonly backoffMs: number;
  /** Tries after the first one, where the server fails (5xx, no connection). */
  readonly retries: number;
  /** Milliseconds that one question may be refused for (429) before it is given up. */
  readonly refusedMs: number;
}

export const PATIENCE: Patience = {
  shortMs: 10_000,
  firstTokenMs: 10 * 60_000,
  betweenTokensMs: 2 * 60_000,
  backoffMs: 1_000,
  retries: 3,
  refusedMs: 10 * 60_000,
};

/** Bytes. A listing of thousands of models is below one, an answer of a million tokens below the other. */
export const SHORT_LIMIT = 8 << 20;
export const STREAM_LIMIT = 64 << 20;
