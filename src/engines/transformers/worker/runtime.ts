/**
 * ONNX Runtime's own files, served from this site: by default transformers.js would fetch them from a CDN. Each build is
 * two files, and only the one that is chosen is ever loaded:
 *   plain     13.6 MiB  WASM only
 *   jspi      16.0 MiB  WebGPU, where WebAssembly can suspend (Chrome 137)
 *   asyncify  25.6 MiB  WebGPU elsewhere
 */
import { env } from '@huggingface/transformers';
import { wasmThreads } from '../../platform.ts';
import plainMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import jspiMjs from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

const BUILDS = {
  plain: { mjs: plainMjs, wasm: plainWasm },
  jspi: { mjs: jspiMjs, wasm: jspiWasm },
  asyncify: { mjs: asyncifyMjs, wasm: asyncifyWasm },
} as const;

/** Prepares the runtime for this worker; it is loaded with the first session. Returns the number of WASM threads. */
export function prepareRuntime(device: 'webgpu' | 'wasm'): number {
  const { wasm } = env.backends.onnx;
  if (wasm === undefined) throw new Error('transformers.js was built without ONNX Runtime Web');
  const build = device === 'wasm' ? 'plain' : 'Suspending' in WebAssembly ? 'jspi' : 'asyncify';
  // Resolved here: the runtime would resolve a relative address against a script of its own.
  const { mjs, wasm: binary } = BUILDS[build];
  wasm.wasmPaths = { mjs: absolute(mjs), wasm: absolute(binary) };
  // On the GPU more threads would have nothing to do.
  wasm.numThreads = device === 'wasm' ? wasmThreads(crossOriginIsolated, navigator.hardwareConcurrency) : 1;
  // The library's own cache would import the runtime from a blob: address, which the content security policy refuses.
  env.useWasmCache = false;
  env.useBrowserCache = false;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  return wasm.numThreads;
}

function absolute(address: string): string {
  return new URL(address, import.meta.url).href;
}
