import * as v from 'valibot';
import { failure, FailureError, thinkingInTemplate, type ThinkingControl } from '#domain';
import { askJson, type Connection } from './connection.ts';
import { llamaProps } from './listing/llamaServer.ts';
import type { OpenTemplate, RemoteTemplate } from './port.ts';
import { persistently } from './tries.ts';

/** Prompts that we render, for a server that takes them as they are. */
export interface RawPrompts {
  readonly template: RemoteTemplate;
  /** Null: the template does not speak of thinking. */
  readonly thinking: ThinkingControl | null;
  /** The prompt's token ids. They are sent instead of the text, so that no second BOS can come in front of them. */
  tokenise(prompt: string, signal: AbortSignal): Promise<readonly number[]>;
}

const tokensSchema = v.object({ tokens: v.array(v.pipe(v.number(), v.integer())) });

/** Null where the server does not give its template, we cannot read it, or it does not tell tokens. */
export async function rawPrompts(
  connection: Connection,
  openTemplate: OpenTemplate,
  signal: AbortSignal,
): Promise<RawPrompts | null> {
  if (connection.kind !== 'llama-server') return null;
  const props = await llamaProps(connection, signal);
  if (typeof props?.chat_template !== 'string' || props.chat_template === '') return null;
  const tokenise = (prompt: string, signal: AbortSignal): Promise<readonly number[]> =>
    persistently(connection.patience, signal, async () => {
      const body = { content: prompt, add_special: false, parse_special: true };
      const parsed = v.safeParse(tokensSchema, await askJson(connection, '/tokenize', signal, body));
      if (!parsed.success) throw new FailureError(failure('not-json', `${connection.address}/tokenize`));
      return parsed.output.tokens;
    });
  try {
    await tokenise('a', signal);
    const tokens = { bos_token: props.bos_token ?? '', eos_token: props.eos_token ?? '' };
    const thinking = thinkingInTemplate(props.chat_template);
    return { template: await openTemplate(props.chat_template, tokens), thinking, tokenise };
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
