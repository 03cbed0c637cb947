/** The engine's port tells tokens, not logits. This worker uses the engine's modules to see the logits themselves. */
import { modelFiles } from '../../../src/engines/worker/files.ts';
import { guardGpu } from '../../../src/engines/worker/gpu.ts';
import { loadLanguageModel } from '../../../src/engines/transformers/worker/languageModel.ts';
import { prepareRuntime } from '../../../src/engines/transformers/worker/runtime.ts';

export interface LogitsOrder {
  readonly device: 'wasm' | 'webgpu';
  /** Absolute address of the embedded model's folder. */
  readonly base: string;
  readonly prompts: readonly (readonly number[])[];
  /** As in a browser that cannot suspend WebAssembly (Firefox, Safari): the runtime's other build for the GPU. */
  readonly withoutSuspending?: boolean;
}

async function compute({ device, base, prompts, withoutSuspending }: LogitsOrder): Promise<number[][]> {
  if (withoutSuspending === true) Reflect.deleteProperty(WebAssembly, 'Suspending');
  if (device === 'webgpu') guardGpu('auto');
  prepareRuntime(device);
  const files = modelFiles({ kind: 'url', base }, { files: null, onBytes: () => undefined });
  const options = { folder: 'embedded', files, device, dtype: 'fp32', externalDataFiles: 0 };
  const model = await loadLanguageModel(options);
  const all: number[][] = [];
  for (const ids of prompts) {
    const decoding = model.start();
    all.push([...(await decoding.next(ids)).logits]);
    await decoding.end();
  }
  return all;
}

onmessage = (e: MessageEvent<LogitsOrder>): void => {
  void compute(e.data).then((logits) => postMessage(logits));
};
