import type { ModelCard } from './model.ts';

/** Whose program a server is: decides what it can be asked besides the common protocol. `other`: only that. */
export const SERVER_KINDS = ['lm-studio', 'ollama', 'llama-server', 'llama-cpp-python', 'vllm', 'other'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

/** A server that was connected to before. Never with its key. */
export interface SavedServer {
  /** Origin and path before "/v1", without a slash at the end: "http://127.0.0.1:1234". */
  readonly address: string;
  readonly kind: ServerKind;
}

/** A model that a server offers, with what the server says of it. */
export interface ServerModel {
  readonly card: ModelCard;
  readonly architecture: string | null;
  /** In the server's memory now; null where it does not tell. */
  readonly loaded: boolean | null;
  /** The server can be told to take it into memory, and out of it. */
  readonly manageable: boolean;
}

export interface ConnectedServer extends SavedServer {
  /** Of the program, where it tells. */
  readonly version: string | null;
  readonly models: readonly ServerModel[];
}

/** How many items a server may be asked at once. */
export const MOST_AT_ONCE = 16;
