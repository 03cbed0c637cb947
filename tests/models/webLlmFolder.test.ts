/** A folder as MLC writes it, with the compiled library put beside the weights. */
import { describe, expect, test } from 'vitest';
import type { FolderFile } from '../../src/models/folder.ts';
import { chooseBuild, inspectFolder } from '../../src/models/inspect.ts';

function file(path: string, content: string): FolderFile {
  return { path, file: new File([content], path.split('/').at(-1) ?? '') };
}

const CONFIG = { context_window_size: 32_768, sliding_window_size: -1, quantization: 'q4f32_1' };
const RECORDS = [
  { dataPath: 'params_shard_0.bin', nbytes: 5 },
  { dataPath: 'params_shard_1.bin', nbytes: 3 },
];

/** By path; null leaves a file out. */
function model(change: Readonly<Record<string, string | null>> = {}): FolderFile[] {
  const files: Readonly<Record<string, string | null>> = {
    'mlc-chat-config.json': JSON.stringify(CONFIG),
    'tensor-cache.json': JSON.stringify({ metadata: {}, records: RECORDS }),
    'tokenizer.json': '{}',
    'tokenizer_config.json': '{}',
    'params_shard_0.bin': '12345',
    'params_shard_1.bin': '123',
    'Qwen2-0.5B-q4f32_1-webgpu.wasm': '\0asm\x01',
    'README.md': 'words',
    ...change,
  };
  return Object.entries(files).flatMap(([path, content]) =>
    content === null ? [] : [file(`Qwen2-MLC/${path}`, content)],
  );
}

test('is one build, named by its folder, with the library where the engine looks for it', async () => {
  expect(await inspectFolder(model())).toEqual({
    name: 'Qwen2-MLC',
    engine: 'web-llm',
    builds: [{ quantisation: 'q4f32_1', bytes: model().reduce((sum, f) => sum + f.file.size, 0) - 'words'.length }],
    checklist: [
      'mlc-chat-config.json',
      'tensor-cache.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'Qwen2-0.5B-q4f32_1-webgpu.wasm',
    ].map((path) => ({ path, found: true })),
  });
  const build = await chooseBuild(model(), 'q4f32_1');
  // A cache for all that the configuration says would take gigabytes.
  expect(build).toMatchObject({ engine: 'web-llm', contextLength: 4096 });
  expect(build.files.map(({ path }) => path)).toEqual([
    ...['mlc-chat-config.json', 'tensor-cache.json', 'tokenizer.json', 'tokenizer_config.json'],
    ...['params_shard_0.bin', 'params_shard_1.bin', 'lib/Qwen2-0.5B-q4f32_1-webgpu.wasm'],
  ]);
});

test('may have the older name of the list, and SentencePiece', async () => {
  const older = model({
    ...{ 'tensor-cache.json': null, 'ndarray-cache.json': JSON.stringify({ records: RECORDS }) },
    ...{ 'tokenizer.json': null, 'tokenizer.model': 'x' },
  });
  expect((await inspectFolder(older)).builds).toHaveLength(1);
});

describe('says what is missing', () => {
  test.each([
    ['mlc-chat-config.json', 'mlc-chat-config.json'],
    ['tensor-cache.json', 'tensor-cache.json'],
    ['tokenizer.json', 'tokenizer.json'],
    ['Qwen2-0.5B-q4f32_1-webgpu.wasm', '*.wasm'],
    ['params_shard_1.bin', 'params_shard_1.bin'],
  ])('%s', async (path, said) => {
    const { builds, checklist } = await inspectFolder(model({ [path]: null }));
    expect(builds).toEqual([]);
    expect(checklist.filter(({ found }) => !found)).toEqual([{ path: said, found: false }]);
    await expect(chooseBuild(model({ [path]: null }), 'q4f32_1')).rejects.toMatchObject({
      failure: { code: 'files-missing', detail: expect.stringContaining(said) as string },
    });
  });
});

describe('is refused with the cause', () => {
  test.each([
    ['a shard that is cut', { 'params_shard_0.bin': '1234' }, 'params_shard_0.bin: 4 bytes instead of 5'],
    ['a list that is none', { 'tensor-cache.json': '<!doctype html>' }, 'tensor-cache.json: '],
    [
      'a path that leads out',
      { 'tensor-cache.json': '{"records":[{"dataPath":"../x","nbytes":1}]}' },
      'tensor-cache.json: ',
    ],
    ['a library that is a page', { 'Qwen2-0.5B-q4f32_1-webgpu.wasm': '<!doctype html>' }, 'not WebAssembly'],
    ['two libraries', { 'other.wasm': '\0asm' }, 'several libraries: '],
    ['no quantisation', { 'mlc-chat-config.json': '{"context_window_size":4096}' }, 'does not say its quantization'],
  ])('%s', async (_, change, detail) => {
    await expect(inspectFolder(model(change))).rejects.toMatchObject({
      failure: { code: 'file-corrupt', detail: expect.stringContaining(detail) as string },
    });
  });
});
