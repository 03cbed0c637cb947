import * as v from 'valibot';
import type { ServerKind } from '#domain';
import { tryJson, type Connection } from '../connection.ts';
import { offered, quantisationIn, type Listing } from './offered.ts';

const count = v.fallback(v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)))), null);

const modelSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)),
  owned_by: v.fallback(v.optional(v.nullable(v.string())), null),
  // vLLM.
  max_model_len: count,
  // llama-server.
  meta: v.fallback(v.optional(v.nullable(v.object({ n_ctx_train: count, n_params: count, size: count }))), null),
});

/** GET /v1/models, as every server answers it. */
export const plainSchema = v.object({ data: v.pipe(v.array(modelSchema), v.maxLength(10_000)) });

export type PlainModels = v.InferOutput<typeof plainSchema>['data'];

/** Whose program it is, by what it says of itself. */
const OWNERS: Readonly<Record<string, ServerKind>> = {
  vllm: 'vllm',
  llamacpp: 'llama-server',
  me: 'llama-cpp-python',
  library: 'ollama',
  organization_owner: 'lm-studio',
};

export function kindOf(models: PlainModels): ServerKind {
  return OWNERS[models[0]?.owned_by ?? ''] ?? 'other';
}

/** What the common listing tells. */
export function plainListing(kind: ServerKind, models: PlainModels): Listing {
  const listed = models.map(({ id, max_model_len, meta }) =>
    offered(kind, {
      wireName: id,
      quantisation: quantisationIn(id),
      contextLength: max_model_len,
      parameters: meta?.n_params,
      bytes: meta?.size,
    }),
  );
  return { models: listed, version: null };
}

/** vLLM has one model in memory and tells its version beside the protocol. */
export async function vllmListing(connection: Connection, plain: PlainModels, signal: AbortSignal): Promise<Listing> {
  const said = v.safeParse(v.object({ version: v.string() }), await tryJson(connection, '/version', signal));
  const { models } = plainListing('vllm', plain);
  return { models: models.map((m) => ({ ...m, loaded: true })), version: said.success ? said.output.version : null };
}
