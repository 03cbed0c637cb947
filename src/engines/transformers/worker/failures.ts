/**
 * The libraries throw sentences; here they become codes. The sentences are ONNX Runtime's, Emscripten's and the
 * browsers', all in English whatever the user's language.
 */
import { failure, FailureError, toFailure, type Failure, type FailureCode } from '#domain';

const BY_MESSAGE: readonly (readonly [RegExp, FailureCode])[] = [
  // ONNX Runtime: "Could not find an implementation for GatherBlockQuantized(1) node with name …"
  [
    /could not find an implementation|NOT_IMPLEMENTED|is not a registered function\/op|unsupported operator/i,
    'unsupported-operator',
  ],
  // WASM: "std::bad_alloc", "failed to allocate a buffer of size …"; V8: "Array buffer allocation failed"; WebGPU: "Out of memory"
  [
    /bad_alloc|out of memory|allocation failed|failed to allocate|could not allocate|cannot enlarge memory|memory access out of bounds/i,
    'out-of-memory',
  ],
  [
    /device (was|is) lost|device lost|GPUDevice.*destroyed|external Instance reference no longer exists/i,
    'device-lost',
  ],
  [/failed to get GPU adapter|WebGPU is not supported|no available adapters/i, 'no-webgpu'],
  [/does not support fp16|shader-f16/i, 'unsupported-build'],
  [/unsupported model type|unsupported device|invalid dtype/i, 'unsupported-build'],
  [/file was not found locally|ModelFileNotFound/i, 'files-missing'],
  // Bytes that are no model: "Failed to load model because protobuf parsing failed", "… is not valid JSON"
  [/protobuf parsing failed|INVALID_PROTOBUF|not valid JSON|Unexpected token|Unexpected end of JSON/i, 'file-corrupt'],
  [/failed to fetch|dynamically imported module|NetworkError/i, 'network'],
];

/** Emscripten throws the address of a C++ exception, a bare number, when the WASM heap is used up. */
export function engineFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (typeof thrown === 'number') return failure('out-of-memory', `the runtime threw the C++ exception ${thrown}`);
  const { detail } = toFailure(thrown);
  const known = BY_MESSAGE.find(([pattern]) => pattern.test(detail));
  return failure(known?.[1] ?? 'unexpected', detail);
}
