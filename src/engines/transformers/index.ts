import type { Engine, FileSource, LoadRequest } from '#domain';
import type { SubgroupRule } from '../protocol.ts';
import { workerEngine } from '../workerEngine.ts';

export interface TransformersOptions {
  /** Where the files of a model are; rejects with a FailureError where it is not here. */
  readonly files: (model: LoadRequest['model']) => Promise<FileSource>;
  /** The embedded model with its golden.json, for the self-test of the device; null: devices stay unverified. */
  readonly embedded: FileSource | null;
  /** Only tests change it, to see the self-test catch a device that computes wrong. */
  readonly subgroups?: SubgroupRule;
  /** False: every prompt is read whole, whatever it shares with the one before. Only benches say so. */
  readonly reusePrefix?: boolean;
  /** How long a worker may be silent before it is given up, in milliseconds; see lifeline.ts. */
  readonly silenceMs?: number;
}

/** ONNX models by transformers.js, in a worker, on WebGPU or WASM. */
export function transformersEngine({ files, embedded, reusePrefix = true, ...rest }: TransformersOptions): Engine {
  return workerEngine({
    id: 'transformers',
    createWorker: () => new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' }),
    files: async ({ model }) => ({ files: await files(model), embedded, reusePrefix }),
    comparesWithWasm: true,
    ...rest,
  });
}
