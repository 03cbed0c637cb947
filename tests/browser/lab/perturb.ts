import type { BuildTest } from '#domain';
import type { PerturbOrder } from './perturbWorker.ts';

/** What a build's own test says of a model after each change, by the engine's own modules in a worker of their own. */
export function testPerturbed(order: PerturbOrder): Promise<BuildTest[]> {
  const worker = new Worker(new URL('./perturbWorker.ts', import.meta.url), { type: 'module' });
  return new Promise<BuildTest[]>((resolve, reject) => {
    worker.onmessage = (e: MessageEvent<BuildTest[] | string>) =>
      typeof e.data === 'string' ? reject(new Error(e.data)) : resolve(e.data);
    worker.onerror = (e) => reject(new Error(e.message));
    worker.postMessage(order);
  }).finally(() => worker.terminate());
}
