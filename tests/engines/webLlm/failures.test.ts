import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failure, FailureError, type FailureCode } from '#domain';
import { webLlmFailure } from '../../../src/engines/webLlm/worker/failures.ts';

/** As web-llm 0.2.86, the runtime inside it, Chromium, Firefox and Safari write them. */
const SENTENCES: readonly (readonly [string, FailureCode])[] = [
  ["Unable to find a compatible GPU. This issue might be because your computer doesn't have a GPU", 'no-webgpu'],
  ['Cannot find WebGPU in the environment', 'no-webgpu'],
  ['This model requires WebGPU extension shader-f16, which is not enabled in this browser.', 'unsupported-build'],
  ['Cannot initialize runtime because of requested maxBufferSize exceeds limit. requested=256MB', 'unsupported-build'],
  ['The WebGPU device was lost while loading the model. This issue often occurs due to …', 'device-lost'],
  ['A valid external Instance reference no longer exists.', 'device-lost'],
  ["Failed to execute 'createBuffer' on 'GPUDevice': Out of memory", 'out-of-memory'],
  ['Array buffer allocation failed', 'out-of-memory'],
  [
    'WebAssembly.instantiate(): Import #3 "env" "TVMWasmPackedCFunc": function import requires a callable',
    'unsupported-build',
  ],
  ['Cannot find TVMFFIWasmSafeCall,TVMFFIFunctionCall in exports', 'unsupported-build'],
  ['Cannot find required VM function `prefill`. Available candidate functions: embed', 'unsupported-build'],
  ['Cannot find global function vm.builtin.kv_state_clear', 'unsupported-build'],
  ['WebAssembly.compile(): expected magic word 00 61 73 6d, found 3c 21 64 6f @+0', 'file-corrupt'],
  ['wasm validation error: at offset 4: failed to match magic number', 'file-corrupt'],
  ["WebAssembly.Module doesn't parse at byte 0: module doesn't start with '\\0asm'", 'file-corrupt'],
  ['Unexpected token \'<\', "<!doctype "... is not valid JSON', 'file-corrupt'],
  ['Cannot handle tokenizer files tokenizer.xyz', 'files-missing'],
  [
    'Prompt tokens exceed context window size: number of prompt tokens: 5000; context window size: 4096',
    'context-exceeded',
  ],
  ['InternalError: failed to sample a valid token.', 'no-numbers'],
  ['something new', 'unexpected'],
];

test.each(SENTENCES)('%s', (sentence, code) => {
  expect(webLlmFailure(new Error(sentence))).toMatchObject({ code, detail: sentence });
});

test('sentences that are quoted whole stand in the installed package', () => {
  const code = readFileSync(createRequire(import.meta.url).resolve('@mlc-ai/web-llm'), 'utf8');
  for (const words of [
    'Unable to find a compatible GPU',
    'Cannot find WebGPU',
    'This model requires WebGPU extension',
    'Cannot initialize runtime because of requested maxBufferSize',
    'The WebGPU device was lost',
    'Cannot find required VM function',
    'Cannot find global function',
    ' in exports',
    'Cannot handle tokenizer files',
    'exceed context window size',
    'failed to sample a valid token',
  ]) {
    expect(code.includes(words), words).toBe(true);
  }
});

test('a failure of ours keeps its code, a C++ exception is named, a class is part of the words', () => {
  expect(webLlmFailure(new FailureError(failure('files-missing', 'x')))).toEqual(failure('files-missing', 'x'));
  expect(webLlmFailure(5_243_040)).toMatchObject({
    code: 'unexpected',
    detail: expect.stringContaining('5243040') as string,
  });
  expect(webLlmFailure(new RangeError('x'))).toMatchObject({ detail: 'RangeError: x' });
});
