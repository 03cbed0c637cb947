import type { ThinkingAbility } from '#domain';

/** What the makers of a family of models say of its thinking. */
export interface ThinkingFamily {
  readonly family: string;
  /** Tried on a model's name in lower case: "Qwen3-0.6B", "qwen/qwen3-4b", "deepseek-r1:1.5b". */
  readonly names: RegExp;
  readonly thinks: ThinkingAbility;
  /**
   * How it is switched: a variable of the chat template; words in the system or user message, which templates and
   * servers know nothing of; levels instead of on and off.
   */
  readonly switch?: { readonly variable?: 'enable_thinking' | 'thinking'; readonly words?: string };
  /** How the thinking is told from the answer in the output; absent: `<think>…</think>`. */
  readonly marks?: string;
  readonly source: string;
}

/**
 * Families by name, the first that fits: what a server's list of models says no more of than their names. A model that
 * lies here is known by its own chat template (`thinkingInTemplate`).
 */
export const THINKING_FAMILIES: readonly ThinkingFamily[] = [
  {
    family: 'DeepSeek R1 and its distillations',
    names: /deepseek-r1|r1-distill/,
    thinks: 'always',
    source: 'https://github.com/deepseek-ai/DeepSeek-R1/blob/main/README.md',
  },
  {
    family: 'DeepSeek V3.1',
    names: /deepseek-v3\.1/,
    thinks: 'switchable',
    switch: { variable: 'thinking' },
    source: 'https://docs.vllm.ai/en/stable/features/reasoning_outputs/',
  },
  {
    family: 'Qwen3 Thinking, QwQ',
    names: /qwen3.*thinking|qwq/,
    thinks: 'always',
    source: 'https://huggingface.co/Qwen/Qwen3-4B-Thinking-2507',
  },
  {
    family: 'Qwen3 Instruct and Coder',
    names: /qwen3-.*(?:instruct|coder)|qwen3-coder/,
    thinks: 'never',
    source: 'https://huggingface.co/Qwen/Qwen3-4B-Instruct-2507',
  },
  {
    family: 'Qwen3.5',
    names: /qwen3\.5/,
    thinks: 'switchable',
    switch: { variable: 'enable_thinking' },
    source: 'https://huggingface.co/Qwen/Qwen3.5-0.8B',
  },
  {
    family: 'Qwen3',
    names: /qwen-?3/,
    thinks: 'switchable',
    switch: { variable: 'enable_thinking', words: '/think, /no_think' },
    source: 'https://github.com/QwenLM/Qwen3/blob/main/README.md',
  },
  {
    family: 'Phi-4 reasoning',
    names: /phi-?4-(?:mini-)?(?:flash-)?reasoning/,
    thinks: 'always',
    source: 'https://huggingface.co/microsoft/Phi-4-mini-reasoning',
  },
  {
    family: 'SmolLM3',
    names: /smollm-?3/,
    thinks: 'switchable',
    switch: { variable: 'enable_thinking', words: '/think, /no_think' },
    source: 'https://huggingface.co/HuggingFaceTB/SmolLM3-3B',
  },
  {
    family: 'gpt-oss',
    names: /gpt-oss/,
    thinks: 'always',
    switch: { words: 'Reasoning: low, medium, high' },
    marks: '<|channel|>analysis<|message|>…<|channel|>final<|message|>',
    source: 'https://cookbook.openai.com/articles/openai-harmony',
  },
  {
    family: 'Gemma 4',
    names: /gemma-?4/,
    thinks: 'switchable',
    switch: { variable: 'enable_thinking', words: '<|think|>' },
    marks: '<|channel>thought\n…<channel|>',
    source: 'https://ai.google.dev/gemma/docs/core/prompt-formatting-gemma4',
  },
  {
    family: 'Granite 3.2 and 3.3',
    names: /granite-?3\.[23]/,
    thinks: 'switchable',
    switch: { variable: 'thinking' },
    source: 'https://docs.vllm.ai/en/stable/features/reasoning_outputs/',
  },
  {
    family: 'GLM-4.5',
    names: /glm-?4\.5/,
    thinks: 'switchable',
    switch: { variable: 'enable_thinking' },
    source: 'https://docs.vllm.ai/en/stable/features/reasoning_outputs/',
  },
  {
    family: 'Magistral',
    names: /magistral/,
    thinks: 'always',
    marks: '[THINK]…[/THINK]',
    source: 'https://huggingface.co/mistralai/Magistral-Small-2509',
  },
];

/** Null: nothing is known of such a name; most models do not think. */
export function thinkingFamily(name: string): ThinkingFamily | null {
  const lower = name.toLowerCase();
  return THINKING_FAMILIES.find(({ names }) => names.test(lower)) ?? null;
}
