import { expect, it } from 'vitest';
import { catalogueModelOf, recommendedSampling, sampledAs } from '#domain';
import { loadCatalogue } from '#catalog';

const catalogue = await loadCatalogue();

it.each([
  ['Qwen/Qwen3-0.6B', 'hub', 'Qwen3-0.6B'],
  ['onnx-community/Qwen3-1.7B-ONNX', 'hub', 'Qwen3-1.7B'],
  ['mlc-ai/Qwen3-4B-q4f16_1-MLC', 'hub', 'Qwen3-4B'],
  ['qwen3:0.6b', 'server', 'Qwen3-0.6B'],
  ['qwen3-0.6b-q8_0', 'server', 'Qwen3-0.6B'],
  ['lmstudio-community/Qwen3_1.7B.gguf', 'server', 'Qwen3-1.7B'],
  ['deepseek-r1-distill-qwen-1.5b', 'server', 'DeepSeek-R1-Distill-Qwen-1.5B'],
  ['qwen3', 'server', null],
  ['qwen3-06b', 'server', null],
  // A stranger's repository may call itself as it likes.
  ['someone/Qwen3-0.6B-tuned', 'hub', null],
  ['tabeval/embedded', 'embedded', null],
] as const)('finds what the catalogue knows of %s', (id, source, expected) => {
  expect(catalogueModelOf(catalogue, { id, source })?.id ?? null).toBe(expected);
});

it('takes the values of the way in which the model answers by default', () => {
  const of = (id: string) => catalogue.models.find((model) => model.id === id);
  const thinking = of('Qwen3-0.6B');
  const plain = of('SmolLM2-135M-Instruct');
  if (thinking === undefined || plain === undefined) throw new Error('the catalogue has lost a model');
  const recommended = recommendedSampling(thinking);
  expect(recommended).toMatchObject({ mode: 'thinking', temperature: 0.6, topP: 0.95, topK: 20 });
  expect(recommended === null ? null : sampledAs(recommended, 5)).toEqual({
    kind: 'sampled',
    temperature: 0.6,
    topP: 0.95,
    topK: 20,
    minP: 0,
    repetitionPenalty: 1,
    seed: 5,
  });
  expect(recommendedSampling(plain)).toBeNull();
  expect(recommendedSampling(thinking, 'off')).toBeNull();
  // The other mode's values are not taken instead.
  expect(recommendedSampling({ ...thinking, thinking: { kind: 'never', sources: [] } })).toBeNull();
});
