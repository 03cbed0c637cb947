/**
 * Taking a model into a server's memory and out of it, where its program can be told: LM Studio from 0.4
 * (https://lmstudio.ai/docs/developer/rest), Ollama (docs/api.md: a question without a prompt, and `keep_alive`).
 */
import { failure, FailureError } from '#domain';
import { askJson, type Connection } from './connection.ts';
import type { Offered } from './listing/offered.ts';
import { errorWords } from './refusal.ts';

/** Rejects with a FailureError: `server-error` with the program's own words, or what became of the connection. */
export async function setLoaded(
  connection: Connection,
  { wireName, instances }: Offered,
  wanted: boolean,
  signal: AbortSignal,
): Promise<void> {
  // Gigabytes are read from a disk meanwhile.
  const patient = { ...connection, patience: { ...connection.patience, shortMs: connection.patience.firstTokenMs } };
  const tell = async (path: string, body: unknown): Promise<void> => {
    // LM Studio answers 200 with an error in it where it does not know the path.
    const error = errorWords(await askJson(patient, path, signal, body));
    if (error !== null) throw new FailureError(failure('server-error', error.slice(0, 500)));
  };
  if (connection.kind === 'ollama') {
    // Without a word of `keep_alive` it stays for as long as the program is set to.
    return tell('/api/generate', { model: wireName, stream: false, ...(wanted ? {} : { keep_alive: 0 }) });
  }
  if (wanted) return tell('/api/v1/models/load', { model: wireName });
  for (const instance of instances ?? []) await tell('/api/v1/models/unload', { instance_id: instance });
}

/** Whether this program can be told about this model. LM Studio before 0.4 names no instances, and has no such path. */
export function isManageable({ kind }: Connection, { instances }: Offered): boolean {
  return kind === 'ollama' || (kind === 'lm-studio' && instances !== null);
}
