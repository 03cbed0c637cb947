import type { ServerKind, ThinkingMode } from '#domain';
import * as v from 'valibot';
import { tryJson, type Connection } from './connection.ts';

/**
 * Thinking that a server sends apart from the answer, put back in front of it in the tags that models use: one output,
 * which the extraction reads as it reads any other. An answer that was cut while thinking keeps its block open.
 */
export class ThinkingText {
  #open = false;

  /** The text to append to the output. */
  add({ reasoning, content }: { readonly reasoning: string; readonly content: string }): string {
    let text = '';
    if (reasoning !== '') {
      text += this.#open ? reasoning : `<think>${reasoning}`;
      this.#open = true;
    }
    return content === '' ? text : text + this.close() + content;
  }

  /** What closes the block where it is open: before the answer, and at a proper end without one. */
  close(): string {
    if (!this.#open) return '';
    this.#open = false;
    return '</think>\n\n';
  }
}

/**
 * How a server that renders the prompt is told whether its model is to think. vLLM and llama-server hand variables to
 * the chat template, which has one or the other name for it (https://docs.vllm.ai/en/stable/features/reasoning_outputs/);
 * Ollama's `think` belongs to its own API, and its OpenAI path takes `reasoning_effort`
 * (https://docs.ollama.com/api/openai-compatibility). LM Studio documents a switch for /api/v1/chat only, which takes no
 * conversation (https://lmstudio.ai/docs/developer/rest).
 */
export function thinkingFields(kind: ServerKind, mode: ThinkingMode): Readonly<Record<string, unknown>> {
  const on = mode === 'on';
  switch (kind) {
    case 'vllm':
    case 'llama-server':
      return { chat_template_kwargs: { enable_thinking: on, thinking: on } };
    case 'ollama':
      return { reasoning_effort: on ? 'medium' : 'none' };
    case 'lm-studio':
    case 'llama-cpp-python':
    case 'other':
      return {};
  }
}

const shown = v.object({ capabilities: v.array(v.string()) });

/** Who can be told at such a server; null: it says that this model cannot think (Ollama refuses to be asked then). */
export async function thinkingAt(
  connection: Connection,
  wireName: string,
  signal: AbortSignal,
): Promise<'server' | 'unheard' | null> {
  if (connection.kind === 'vllm' || connection.kind === 'llama-server') return 'server';
  if (connection.kind !== 'ollama') return 'unheard';
  const said = v.safeParse(shown, await tryJson(connection, '/api/show', signal, { model: wireName }));
  if (!said.success) return 'unheard';
  return said.output.capabilities.includes('thinking') ? 'server' : null;
}
