/** LM Studio's own listings: /api/v1/models from 0.4, /api/v0/models before. Sizes in bytes, contexts in tokens. */
import * as v from 'valibot';
import { tryJson, type Connection } from '../connection.ts';
import { offered, parametersOf, type Listing, type Offered } from './offered.ts';

const text = v.fallback(v.optional(v.nullable(v.string())), null);
const count = v.fallback(v.optional(v.nullable(v.number())), null);

const newer = v.object({
  models: v.array(
    v.object({
      key: v.string(),
      type: text,
      architecture: text,
      quantization: v.fallback(v.optional(v.nullable(v.object({ name: text }))), null),
      size_bytes: count,
      params_string: text,
      max_context_length: count,
      loaded_instances: v.fallback(
        v.array(v.object({ id: text, config: v.fallback(v.optional(v.object({ context_length: count })), {}) })),
        [],
      ),
    }),
  ),
});

const older = v.object({
  data: v.array(
    v.object({
      id: v.string(),
      type: text,
      arch: text,
      quantization: text,
      state: text,
      max_context_length: count,
      loaded_context_length: count,
    }),
  ),
});

/** Null where the server has neither: an unknown path answers 200 here, so only the shape counts. */
export async function lmStudioListing(connection: Connection, signal: AbortSignal): Promise<Listing | null> {
  const first = v.safeParse(newer, await tryJson(connection, '/api/v1/models', signal));
  if (first.success) return listing(first.output.models.filter(answers).map(ofNewer));
  const second = v.safeParse(older, await tryJson(connection, '/api/v0/models', signal));
  return second.success ? listing(second.output.data.filter(answers).map(ofOlder)) : null;
}

function listing(models: readonly Offered[]): Listing {
  return { models, version: null };
}

/** Embedding models answer no question. */
function answers({ type }: { readonly type?: string | null | undefined }): boolean {
  return type?.startsWith('embedding') !== true;
}

function ofNewer(model: v.InferOutput<typeof newer>['models'][number]): Offered {
  const [instance] = model.loaded_instances;
  return offered('lm-studio', {
    wireName: model.key,
    quantisation: model.quantization?.name,
    architecture: model.architecture,
    contextLength: instance?.config?.context_length ?? model.max_context_length,
    parameters: parametersOf(model.params_string),
    bytes: model.size_bytes,
    loaded: instance !== undefined,
    instances: model.loaded_instances.flatMap(({ id }) => id ?? []),
  });
}

function ofOlder(model: v.InferOutput<typeof older>['data'][number]): Offered {
  return offered('lm-studio', {
    wireName: model.id,
    quantisation: model.quantization,
    architecture: model.arch,
    contextLength: model.loaded_context_length ?? model.max_context_length,
    loaded: model.state === 'loaded',
  });
}
