import { describe, expect, test } from 'vitest';
import { chooseBuild, filterModels, fitOf, NO_FILTER } from '#domain';
import type { CatalogueModel, DeviceDescription, FitContext, ModelFilter } from '#domain';
import { loadCatalogue } from '#catalog';

const { models, engines } = await loadCatalogue();
const find = (name: string): CatalogueModel => models.find((model) => model.name === name)!;

const GIB = 2 ** 30;
const gpu: NonNullable<DeviceDescription['webgpu']> = {
  f16: true,
  maxBindingBytes: GIB,
  maxBufferBytes: GIB,
  workgroupStorageBytes: 32768,
  storageBuffersPerStage: 10,
};
const on = (
  webgpu: Partial<typeof gpu> | null,
  statedMiB: number | null = null,
  loaded: readonly string[] = [],
): FitContext => ({
  device: { webgpu: webgpu === null ? null : { ...gpu, ...webgpu } },
  engines,
  statedMiB,
  loadedHere: (_, { id }) => loaded.includes(id),
});
const fit = (name: string, id: string, context: FitContext) => {
  const model = find(name);
  return fitOf(
    model,
    model.builds.find((build) => build.id === id)!,
    context,
  );
};

const QWEN = 'Qwen2.5-0.5B-Instruct';
const F16 = `${QWEN}-q4f16_1-MLC`;
const F32 = `${QWEN}-q4f32_1-MLC`;
const ONNX = `onnx-community/${QWEN}`;

describe('a build cannot run', () => {
  test.each<[string, Partial<typeof gpu>, object]>([
    ['without shader-f16', { f16: false }, { limit: 'f16' }],
    ['with small buffers', { maxBufferBytes: 2 ** 27 }, { limit: 'max-buffer', required: 2 ** 28, actual: 2 ** 27 }],
    ['with small bindings', { maxBindingBytes: 2 ** 26 }, { limit: 'max-binding', required: 2 ** 27, actual: 2 ** 26 }],
    [
      'with 16 KiB of workgroup storage',
      { workgroupStorageBytes: 16384 },
      { limit: 'workgroup-storage', required: 32768, actual: 16384 },
    ],
    [
      'with 8 storage buffers in a stage',
      { storageBuffersPerStage: 8 },
      { limit: 'storage-buffers', required: 10, actual: 8 },
    ],
  ])('%s: the limit is named', (_, limits, because) => {
    expect(fit(QWEN, F16, on(limits))).toEqual({ answer: 'cannot', because });
  });

  test('without WebGPU, if it is one of web-llm', () => {
    expect(fit(QWEN, F16, on(null))).toEqual({ answer: 'cannot', because: { limit: 'webgpu' } });
    expect(fit(QWEN, `${ONNX}:q4`, on(null))).toEqual({ answer: 'unknown', because: 'processor' });
  });

  test('if its embedding is larger than a binding, though the engine would start', () => {
    // 256,000 · 2,304 · 4 bits
    const because = { limit: 'max-binding', required: 294_912_000, actual: 2 ** 27 };
    const bound = on({ maxBindingBytes: 2 ** 27 });
    expect(fit('gemma-2-2b-it', 'gemma-2-2b-it-q4f16_1-MLC', bound)).toEqual({ answer: 'cannot', because });
    expect(fit(QWEN, F16, bound).answer).toBe('unknown');
  });

  test('in less memory than it needs; and no earlier load makes up for a missing feature', () => {
    const because = { limit: 'stated-memory', required: 944.62, actual: 512 };
    expect(fit(QWEN, F16, on({}, 512))).toEqual({ answer: 'cannot', because });
    expect(fit(QWEN, F16, on({ f16: false }, null, [F16])).answer).toBe('cannot');
  });
});

describe('a build fits', () => {
  test('where it loaded before, whatever memory was stated', () => {
    expect(fit(QWEN, F16, on({}, 512, [F16]))).toEqual({ answer: 'fits', because: 'loaded-here' });
    expect(fit(QWEN, `${ONNX}:q4`, on(null, null, [`${ONNX}:q4`])).answer).toBe('fits');
  });

  test('where the stated memory is enough', () => {
    const need = { mib: 944.62, basis: 'listed' };
    expect(fit(QWEN, F16, on({}, 2048))).toEqual({ answer: 'fits', because: 'stated-memory', need });
  });
});

describe('nobody knows', () => {
  test('while no memory is stated', () => {
    expect(fit(QWEN, F16, on({}))).toMatchObject({ answer: 'unknown', because: 'memory-not-stated' });
  });

  test.each([0.951, 1, 1.049])('within the error of the formula: %d of the need', (share) => {
    expect(fit(QWEN, F16, on({}, 944.62 * share))).toMatchObject({ answer: 'unknown', because: 'memory-too-close' });
  });

  test('of an ONNX build until there is half as much again; less than its file is too little', () => {
    expect(fit(QWEN, `${ONNX}:q4f16`, on({}, 1200)).answer).toBe('unknown');
    expect(fit(QWEN, `${ONNX}:q4f16`, on({}, 2048)).answer).toBe('fits');
    expect(fit(QWEN, `${ONNX}:q4f16`, on({}, 400)).answer).toBe('cannot');
  });

  test('where the build’s memory is not known, or a limit was not probed', () => {
    expect(fit('gemma-3-270m-it', 'onnx-community/gemma-3-270m-it-ONNX:q4f16', on({}, 8192))).toEqual({
      answer: 'unknown',
      because: 'memory-not-known',
    });
    const unprobed = { webgpu: { f16: true, maxBindingBytes: GIB } };
    expect(fit(QWEN, F16, { ...on({}), device: unprobed }).answer).toBe('unknown');
  });
});

describe('the best build', () => {
  const chosen = (name: string, context: FitContext) => {
    const result = chooseBuild(find(name), context);
    return result.ok ? [result.choice.build.id, ...result.choice.passedOver.map(({ build }) => build.id)] : null;
  };

  test('is web-llm’s 4-bit build in 16 bits', () => {
    expect(chosen(QWEN, on({}))).toEqual([F16]);
  });

  test('is the 32-bit one where f16 is missing, and the reason is kept', () => {
    const result = chooseBuild(find(QWEN), on({ f16: false }));
    expect(result).toMatchObject({
      ok: true,
      choice: {
        build: { id: F32 },
        passedOver: [{ build: { id: F16 }, fit: { answer: 'cannot', because: { limit: 'f16' } } }],
      },
    });
  });

  test('is one of transformers.js where web-llm’s limits are too high', () => {
    expect(chosen(QWEN, on({ storageBuffersPerStage: 8 }))?.[0]).toBe(`${ONNX}:q4f16`);
    expect(chosen(QWEN, on({ storageBuffersPerStage: 8, f16: false }))?.[0]).toBe(`${ONNX}:q4`);
  });

  test('has a shorter context where memory is short', () => {
    const [id, ...passed] = chosen('Phi-3.5-mini-instruct', on({}, 3000)) ?? [];
    expect(id).toBe('Phi-3.5-mini-instruct-q4f16_1-MLC-1k');
    expect(passed).toEqual(['Phi-3.5-mini-instruct-q4f16_1-MLC']);
  });

  test('runs on the processor where there is no GPU, or one that the processor computes', () => {
    expect(chosen(QWEN, on(null))?.[0]).toBe(`${ONNX}:q4`);
    expect(chosen(QWEN, on({ software: true }))?.[0]).toBe(`${ONNX}:q4`);
  });

  test('is one that loaded here, before others of which nobody knows', () => {
    expect(chosen(QWEN, on({}, null, [F32]))).toEqual([F32, F16]);
  });

  test('does not exist where every build is ruled out', () => {
    const result = chooseBuild(find('phi-2'), on({}, 1024));
    expect(result.ok).toBe(false);
    expect(result).toMatchObject({ passedOver: { length: 4 } });
  });
});

describe('filters', () => {
  const entries = models.map((model) => ({ model, choice: chooseBuild(model, on({ f16: false }, 2048)) }));
  const names = (filter: Partial<ModelFilter>) =>
    filterModels(entries, { ...NO_FILTER, ...filter }).map(({ model }) => model.name);

  test('that are not set keep everything', () => {
    expect(names({})).toHaveLength(models.length);
  });

  test('keep what they name, and all of them must hold', () => {
    expect(names({ kind: 'mathematics' })).toEqual(['Qwen2.5-Math-1.5B-Instruct']);
    expect(names({ kind: 'code', size: 'tiny' })).toEqual(['Qwen2.5-Coder-0.5B-Instruct']);
    expect(names({ chinese: 'supported' })).toEqual(['Phi-3.5-mini-instruct', 'Phi-4-mini-instruct']);
    expect(names({ chinese: 'native', licence: 'own-terms' })).toEqual(['Qwen2.5-3B-Instruct']);
    expect(names({ text: 'QWEN 1.5b', kind: 'language' })).toEqual(['Qwen2.5-1.5B-Instruct']);
    expect(names({ kind: 'mathematics', chinese: 'none' })).toEqual([]);
  });

  test('by engine look at all builds', () => {
    expect(names({ engine: 'web-llm' })).not.toContain('DeepSeek-R1-Distill-Qwen-1.5B');
    expect(names({ engine: 'transformers' })).toContain('DeepSeek-R1-Distill-Qwen-1.5B');
    expect(names({ engine: 'transformers' })).not.toContain('phi-2');
  });

  test('by fit divide the models into three', () => {
    const parts = (['fits', 'unknown', 'cannot'] as const).map((answer) => names({ fit: answer }));
    expect(parts.flat().sort()).toEqual(models.map((model) => model.name).sort());
    expect(parts[0]).toContain(QWEN);
    expect(parts[2]).toContain('phi-2');
  });
});
