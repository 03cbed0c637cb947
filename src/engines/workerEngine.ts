/** The page's half of an engine that runs in a worker: one fresh worker for each loaded model. */
import type { Engine, LoadRequest } from '#domain';
import type { LoadOrder, SubgroupRule } from './protocol.ts';

export type FilesOrder = Pick<LoadOrder, 'files' | 'embedded' | 'reusePrefix'>;

export interface WorkerEngineOptions {
  readonly id: string;
  readonly createWorker: () => Worker;
  /** What the worker must know beside the request: where the files are. */
  readonly files: (request: LoadRequest) => Promise<FilesOrder>;
  readonly subgroups?: SubgroupRule;
  /** The worker runs on the processor too, and scores texts there. */
  readonly comparesWithWasm?: true;
  /** See lifeline.ts; tests make it short. */
  readonly silenceMs?: number;
}

export function workerEngine(options: WorkerEngineOptions): Engine {
  return {
    id: options.id,
    async load(request, signal) {
      signal.throwIfAborted();
      // All that follows comes with the first load: the page's first bytes need only to know that the engine is there.
      const { loadModel } = await import('./workerModel.ts');
      return loadModel(options, request, signal);
    },
  };
}
