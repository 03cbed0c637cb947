import * as v from 'valibot';

/**
 * What one decoded token makes the device read, in bytes: all weights that are multiplied, and the cached keys and values
 * of every token before it.
 */
export interface ReadPerToken {
  readonly weights: number;
  /** For each token of the context. */
  readonly perContextToken: number;
}

/** Bits of a multiplied weight with its share of scale and offset; see "4-bit is not one thing" in docs. */
const WEIGHT_BITS: Readonly<Record<string, number>> = {
  fp32: 32,
  fp16: 16,
  q8: 8,
  int8: 8,
  uint8: 8,
  // MatMulNBits in blocks of 32 with a scale of 32 or 16 bits.
  q4: 5,
  q4f16: 4.5,
};

/** Decoders with three matrices in the feed-forward layer, no experts, and nothing besides. */
const GATED = ['llama', 'qwen2', 'qwen3', 'mistral', 'phi3', 'gemma', 'gemma2', 'gemma3_text', 'smollm3', 'olmo2'];

const size = v.pipe(v.number(), v.integer(), v.minValue(1));

const configSchema = v.object({
  model_type: v.picklist(GATED),
  hidden_size: size,
  intermediate_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  num_key_value_heads: v.optional(size),
  head_dim: v.nullish(size),
  vocab_size: size,
});

/**
 * From a model's `config.json` and the name of its build in transformers.js; null where the shape of the network or the
 * bits of the build are not known. The embedding table is not counted: of it one row is read. The output layer is, shared
 * with the embedding or not.
 */
export function readPerToken(config: unknown, quantisation: string): ReadPerToken | null {
  const bits = WEIGHT_BITS[quantisation];
  const parsed = v.safeParse(configSchema, config);
  if (bits === undefined || !parsed.success) return null;
  const { hidden_size: hidden, num_hidden_layers: layers, num_attention_heads: heads, ...rest } = parsed.output;
  const kvHeads = rest.num_key_value_heads ?? heads;
  const width = rest.head_dim ?? hidden / heads;
  const attention = hidden * width * (2 * heads + 2 * kvHeads);
  const feedForward = 3 * hidden * rest.intermediate_size;
  const output = hidden * rest.vocab_size;
  const cacheBytes = quantisation.endsWith('16') ? 2 : 4;
  return {
    weights: ((layers * (attention + feedForward) + output) * bits) / 8,
    perContextToken: 2 * layers * kvHeads * width * cacheBytes,
  };
}

/**
 * The share of the memory's speed that decoding uses: 1 is the fastest that any program could be that reads each weight
 * once for each token. "Model bandwidth utilisation": (weights + cache) / (time per token) / (memory bandwidth), after
 * Agarwal et al., "LLM Inference Performance Engineering: Best Practices", Databricks 2023; that decoding one sequence is
 * bound by this reading: Pope et al. 2022, arXiv:2211.05102. `context`: tokens that stand before a token, on average.
 */
export function bandwidthShare(
  tokensPerSecond: number,
  read: ReadPerToken,
  bytesPerSecond: number,
  context: number,
): number {
  return (tokensPerSecond * (read.weights + context * read.perContextToken)) / bytesPerSecond;
}
