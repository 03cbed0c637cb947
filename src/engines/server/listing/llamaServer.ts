/** llama-server's /props: one model, with its template, its context for one question, and the program's build. */
import * as v from 'valibot';
import { tryJson, type Connection } from '../connection.ts';
import { offered, quantisationIn, type Listing } from './offered.ts';
import type { PlainModels } from './plain.ts';

const text = v.fallback(v.optional(v.nullable(v.string())), null);

const props = v.object({
  default_generation_settings: v.object({ n_ctx: v.number() }),
  chat_template: text,
  bos_token: text,
  eos_token: text,
  model_path: text,
  build_info: text,
});

export type LlamaProps = v.InferOutput<typeof props>;

export async function llamaProps(connection: Connection, signal: AbortSignal): Promise<LlamaProps | null> {
  const parsed = v.safeParse(props, await tryJson(connection, '/props', signal));
  return parsed.success ? parsed.output : null;
}

export async function llamaListing(
  connection: Connection,
  plain: PlainModels,
  signal: AbortSignal,
): Promise<Listing | null> {
  const said = await llamaProps(connection, signal);
  if (said === null) return null;
  const models = plain.map(({ id, meta }) =>
    offered('llama-server', {
      wireName: id,
      quantisation: quantisationIn(id) ?? quantisationIn(said.model_path ?? ''),
      contextLength: said.default_generation_settings.n_ctx,
      parameters: meta?.n_params,
      bytes: meta?.size,
      loaded: true,
    }),
  );
  return { models, version: said.build_info ?? null };
}
