/** One event of a stream, in the shapes of /v1/chat/completions and /v1/completions. What is not named is ignored. */
import * as v from 'valibot';

const text = v.optional(v.nullable(v.string()));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const said = v.object({
  content: text,
  // DeepSeek, llama.cpp and LM Studio; vLLM, Ollama and LM Studio by setting.
  reasoning_content: v.fallback(text, null),
  reasoning: v.fallback(text, null),
});

const chunkSchema = v.object({
  model: v.fallback(text, null),
  choices: v.array(
    v.object({
      delta: v.optional(v.nullable(said)),
      // An answer in one piece, from a server that does not stream.
      message: v.optional(v.nullable(said)),
      text,
      finish_reason: text,
    }),
  ),
  usage: v.fallback(v.optional(v.nullable(v.object({ prompt_tokens: count, completion_tokens: count }))), null),
});

export interface Chunk {
  readonly model: string | null;
  readonly reasoning: string;
  readonly content: string;
  readonly finish: string | null;
  /** Nothing of the answer comes after it: it has the reason to finish, or the usage of the whole. */
  readonly ends: boolean;
  readonly usage: { readonly promptTokens: number; readonly outputTokens: number } | null;
}

/** Null where it has not the shape of a chunk. */
export function readChunk(json: unknown): Chunk | null {
  const parsed = v.safeParse(chunkSchema, json);
  if (!parsed.success) return null;
  const { model, choices, usage } = parsed.output;
  const [choice] = choices;
  const part = choice?.delta ?? choice?.message;
  return {
    model: model ?? null,
    reasoning: part?.reasoning_content ?? part?.reasoning ?? '',
    content: part?.content ?? choice?.text ?? '',
    finish: choice?.finish_reason ?? null,
    ends: typeof choice?.finish_reason === 'string' || (choice === undefined && usage != null),
    usage: usage ? { promptTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : null,
  };
}
