import { failure, FailureError } from '#domain';
import type { Inspected, Writing } from './inspect.ts';
import type { Answers, FromImporter, Order } from './protocol.ts';
import type { ImportOptions, Previewed, ReadSuite } from './read.ts';

/** Reads files into suites. Every method rejects with the signal's reason when it is aborted, else with a FailureError. */
export interface SuiteImporter {
  inspect(file: Blob, writing: Writing, signal: AbortSignal): Promise<Inspected>;
  preview(file: Blob, options: ImportOptions, signal: AbortSignal): Promise<readonly Previewed[]>;
  /** `onBytes`: how many bytes are read so far. */
  read(file: Blob, options: ImportOptions, onBytes: (bytes: number) => void, signal: AbortSignal): Promise<ReadSuite>;
}

/** Each order gets a worker of its own, which is ended with it: cancelling is at once, whatever the parser is doing. */
export function workerImporter(
  start = () => new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module', name: 'suite-import' }),
): SuiteImporter {
  return {
    inspect: (file, writing, signal) => ask<'inspect'>(start, { kind: 'inspect', file, writing }, signal),
    preview: (file, options, signal) => ask<'preview'>(start, { kind: 'preview', file, options }, signal),
    read: (file, options, onBytes, signal) => ask<'read'>(start, { kind: 'read', file, options }, signal, onBytes),
  };
}

async function ask<K extends keyof Answers>(
  start: () => Worker,
  order: Extract<Order, { kind: K }>,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<Answers[K]> {
  signal.throwIfAborted();
  const worker = start();
  let abort = (): void => undefined;
  try {
    return await new Promise<Answers[K]>((resolve, reject) => {
      abort = () => reject(signal.reason as Error);
      signal.addEventListener('abort', abort);
      worker.onerror = (event) => reject(new FailureError(failure('worker-died', event.message)));
      worker.onmessage = ({ data }: MessageEvent<FromImporter>) => {
        if (data.kind === 'progress') onBytes(data.bytes);
        // The answer is of the order's kind: this worker gets no other one.
        else if (data.kind === 'done') resolve(data.answer as Answers[K]);
        else reject(new FailureError(data.failure));
      };
      worker.postMessage(order);
    });
  } finally {
    signal.removeEventListener('abort', abort);
    worker.terminate();
  }
}
