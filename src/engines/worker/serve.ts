/** A worker's end of the protocol, the same for every engine: one model for its whole life, one answer after the other. */
import { FailureError, type Environment, type Failure, type LoadProgress } from '#domain';
import { holdLock } from '../lifeline.ts';
import type { FromWorker, LoadOrder, ToWorker, WorkerEvent } from '../protocol.ts';
import type { TextScores } from '../selfTest/score.ts';
import { destroyGpu, unlessLost, type GpuGuard } from './gpu.ts';
import type { ChatTemplate } from './template.ts';

/** A loaded model, as the worker of an engine hands it to `serve`. */
export interface Served {
  readonly template: ChatTemplate;
  readonly contextLength: number;
  readonly environment: Environment;
  /** Null on WASM. */
  readonly gpu: GpuGuard | null;
  /** What the build's test read, where there was nothing to compare it with. */
  readonly scores?: readonly TextScores[];
  /** Emits `done` or `failed` last; nothing after a cancel. Throws what the library throws. */
  answer(request: GenerateOrder, turn: Turn): Promise<void>;
}

export type GenerateOrder = Extract<ToWorker, { kind: 'generate' }>;

/** One answer's way to the page and to the GPU. */
export interface Turn {
  readonly emit: (event: WorkerEvent) => void;
  readonly isCancelled: () => boolean;
  /** Throws a FailureError where the GPU has reported an error. */
  readonly checkDevice: () => void;
}

export interface EngineWorker {
  readonly load: (
    order: LoadOrder,
    onProgress: (p: LoadProgress) => void,
  ) => Promise<Served | 'retry-without-subgroups'>;
  /** What the engine's library throws, as a code. */
  readonly toFailure: (thrown: unknown) => Failure;
}

export function serve({ load, toFailure }: EngineWorker): void {
  let session: Served | null = null;
  /** Generations that the page no longer waits for. */
  const cancelled = new Set<number>();
  /** One answer after the other: the model has one cache, and an interrupted step has to end first. */
  let answers: Promise<void> = Promise.resolve();

  onmessage = (e: MessageEvent<ToWorker>): void => {
    const message = e.data;
    switch (message.kind) {
      case 'load':
        void loadModel(message);
        return;
      case 'render':
        render(message);
        return;
      case 'generate':
        answers = answers.then(() => answer(message));
        return;
      case 'cancel':
        cancelled.add(message.id);
        return;
      case 'ping':
        post({ kind: 'pong' });
        return;
      case 'dispose':
        destroyGpu();
        post({ kind: 'disposed' });
        return;
    }
  };

  async function loadModel(order: LoadOrder): Promise<void> {
    try {
      await holdLock(order.lock);
      const loaded = await load(order, (progress) => post({ kind: 'progress', progress }));
      if (loaded === 'retry-without-subgroups') {
        destroyGpu();
        post({ kind: 'retry-without-subgroups' });
        return;
      }
      session = loaded;
      const { environment, contextLength, template, scores } = loaded;
      const thinks = template.thinking === null ? {} : { thinking: template.thinking };
      const told = scores === undefined ? {} : { scores };
      post({ kind: 'loaded', environment, contextLength, templateHash: template.hash, ...thinks, ...told });
    } catch (thrown) {
      destroyGpu();
      post({ kind: 'load-failed', failure: toFailure(thrown) });
    }
  }

  function render({ id, messages, thinking }: Extract<ToWorker, { kind: 'render' }>): void {
    post({ kind: 'rendering', id });
    try {
      post({ kind: 'rendered', id, prompt: loaded().template.render(messages, thinking) });
    } catch (thrown) {
      post({ kind: 'render-failed', id, failure: toFailure(thrown) });
    }
  }

  async function answer(request: GenerateOrder): Promise<void> {
    const { id } = request;
    if (cancelled.delete(id)) return;
    try {
      const model = loaded();
      const { gpu } = model;
      // An error that came after the last answer is not forgotten: what the GPU holds since then may be broken.
      const answered = model.answer(request, {
        emit: (event) => post({ kind: 'event', id, event }),
        isCancelled: () => cancelled.has(id),
        checkDevice() {
          const error = gpu?.takeError() ?? null;
          if (error !== null) throw new FailureError(error);
        },
      });
      await unlessLost(gpu, answered);
    } catch (thrown) {
      post({ kind: 'event', id, event: { type: 'failed', failure: toFailure(thrown) } });
    } finally {
      cancelled.delete(id);
    }
  }

  function loaded(): Served {
    if (session === null) throw new Error('no model has been loaded');
    return session;
  }
}

function post(message: FromWorker): void {
  postMessage(message);
}
