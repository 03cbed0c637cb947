/** From the order to load until a worker says what came of it. */
import { failure, FailureError, type LoadRequest } from '#domain';
import type { FromWorker } from './protocol.ts';
import type { WorkerLink } from './workerLink.ts';

export type Loaded = Extract<FromWorker, { kind: 'loaded' }>;
type Outcome = Loaded | Extract<FromWorker, { kind: 'retry-without-subgroups' }>;

/** Not randomUUID, which insecure pages lack. */
export function newLock(): string {
  return `tabeval-worker-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
}

/** Rejects with the worker's FailureError, or the signal's reason; the worker is gone then. */
export function loading(link: WorkerLink, request: LoadRequest, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      // The port promises the signal's own reason, whatever it is.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal.reason);
      // A GPU's memory is given back first; on the processor it goes with the worker.
      if (request.device === 'webgpu') void link.dispose();
      else link.end(failure('worker-died', 'loading was cancelled'));
    };
    const leave = link.listen({
      message(m) {
        if (m.kind === 'progress') request.onProgress(m.progress);
        else if (m.kind === 'load-failed') link.end(m.failure);
        else if (m.kind === 'loaded' || m.kind === 'retry-without-subgroups') {
          done();
          resolve(m);
        }
      },
      end(f) {
        done();
        reject(new FailureError(f));
      },
    });
    function done(): void {
      leave();
      signal.removeEventListener('abort', onAbort);
    }
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
