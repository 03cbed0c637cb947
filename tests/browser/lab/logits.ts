import type { LogitsOrder } from './logitsWorker.ts';

/** The logits of the first step after each prompt, computed by the engine's own modules in a worker of their own. */
export function firstLogits(order: LogitsOrder): Promise<number[][]> {
  const worker = new Worker(new URL('./logitsWorker.ts', import.meta.url), { type: 'module' });
  return new Promise<number[][]>((resolve, reject) => {
    worker.onmessage = (e: MessageEvent<number[][]>) => resolve(e.data);
    worker.onerror = (e) => reject(new Error(e.message));
    worker.postMessage(order);
  }).finally(() => worker.terminate());
}
