/** What a model for web-llm has: MLC's configuration, a list of weight shards, a tokenizer, and a compiled library. */
import { USUAL_CONTEXT } from '#domain';

export const CONFIG = 'mlc-chat-config.json';

/** The list of shards; the second name is that of older repositories. */
export const LISTS = ['tensor-cache.json', 'ndarray-cache.json'] as const;

export const SHARD = /^params_shard_\d+\.bin$/;

export const TOKENIZER_FILES = [
  ...['tokenizer.json', 'tokenizer.model', 'tokenizer_config.json', 'vocab.json', 'merges.txt', 'added_tokens.json'],
  ...['chat_template.jinja', 'chat_template.json'],
] as const;

/** Where the library is kept in the model's folder: "lib/Qwen2-0.5B-Instruct-q4f16_1_cs1k-webgpu.wasm". */
export const LIBRARY_FOLDER = 'lib/';

/** How a checklist names the compiled library. */
export const ANY_LIBRARY = '*.wasm';

/** Null where the configuration does not say how much context there is. */
export function contextLengthIn(config: unknown): number | null {
  const size = field(config, 'context_window_size');
  if (typeof size !== 'number' || !Number.isInteger(size)) return null;
  // A sliding window has no end of its own: −1.
  if (size === -1 && Number(field(config, 'sliding_window_size')) > 0) return USUAL_CONTEXT;
  return size > 0 ? Math.min(size, USUAL_CONTEXT) : null;
}

/** "q4f16_1"; null where the configuration does not say. */
export function quantisationIn(config: unknown): string | null {
  const said = field(config, 'quantization');
  return typeof said === 'string' && /^q\w+$/.test(said) ? said : null;
}

function field(config: unknown, name: string): unknown {
  if (config === null || typeof config !== 'object') return undefined;
  return (config as Readonly<Record<string, unknown>>)[name];
}

/** "\0asm" */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Whether bytes begin as WebAssembly does: a host's page for what is missing, or a pointer, does not. */
export async function isWasm(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, MAGIC.length).arrayBuffer());
  return MAGIC.every((byte, i) => head[i] === byte);
}
