import { describe, expect, test } from 'vitest';
import {
  formulaMiB,
  memoryNeed,
  weightBytes,
  workingMiB,
  MIB,
  type CatalogueBuild,
  type CatalogueModel,
} from '#domain';
import { loadCatalogue } from '#catalog';

const { models } = await loadCatalogue();
const find = (name: string): CatalogueModel => models.find((model) => model.name === name)!;
const buildOf = (name: string, id: string): CatalogueBuild => find(name).builds.find((build) => build.id === id)!;

/** The builds that the formula can be held against: listed by web-llm, of a network whose shape is known. */
const listed = models.flatMap((model) =>
  model.builds.flatMap((build) => {
    if (build.engine !== 'web-llm' || build.memoryMiB === null || build.context === null) return [];
    const reckoned = formulaMiB(model, build.quantisation, build.context);
    if (reckoned === null) return [];
    const error = reckoned / build.memoryMiB - 1;
    return [{ id: build.id, doubtful: build.memoryDoubt !== undefined, error }];
  }),
);

describe('the memory formula', () => {
  test('is web-llm’s listed figure within 1.1 % on average, 4.3 % at worst', () => {
    const sound = listed.filter(({ doubtful }) => !doubtful);
    const mean = sound.reduce((sum, { error }) => sum + Math.abs(error), 0) / sound.length;
    const worst = sound.reduce((a, b) => (Math.abs(b.error) > Math.abs(a.error) ? b : a));
    console.log(
      `memory formula: ${sound.length} builds, mean ${(mean * 100).toFixed(2)} %, ` +
        `worst ${(worst.error * 100).toFixed(2)} % (${worst.id})`,
    );
    expect(sound.length).toBeGreaterThanOrEqual(45);
    expect(mean).toBeLessThanOrEqual(0.011);
    expect(Math.abs(worst.error)).toBeLessThan(0.043);
  });

  test('is far from the six figures that contradict each other, and only from those', () => {
    const far = listed.filter(({ error }) => Math.abs(error) > 0.043).map(({ id }) => id);
    const doubtful = listed.filter((entry) => entry.doubtful).map(({ id }) => id);
    expect(doubtful.length).toBe(6);
    expect(doubtful).toEqual(expect.arrayContaining(far));
  });

  test('counts what a longer context costs: the KV cache alone grows', () => {
    const { architecture } = find('Phi-3.5-mini-instruct');
    // 2 · 32 layers · 32 heads · 96 · 2 bytes · 3,072 tokens
    const more = (2 * 32 * 32 * 96 * 2 * 3072) / MIB;
    expect(workingMiB(architecture!, 'q4f16_1', 4096) - workingMiB(architecture!, 'q4f16_1', 1024)).toBeCloseTo(
      more,
      6,
    );
  });

  test('has the weights of Qwen2.5-0.5B at 265 MiB in 4 bits', () => {
    expect(weightBytes(find('Qwen2.5-0.5B-Instruct').parameters.value, 'q4f16_1')! / MIB).toBeCloseTo(265, 0);
  });

  test('says nothing of a network or a quantisation that it does not know', () => {
    expect(formulaMiB(find('Qwen3.5-0.8B'), 'q4f16_1', 4096)).toBeNull();
    expect(formulaMiB(find('Qwen2.5-0.5B-Instruct'), 'q4', 4096)).toBeNull();
    expect(weightBytes(1e9, 'q8')).toBeNull();
  });
});

describe('what a build needs', () => {
  test('is what its engine lists, where that is not doubtful', () => {
    const id = 'Qwen2.5-0.5B-Instruct-q4f16_1-MLC';
    const model = find('Qwen2.5-0.5B-Instruct');
    expect(memoryNeed(model, buildOf(model.name, id))).toEqual({ mib: 944.62, basis: 'listed' });
  });

  test('is the larger of both where the listed figure is doubtful', () => {
    const low = buildOf('phi-1_5', 'phi-1_5-q4f32_1-MLC');
    expect(memoryNeed(find('phi-1_5'), low)).toEqual({ mib: expect.closeTo(1789.37, 1) as number, basis: 'formula' });
    const high = buildOf('phi-2', 'phi-2-q4f16_1-MLC');
    expect(memoryNeed(find('phi-2'), high)).toEqual({ mib: 3053.97, basis: 'listed' });
  });

  test('of an ONNX file is its length and the working memory; unknown without the length', () => {
    const model = find('Qwen2.5-0.5B-Instruct');
    const need = memoryNeed(model, buildOf(model.name, 'onnx-community/Qwen2.5-0.5B-Instruct:q4f16'))!;
    expect(need.basis).toBe('file-size');
    expect(need.mib - 483e6 / MIB).toBeCloseTo(workingMiB(model.architecture!, 'q4f16', 4096), 6);
    const unknown = 'onnx-community/Qwen2.5-Coder-3B-Instruct:q4f16';
    expect(memoryNeed(find('Qwen2.5-Coder-3B-Instruct'), buildOf('Qwen2.5-Coder-3B-Instruct', unknown))).toBeNull();
  });
});
