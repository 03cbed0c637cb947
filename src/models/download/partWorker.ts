import { failure, FailureError } from '#domain';
import type { Part } from './partials.ts';
import type { PartOrder, PartReply, PartRequest } from './partProtocol.ts';

/** The worker that writes parts, as the page sees it. Rejects with a FailureError. */
export interface PartWorker {
  /** `directory`: of the model, from the root of the origin private file system. */
  open(directory: string, path: string): Promise<Part>;
  end(): void;
}

export function partWorker(): PartWorker {
  const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>();
  let numbers = 0;
  let dead: FailureError | null = null;

  worker.addEventListener('message', ({ data }: MessageEvent<PartReply>) => {
    const asked = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.ok) asked?.resolve(data.value);
    else asked?.reject(storageFailure(data.name, data.message));
  });
  worker.addEventListener('error', (event) => {
    dead = new FailureError(failure('worker-died', event.message));
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  });

  function say(order: PartOrder, transferred: readonly Transferable[] = []): Promise<unknown> {
    if (dead !== null) return Promise.reject(dead);
    const number = (numbers += 1);
    const request: PartRequest = { number, order };
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      worker.postMessage(request, [...transferred]);
    });
  }

  return {
    async open(directory, path) {
      const file = (numbers += 1);
      let bytes = Number(await say({ kind: 'open', file, directory, path }));
      let open = true;
      return {
        get bytes() {
          return bytes;
        },
        async append(piece) {
          const { byteLength } = piece;
          await say({ kind: 'append', file, piece }, [piece.buffer]);
          bytes += byteLength;
        },
        async restart() {
          await say({ kind: 'restart', file });
          bytes = 0;
        },
        digest: async () => String(await say({ kind: 'digest', file })),
        async close() {
          if (!open) return;
          open = false;
          await say({ kind: 'close', file });
        },
      };
    },
    end: () => worker.terminate(),
  };
}

function storageFailure(name: string, message: string): FailureError {
  const code = name === 'QuotaExceededError' ? 'storage-full' : 'storage-unavailable';
  return new FailureError(failure(code, `${name}: ${message}`));
}
