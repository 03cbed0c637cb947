import { describe, expect, test } from 'vitest';
import { failure, FailureError } from '#domain';
import { engineFailure } from '../../src/engines/transformers/worker/failures.ts';

/** Words that the libraries and browsers really use. */
describe('a sentence of a library becomes a code', () => {
  test.each([
    [
      "Can't create a session. ERROR_CODE: 9, ERROR_MESSAGE: Could not find an implementation for GatherBlockQuantized(1) node with name '/model/embed_tokens/Gather_Quant'",
      'unsupported-operator',
    ],
    ["Can't create a session. ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc", 'out-of-memory'],
    ["Can't create a session. failed to allocate a buffer of size 2147483648.", 'out-of-memory'],
    ['Array buffer allocation failed', 'out-of-memory'],
    ['WebAssembly.Memory(): could not allocate memory', 'out-of-memory'],
    [
      "Can't create a session. ERROR_CODE: 7, ERROR_MESSAGE: Failed to load model because protobuf parsing failed.",
      'file-corrupt',
    ],
    ['Unexpected token \'<\', "<!doctype "... is not valid JSON', 'file-corrupt'],
    [
      'Failed to get GPU adapter. You may need to enable flag "--enable-unsafe-webgpu" if you are using Chrome.',
      'no-webgpu',
    ],
    ['The device (webgpu) does not support fp16.', 'unsupported-build'],
    ['Unsupported model type: whisper', 'unsupported-build'],
    ['Device is lost.', 'device-lost'],
    [
      "Failed to execute 'mapAsync' on 'GPUBuffer': A valid external Instance reference no longer exists.",
      'device-lost',
    ],
    [
      '`local_files_only=true` or `env.allowRemoteModels=false` and file was not found locally at "files/model/onnx/model_q4.onnx".',
      'files-missing',
    ],
    ['Failed to fetch dynamically imported module: https://example.test/assets/ort-wasm-simd-threaded.mjs', 'network'],
    ['something entirely new', 'unexpected'],
  ])('%s', (message, code) => {
    expect(engineFailure(new Error(message))).toEqual(failure(code as 'unexpected', message));
  });

  test('a failure of ours stays what it is', () => {
    const ours = failure('file-corrupt', 'tokenizer.json');
    expect(engineFailure(new FailureError(ours))).toBe(ours);
  });

  test('a bare number is the address of a C++ exception: the heap is used up', () => {
    expect(engineFailure(1_234_567).code).toBe('out-of-memory');
  });
});
