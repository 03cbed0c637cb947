import type { ServerKind } from '#domain';
import type { Connection } from '../connection.ts';
import { llamaCppPythonListing } from './llamaCppPython.ts';
import { llamaListing } from './llamaServer.ts';
import { lmStudioListing } from './lmStudio.ts';
import type { Listing } from './offered.ts';
import { ollamaListing } from './ollama.ts';
import { plainListing, vllmListing, type PlainModels } from './plain.ts';

type Native = (connection: Connection, plain: PlainModels, signal: AbortSignal) => Promise<Listing | null>;

/** One line for each program that tells more than the common protocol. */
const NATIVE: Readonly<Record<ServerKind, Native>> = {
  'lm-studio': (connection, _, signal) => lmStudioListing(connection, signal),
  ollama: (connection, _, signal) => ollamaListing(connection, signal),
  'llama-server': llamaListing,
  'llama-cpp-python': llamaCppPythonListing,
  vllm: vllmListing,
  other: () => Promise.resolve(null),
};

/** The server's own listing where it has one, else the common one. */
export async function listModels(connection: Connection, plain: PlainModels, signal: AbortSignal): Promise<Listing> {
  const native = await NATIVE[connection.kind](connection, plain, signal);
  return native !== null && native.models.length > 0 ? native : plainListing(connection.kind, plain);
}
