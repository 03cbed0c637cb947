import type { SamplingValue, Sampling, ServerKind } from '#domain';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Values that a kind of server has no field for, so that it takes its own. LM Studio names its fields at
 * lmstudio.ai/docs (OpenAI compatibility); Ollama in docs/openai.md; vLLM takes `top_k` and others as extra parameters.
 * What other programs take beside the protocol is not known: some refuse what they do not know, so nothing is tried.
 */
const UNKNOWN: Readonly<Record<ServerKind, readonly SamplingValue[]>> = {
  'llama-server': [],
  'llama-cpp-python': [],
  vllm: [],
  'lm-studio': ['minP'],
  ollama: ['repetitionPenalty', 'topK', 'minP'],
  other: ['repetitionPenalty', 'topK', 'minP'],
};

/** What such a server decides by itself. */
export function unknownSampling(kind: ServerKind): readonly SamplingValue[] {
  return UNKNOWN[kind];
}

/** How a server is told to choose tokens. Every value is said, neutral ones too: servers have defaults of their own. */
export function samplingFields(kind: ServerKind, sampling: Sampling): Fields {
  if (sampling.kind === 'greedy') return { temperature: 0, seed: 0, ...penaltyField(kind, 1) };
  const { temperature, topP, topK, minP, repetitionPenalty, seed } = sampling;
  return {
    temperature,
    top_p: topP,
    seed,
    ...penaltyField(kind, repetitionPenalty),
    ...(takes(kind, 'topK') ? { top_k: topK ?? 0 } : {}),
    ...(takes(kind, 'minP') ? { min_p: minP } : {}),
    // Its own order has the temperature last, and its own penalty looks back 64 tokens.
    ...(kind === 'llama-server' ? { samplers: CHAIN, repeat_last_n: -1 } : {}),
  };
}

/** In the order of `Sampled`, by llama.cpp's names. */
const CHAIN = ['penalties', 'temperature', 'top_k', 'top_p', 'min_p'];

/** Greedy decoding has no penalty either: llama-cpp-python has one of 1.1 by itself, LM Studio's presets and a model's own settings in vLLM have one. */
function penaltyField(kind: ServerKind, penalty: number): Fields {
  if (!takes(kind, 'repetitionPenalty')) return {};
  return kind === 'vllm' ? { repetition_penalty: penalty } : { repeat_penalty: penalty };
}

function takes(kind: ServerKind, value: SamplingValue): boolean {
  return !UNKNOWN[kind].includes(value);
}
