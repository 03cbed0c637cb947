/** The worker: one model for its whole life. */
import { FailureError } from '#domain';
import { holdLock } from '../../lifeline.ts';
import type { FromWorker, LoadOrder, ToWorker } from '../../protocol.ts';
import { engineFailure } from './failures.ts';
import { generate } from './generate.ts';
import { loadSession, type Session } from './load.ts';

let session: Session | null = null;
/** Generations that the page no longer waits for. */
const cancelled = new Set<number>();
/** One answer after the other: the model has one cache, and an interrupted step has to end first. */
let answers: Promise<void> = Promise.resolve();

function post(message: FromWorker): void {
  postMessage(message);
}

onmessage = (e: MessageEvent<ToWorker>): void => {
  const message = e.data;
  switch (message.kind) {
    case 'load':
      void load(message);
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
      session?.gpu?.destroy();
      post({ kind: 'disposed' });
      return;
  }
};

async function load(order: LoadOrder): Promise<void> {
  try {
    await holdLock(order.lock);
    const loaded = await loadSession(order, (progress) => post({ kind: 'progress', progress }));
    if (loaded === 'retry-without-subgroups') {
      post({ kind: 'retry-without-subgroups' });
      return;
    }
    session = loaded;
    const { environment, contextLength, template } = loaded;
    post({ kind: 'loaded', environment, contextLength, templateHash: template.hash });
  } catch (thrown) {
    post({ kind: 'load-failed', failure: engineFailure(thrown) });
  }
}

function render({ id, messages }: Extract<ToWorker, { kind: 'render' }>): void {
  post({ kind: 'rendering', id });
  try {
    post({ kind: 'rendered', id, prompt: loaded().template.render(messages) });
  } catch (thrown) {
    post({ kind: 'render-failed', id, failure: engineFailure(thrown) });
  }
}

async function answer(request: Extract<ToWorker, { kind: 'generate' }>): Promise<void> {
  const { id } = request;
  if (cancelled.delete(id)) return;
  try {
    const { model, contextLength, gpu } = loaded();
    gpu?.takeError();
    const answered = generate({
      model,
      contextLength,
      request,
      emit: (event) => post({ kind: 'event', id, event }),
      isCancelled: () => cancelled.has(id),
      checkDevice() {
        const error = gpu?.takeError() ?? null;
        if (error !== null) throw new FailureError(error);
      },
    });
    // A step on a lost device may never come back.
    const lost = gpu?.lost.then((f) => Promise.reject(new FailureError(f))) ?? answered;
    await Promise.race([answered, lost]);
  } catch (thrown) {
    post({ kind: 'event', id, event: { type: 'failed', failure: engineFailure(thrown) } });
  } finally {
    cancelled.delete(id);
  }
}

function loaded(): Session {
  if (session === null) throw new Error('no model has been loaded');
  return session;
}
