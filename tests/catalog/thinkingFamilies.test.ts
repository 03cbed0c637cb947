import { describe, expect, test } from 'vitest';
import { loadCatalogue, THINKING_FAMILIES, thinkingFamily } from '#catalog';

describe('families that think', () => {
  test.each([
    ['qwen3-0.6b', 'switchable'],
    ['Qwen/Qwen3-4B', 'switchable'],
    ['qwen3:1.7b-q4_K_M', 'switchable'],
    ['Qwen3.5-2B', 'switchable'],
    ['Qwen3-4B-Thinking-2507', 'always'],
    ['Qwen3-4B-Instruct-2507', 'never'],
    ['qwen3-coder:30b', 'never'],
    ['deepseek-r1:1.5b', 'always'],
    ['DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M.gguf', 'always'],
    ['Phi-4-mini-reasoning', 'always'],
    ['SmolLM3-3B', 'switchable'],
    ['openai/gpt-oss-20b', 'always'],
    ['gemma-4-e2b-it', 'switchable'],
    ['Qwen2.5-0.5B-Instruct', undefined],
    ['Phi-4-mini-instruct', undefined],
    ['SmolLM2-135M-Instruct', undefined],
    ['gemma-3-1b-it', undefined],
    ['llama-3.2-1b', undefined],
  ])('%s: %s', (name, thinks) => {
    expect(thinkingFamily(name)?.thinks).toBe(thinks);
  });

  test('agree with the catalogue of models', async () => {
    const { models } = await loadCatalogue();
    for (const { id, thinking } of models)
      expect([id, thinkingFamily(id)?.thinks ?? 'never']).toEqual([id, thinking.kind]);
  });

  test('name their sources', () => {
    for (const { source } of THINKING_FAMILIES) expect(source).toMatch(/^https:\/\//);
  });
});
