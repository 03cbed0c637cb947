import type { Engine, FileSource, LoadRequest } from '#domain';
import { workerEngine } from '../workerEngine.ts';

export interface WebLlmOptions {
  /** Where the files of a model are; rejects with a FailureError where it is not here. */
  readonly files: (model: LoadRequest['model']) => Promise<FileSource>;
  /** Only tests change it: a worker with a stand-in of the library, or one built with another version of it. */
  readonly createWorker?: () => Worker;
  /** How long a worker may be silent before it is given up, in milliseconds; see lifeline.ts. */
  readonly silenceMs?: number;
}

/** Models compiled for WebGPU by MLC, run by web-llm in a worker of ours. */
export function webLlmEngine({ files, createWorker = ownWorker, ...rest }: WebLlmOptions): Engine {
  return workerEngine({
    id: 'web-llm',
    createWorker,
    files: async ({ model }) => ({ files: await files(model), embedded: null }),
    ...rest,
  });
}

function ownWorker(): Worker {
  return new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
}
