import { describe, expect, test } from 'vitest';
import { checkLibrary, libraryFacts } from '../../../src/engines/webLlm/worker/library.ts';
import { webLlmFailure } from '../../../src/engines/webLlm/worker/failures.ts';
import { tinyLibrary } from './wasm.ts';

const METADATA = '{"model_type": "qwen2", "quantization": "q4f32_1", "context_window_size": 4096, "params": []}';

/** As compiled libraries of either age import it. */
const OLD = tinyLibrary('TVMWasmPackedCFunc', METADATA);
const NEW = tinyLibrary('TVMFFIWasmSafeCall', METADATA);

test('a library tells its age by its imports, and its quantisation by its metadata', async () => {
  expect(await libraryFacts(OLD)).toEqual({ calls: 'packed', quantisation: 'q4f32_1' });
  expect(await libraryFacts(NEW)).toEqual({ calls: 'ffi', quantisation: 'q4f32_1' });
  expect(await libraryFacts(tinyLibrary('TVMFFIWasmSafeCall'))).toEqual({ calls: 'ffi', quantisation: null });
});

test('bytes that are no WebAssembly are a corrupt file', async () => {
  const refused = await libraryFacts(new TextEncoder().encode('<!doctype html>')).catch(webLlmFailure);
  expect(refused).toMatchObject({ code: 'file-corrupt' });
});

test('any other WebAssembly is not taken for a library', async () => {
  await expect(libraryFacts(tinyLibrary('print'))).rejects.toMatchObject({ failure: { code: 'file-corrupt' } });
});

describe('a library fits the version of web-llm that it was made for', () => {
  test.each([
    [OLD, '0.2.79', true],
    [OLD, '0.2.80', false],
    [OLD, '0.2.86', false],
    [OLD, '0.3.0', false],
    [OLD, '0.2.9', true],
    [NEW, '0.2.79', false],
    [NEW, '0.2.80', true],
    [NEW, '0.2.86', true],
    [NEW, '1.0.0-rc.1', true],
  ])('%#: %s', async (library, version, fits) => {
    const facts = await libraryFacts(library);
    const check = (): void => checkLibrary(facts, { version, quantisation: 'q4f32_1' });
    if (fits) return expect(check).not.toThrow();
    expect(check).toThrow(
      /^unsupported-build: the model library is made for web-llm 0\.2\.\d+ or (older|newer), this is /,
    );
  });
});

test('a library for other weights is refused by name', async () => {
  const facts = await libraryFacts(NEW);
  expect(() => checkLibrary(facts, { version: '0.2.86', quantisation: 'q4f16_1' })).toThrow(
    'unsupported-build: the model library is made for q4f32_1, the weights are q4f16_1',
  );
});
