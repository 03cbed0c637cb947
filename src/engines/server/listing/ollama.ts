/** Ollama's own listing: /api/tags, and /api/ps for what is in memory, with the context that it really has there. */
import * as v from 'valibot';
import { tryJson, type Connection } from '../connection.ts';
import { offered, parametersOf, type Listing } from './offered.ts';

const text = v.fallback(v.optional(v.nullable(v.string())), null);
const count = v.fallback(v.optional(v.nullable(v.number())), null);

const tags = v.object({
  models: v.array(
    v.object({
      name: v.string(),
      size: count,
      digest: v.fallback(v.optional(v.string()), undefined),
      details: v.fallback(
        v.optional(v.object({ family: text, parameter_size: text, quantization_level: text })),
        undefined,
      ),
    }),
  ),
});
const running = v.object({ models: v.array(v.object({ name: v.string(), context_length: count })) });

export async function ollamaListing(connection: Connection, signal: AbortSignal): Promise<Listing | null> {
  const listed = v.safeParse(tags, await tryJson(connection, '/api/tags', signal));
  if (!listed.success) return null;
  const inMemory = v.safeParse(running, await tryJson(connection, '/api/ps', signal));
  const said = v.safeParse(v.object({ version: v.string() }), await tryJson(connection, '/api/version', signal));
  const contexts = new Map(
    inMemory.success ? inMemory.output.models.map((m) => [m.name, m.context_length ?? null]) : [],
  );
  const models = listed.output.models.map(({ name, size, digest, details }) =>
    offered('ollama', {
      wireName: name,
      quantisation: details?.quantization_level,
      architecture: details?.family,
      contextLength: contexts.get(name),
      parameters: parametersOf(details?.parameter_size),
      bytes: size,
      digest,
      ...(inMemory.success ? { loaded: contexts.has(name) } : {}),
    }),
  );
  return { models, version: said.success ? said.output.version : null };
}
