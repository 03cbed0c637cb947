/** A model in a worker of its own, as the page sees it: load, render, generate, dispose. */
import {
  failure,
  FailureError,
  type GenerateEvent,
  type GenerateRequest,
  type LoadedModel,
  type LoadRequest,
  type Message,
  type ThinkingMode,
} from '#domain';
import { eventQueue } from './eventQueue.ts';
import { loading, newLock, type Loaded } from './loading.ts';
import type { SubgroupRule } from './protocol.ts';
import { compareWithWasm } from './wasmReference.ts';
import type { FilesOrder, WorkerEngineOptions } from './workerEngine.ts';
import { WorkerLink } from './workerLink.ts';

/** A chat template comes with the model, so it is not ours: one that runs longer than this is stopped. */
const RENDER_MS = 10_000;

export async function loadModel(
  options: WorkerEngineOptions,
  request: LoadRequest,
  signal: AbortSignal,
): Promise<LoadedModel> {
  signal.throwIfAborted();
  const files = await options.files(request);
  const rule = options.subgroups ?? 'auto';
  const first = await loadInWorker(options, { request, files, subgroups: rule, signal });
  if (first !== 'retry-without-subgroups') return first;
  // What was known was found with the subgroup features: without them everything is tested anew.
  const { model, device, contextLength, onProgress } = request;
  const anew = { model, device, onProgress, ...(contextLength === undefined ? {} : { contextLength }) };
  const second = await loadInWorker(options, { request: anew, files, subgroups: 'off', signal });
  if (second !== 'retry-without-subgroups') return second;
  throw new FailureError(failure('unexpected', 'the worker asked twice to be loaded without subgroups'));
}

export interface Attempt {
  readonly request: LoadRequest;
  readonly files: FilesOrder;
  readonly subgroups: SubgroupRule;
  readonly signal: AbortSignal;
}

async function loadInWorker(
  options: WorkerEngineOptions,
  { request, files, subgroups, signal }: Attempt,
): Promise<LoadedModel | 'retry-without-subgroups'> {
  signal.throwIfAborted();
  const lock = newLock();
  const link = new WorkerLink(options.createWorker(), lock, options.silenceMs);
  const { model, device, knownSelfTest = null, knownBuildTest = null, contextLength = null } = request;
  const known = { knownSelfTest, knownBuildTest };
  link.send({ kind: 'load', model, device, contextLength, subgroups, lock, ...known, ...files });
  const outcome = await loading(link, request, signal);
  if (outcome.kind === 'loaded') {
    const buildTest = await compareWithWasm(outcome, options, { request, files, subgroups, signal }, link);
    const environment = buildTest === null ? outcome.environment : { ...outcome.environment, buildTest };
    const curable = subgroups !== 'off' && subgroups !== 'on' && environment.adapter?.subgroups === true;
    if (buildTest?.kind !== 'invalid' || !curable) return loadedModel(link, { ...outcome, environment });
  }
  await link.dispose();
  return 'retry-without-subgroups';
}

function loadedModel(link: WorkerLink, { environment, contextLength, templateHash, thinking }: Loaded): LoadedModel {
  let lastId = 0;
  return {
    environment,
    contextLength,
    templateHash,
    ...(thinking === undefined ? {} : { thinking }),
    render: (messages, mode) => render(link, ++lastId, messages, mode),
    generate: (request, signal) => generate(link, ++lastId, request, signal),
    dispose: () => link.dispose(),
  };
}

function render(
  link: WorkerLink,
  id: number,
  messages: readonly Message[],
  thinking: ThinkingMode | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = link.listen({
      message(m) {
        if (!('id' in m) || m.id !== id) return;
        if (m.kind === 'rendering') {
          const detail = `the chat template did not finish within ${RENDER_MS / 1000} s`;
          timer = setTimeout(() => link.end(failure('template-invalid', detail)), RENDER_MS);
          return;
        }
        clearTimeout(timer);
        leave();
        if (m.kind === 'rendered') resolve(m.prompt);
        else if (m.kind === 'render-failed') reject(new FailureError(m.failure));
      },
      end(f) {
        clearTimeout(timer);
        reject(new FailureError(f));
      },
    });
    link.send({ kind: 'render', id, messages, ...(thinking === undefined ? {} : { thinking }) });
  });
}

async function* generate(
  link: WorkerLink,
  id: number,
  request: GenerateRequest,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, void, undefined> {
  if (signal.aborted) {
    yield { type: 'cancelled' };
    return;
  }
  if (request.prompt === undefined) {
    yield { type: 'failed', failure: failure('invalid-input', 'this engine needs the rendered prompt') };
    return;
  }
  const queue = eventQueue<GenerateEvent>();
  const leave = link.listen({
    message(m) {
      if (m.kind === 'event' && m.id === id) queue.push(m.event);
    },
    end: (f) => queue.push({ type: 'failed', failure: f }),
  });
  const onAbort = (): void => {
    queue.replaceWith({ type: 'cancelled' });
    link.send({ kind: 'cancel', id });
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const { prompt, maxTokens, sampling } = request;
  link.send({ kind: 'generate', id, prompt, maxTokens, sampling, eachToken: request.thinking === 'on' });
  let finished = false;
  try {
    while (!finished) {
      const event = await queue.next();
      finished = event.type === 'done' || event.type === 'failed' || event.type === 'cancelled';
      yield event;
    }
  } finally {
    leave();
    signal.removeEventListener('abort', onAbort);
    // Whoever reads the stream has walked away (`break`, an error): the worker need not go on.
    if (!finished) link.send({ kind: 'cancel', id });
  }
}
