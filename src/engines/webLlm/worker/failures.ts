/**
 * web-llm throws sentences; here they become codes. The sentences are those of web-llm, of the TVM runtime inside it,
 * of the WebAssembly engines and of the browsers. Of its own error classes it exports one.
 */
import { failure, FailureError, toFailure, type Failure, type FailureCode } from '#domain';

const BY_MESSAGE: readonly (readonly [RegExp, FailureCode])[] = [
  [
    /out of memory|allocation failed|could not allocate|invalid array buffer length|insufficient memory/i,
    'out-of-memory',
  ],
  // "The WebGPU device was lost while loading the model", "Instance reference no longer exists" (Chromium)
  [/device (was|is) lost|device lost|GPUDevice.*destroyed|instance reference no longer exists/i, 'device-lost'],
  [/unable to find a compatible GPU|cannot find WebGPU|WebGPU is not supported|no available adapters/i, 'no-webgpu'],
  // "This model requires WebGPU extension shader-f16, …"; "… requested maxBufferSize exceeds limit. requested=…"
  [/requires WebGPU extension|shader-f16|exceeds limit/i, 'unsupported-build'],
  // A library of another version: an import that this runtime does not offer, or a function that it looks for.
  [/import #?\d+|LinkError|cannot find .* in exports|is not in the exports/i, 'unsupported-build'],
  [
    /cannot find (required VM|global) function|unknown kv_state_kind|exports\.\w+ is not a function/i,
    'unsupported-build',
  ],
  // Weights of another model: "Cannot find param … in cache"
  [/cannot find (parameter|param|tensor)|shape mismatch|does not match the (shape|expected)/i, 'unsupported-build'],
  // Safari, Firefox and V8 each have their own words for bytes that are no WebAssembly.
  [/magic (word|number|header)|WebAssembly\.\w+\(\): |CompileError|module doesn't start with/i, 'file-corrupt'],
  [/not valid JSON|unexpected token|unexpected end of JSON|JSON\.parse|failed to parse tokenizer/i, 'file-corrupt'],
  [/cannot handle tokenizer files/i, 'files-missing'],
  [/exceed context window size/i, 'context-exceeded'],
  [/failed to sample a valid token/i, 'no-numbers'],
  [/failed to fetch|dynamically imported module|NetworkError/i, 'network'],
];

export function webLlmFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  // Emscripten throws the address of a C++ exception, a bare number.
  if (typeof thrown === 'number') return failure('unexpected', `the runtime threw the C++ exception ${thrown}`);
  const { detail } = toFailure(thrown);
  // Classes of the language say more than their sentences: RangeError, CompileError.
  const kind = thrown instanceof Error && thrown.name !== 'Error' ? `${thrown.name}: ` : '';
  const known = BY_MESSAGE.find(([pattern]) => pattern.test(kind + detail));
  return failure(known?.[1] ?? 'unexpected', kind + detail);
}
