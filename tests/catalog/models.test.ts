import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { computesInF16, type CatalogueBuild } from '#domain';
import { loadCatalogue } from '#catalog';
import { webllmFacts } from '../../tools/catalog/webllmFacts.ts';

const { models, engines, sources } = await loadCatalogue();
const builds = models.flatMap((model) => model.builds);
const webllm = builds.filter((build): build is CatalogueBuild & { engine: 'web-llm' } => build.engine === 'web-llm');

describe('the catalogue', () => {
  test.each([
    ...['0.5B', '1.5B', '3B'].flatMap((size) => [`Qwen2.5-${size}-Instruct`, `Qwen2.5-Coder-${size}-Instruct`]),
    ...['Qwen2.5-Math-1.5B-Instruct', 'Qwen3-0.6B', 'Qwen3-1.7B', 'Qwen3-4B', 'DeepSeek-R1-Distill-Qwen-1.5B'],
    ...['Phi-3.5-mini-instruct', 'Phi-4-mini-instruct', 'Llama-3.2-1B-Instruct', 'Llama-3.2-3B-Instruct'],
    ...['SmolLM2-135M-Instruct', 'SmolLM2-360M-Instruct', 'SmolLM2-1.7B-Instruct', 'gemma-2-2b-it', 'gemma-3-1b-it'],
  ])('has %s, with a build that can be fetched', (name) => {
    const model = models.find((m) => m.name === name);
    expect(model?.builds.length).toBeGreaterThan(0);
  });

  test('names a source for each value, and no source that nothing uses', () => {
    const named = new Set(JSON.stringify({ models, engines }).match(/"[^"]+"/g));
    expect(Object.keys(sources).filter((id) => !named.has(`"${id}"`))).toEqual([]);
    for (const build of builds) expect(build.sources.length, build.id).toBeGreaterThan(0);
  });

  test('knows no figure as 0: what is not confirmed is null', () => {
    for (const { id, downloadBytes, memoryMiB, context } of builds) {
      expect([downloadBytes, memoryMiB, context].includes(0), id).toBe(false);
    }
  });

  test('leaves the Chinese of a model open where the sources do not state it', () => {
    const level = (name: string) => models.find((m) => m.name === name)?.chinese.value;
    expect(level('Qwen2.5-1.5B-Instruct')).toBe('native');
    expect(level('Phi-4-mini-instruct')).toBe('supported');
    expect(level('Qwen2.5-Coder-1.5B-Instruct')).toBe('unverified');
    expect(level('Llama-3.2-1B-Instruct')).toBe('none');
  });
});

describe('the builds for web-llm', () => {
  test.each(webllm.map((build) => [build.id, build] as const))(
    '%s is as the installed package lists it',
    (id, build) => {
      const { repository, library, memoryMiB, context } = build;
      expect(webllmFacts(id)).toEqual({ repository, library, memoryMiB, context });
      expect(id).toContain(`-${build.quantisation}-MLC`);
    },
  );

  test('were listed for the version that is installed', () => {
    const { version } = createRequire(import.meta.url)('@mlc-ai/web-llm/package.json') as { version: string };
    expect(engines['web-llm'].version).toBe(version);
    expect(webllm.length).toBeGreaterThan(60);
  });

  test('are refused by the package below the limits that the catalogue states', () => {
    const code = readFileSync(createRequire(import.meta.url).resolve('@mlc-ai/web-llm'), 'utf8');
    const constant = (name: string): number => {
      const [, digits, shift] = new RegExp(`${name} = (\\d+)(?: << (\\d+))?;`).exec(code) ?? [];
      return Number(digits) * 2 ** Number(shift ?? 0);
    };
    expect(engines['web-llm'].limits).toEqual({
      maxBufferBytes: constant('backupRequiredMaxBufferSize'),
      maxBindingBytes: constant('backupRequiredMaxStorageBufferBindingSize'),
      workgroupStorageBytes: constant('requiredMaxComputeWorkgroupStorageSize'),
      storageBuffersPerStage: constant('requiredMaxStorageBuffersPerShaderStage'),
    });
  });
});

describe('the builds for transformers.js', () => {
  const onnx = builds.filter((build) => build.engine === 'transformers');

  test('are named by repository and quantisation', () => {
    for (const { id, repository, quantisation } of onnx) expect(id).toBe(`${repository}:${quantisation}`);
  });

  test('shrink with fewer bits: a 16-bit file is about half of the 32-bit one', () => {
    const pairs = onnx.filter((build) => build.quantisation === 'fp32' && build.downloadBytes !== null);
    expect(pairs.length).toBeGreaterThan(8);
    for (const { repository, downloadBytes } of pairs) {
      const half = onnx.find((build) => build.repository === repository && build.quantisation === 'fp16');
      if (half?.downloadBytes == null) continue;
      expect(half.downloadBytes / (downloadBytes ?? 0), repository).toBeCloseTo(0.5, 1);
    }
  });
});

test('16-bit arithmetic is read off a build’s name', () => {
  expect(['q4f16_1', 'q0f16', 'q4f16', 'fp16'].every(computesInF16)).toBe(true);
  expect(['q4f32_1', 'q0f32', 'q4', 'fp32', 'q8', 'int8', 'uint8', 'bnb4'].some(computesInF16)).toBe(false);
});
