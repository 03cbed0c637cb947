import { expect, it } from 'vitest';
import { loadCatalogue } from '#catalog';
import { recommendModel, type CatalogueBuild, type DeviceDescription, type FitContext } from '#domain';

const { models, engines } = await loadCatalogue();
const GPU = { f16: true, maxBindingBytes: 2 ** 31, maxBufferBytes: 2 ** 32 };

function context(webgpu: DeviceDescription['webgpu'], statedMiB: number | null = null): FitContext {
  return { device: { webgpu }, engines, statedMiB, loadedHere: () => false };
}

const any = (): boolean => true;
const withoutWebLlm = ({ engine }: CatalogueBuild): boolean => engine !== 'web-llm';

it('names a middling language model with Chinese on a GPU, in the build for it', () => {
  const found = recommendModel(models, context(GPU), true, any);
  expect(found?.model.id).toBe('Qwen2.5-1.5B-Instruct');
  expect(found?.choice.build).toMatchObject({ engine: 'web-llm', quantisation: 'q4f16_1' });
  expect(recommendModel(models, context({ ...GPU, f16: false }), true, any)?.choice.build.quantisation).toBe('q4f32_1');
});

it('names a small one without a GPU, or where the processor imitates one', () => {
  const found = recommendModel(models, context(null), false, any);
  expect(found?.model.id).toBe('Qwen2.5-0.5B-Instruct');
  expect(found?.choice.build).toMatchObject({ engine: 'transformers', quantisation: 'q4' });
  expect(recommendModel(models, context(GPU), false, any)?.model.id).toBe('Qwen2.5-0.5B-Instruct');
});

it('names nothing that no engine here loads, and nothing that cannot fit', () => {
  expect(recommendModel(models, context(GPU), true, withoutWebLlm)?.choice.build.engine).toBe('transformers');
  expect(recommendModel(models, context(GPU), true, () => false)).toBeNull();
  const small = recommendModel(models, context(GPU, 900), true, any);
  expect(small === null ? 0 : small.model.parameters.value).toBeLessThan(1e9);
});
