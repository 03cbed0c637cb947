import { failure, type Failure } from '#domain';
import { watch, type Lifeline } from './lifeline.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** What waits for a worker: it hears every message until it leaves, and `end` at most once, after which nothing comes. */
export interface Listener {
  message(m: FromWorker): void;
  end(f: Failure): void;
}

/** How long the worker may take to give the GPU's memory back before it is terminated regardless. */
const DISPOSE_MS = 1_000;

/**
 * One worker and all that wait for it. However the worker ends (terminated by us, by the browser, by an error, or
 * hanging), every listener is told, so that nothing waits for ever.
 */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #lifeline: Lifeline;
  readonly #listeners = new Set<Listener>();
  #ended: Failure | null = null;

  constructor(worker: Worker, lock: string, silenceMs?: number) {
    this.#worker = worker;
    this.#lifeline = watch({
      lock,
      ping: () => this.send({ kind: 'ping' }),
      onDead: (how) => this.end(failure('worker-died', how)),
      ...(silenceMs === undefined ? {} : { silenceMs }),
    });
    worker.onmessage = (e: MessageEvent<FromWorker>) => {
      this.#lifeline.heard();
      for (const listener of [...this.#listeners]) listener.message(e.data);
    };
    // A script that cannot be fetched gives an event without a message.
    worker.onerror = (e) => this.end(failure('worker-died', e.message || 'the script of the worker did not load'));
    worker.onmessageerror = () => this.end(failure('worker-died', 'a message of the worker could not be read'));
  }

  send(m: ToWorker): void {
    if (this.#ended === null) this.#worker.postMessage(m);
  }

  /** Returns the way to leave. Where the worker has ended already, `end` follows at once, but not before this returns. */
  listen(listener: Listener): () => void {
    const ended = this.#ended;
    if (ended !== null) queueMicrotask(() => listener.end(ended));
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Terminates the worker, now, and tells all listeners why. The first reason stays. */
  end(f: Failure): void {
    if (this.#ended !== null) return;
    this.#tellAll(f);
    this.#worker.terminate();
  }

  /** Like `end`, but the worker first gives the GPU's memory back: browsers free it late when a worker just ends. */
  async dispose(): Promise<void> {
    if (this.#ended !== null) return;
    const disposed = new Promise<void>((resolve) => {
      this.#worker.onmessage = (e: MessageEvent<FromWorker>) => {
        if (e.data.kind === 'disposed') resolve();
      };
      setTimeout(resolve, DISPOSE_MS);
    });
    this.send({ kind: 'dispose' });
    this.#tellAll(failure('worker-died', 'the model was disposed'));
    await disposed;
    this.#worker.terminate();
  }

  #tellAll(f: Failure): void {
    this.#ended = f;
    this.#lifeline.close();
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener.end(f);
  }
}
