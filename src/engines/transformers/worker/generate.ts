/** One answer: greedy, streamed, stoppable between two tokens. */
import { failure, sha256Hex, type FinishReason } from '#domain';
import type { ToWorker, WorkerEvent } from '../../protocol.ts';
import type { LanguageModel } from './languageModel.ts';
import { textStream } from '../../worker/textStream.ts';

export interface GenerateOptions {
  readonly model: LanguageModel;
  readonly contextLength: number;
  readonly request: Extract<ToWorker, { kind: 'generate' }>;
  readonly emit: (event: WorkerEvent) => void;
  readonly isCancelled: () => boolean;
  /** Throws a FailureError where the GPU has reported an error. */
  readonly checkDevice: () => void;
}

/** Emits `done` or `failed` last; nothing after a cancel. Throws what the library throws. */
export async function generate(options: GenerateOptions): Promise<void> {
  const { model, contextLength, request, emit, isCancelled, checkDevice } = options;
  const started = performance.now();
  const ids = model.encode(request.prompt);
  emit({ type: 'prompt', tokens: ids.length, tokenIdsHash: sha256Hex(ids.join(',')) });
  const promptTokens = ids.length;
  if (promptTokens + request.maxTokens > contextLength) {
    const detail = `${promptTokens} + ${request.maxTokens} > ${contextLength}`;
    emit({ type: 'failed', failure: failure('context-exceeded', detail) });
    return;
  }

  const text = textStream((piece) => model.decode(piece));
  const decoding = model.start();
  let output = '';
  let finish: FinishReason = 'length';
  let outputTokens = 0;
  let firstToken = started;
  let lastToken = started;

  function add(piece: string): void {
    output += piece;
    if (piece !== '') emit({ type: 'token', text: piece });
  }

  try {
    while (outputTokens < request.maxTokens) {
      await otherMessages();
      if (isCancelled()) return;
      const { id } = await decoding.next(ids);
      checkDevice();
      lastToken = performance.now();
      if (outputTokens === 0) firstToken = lastToken;
      outputTokens += 1;
      if (model.endTokens.has(id)) {
        finish = 'stop';
        break;
      }
      ids.push(id);
      add(text.add(id));
    }
    add(text.end());
  } finally {
    await decoding.end();
  }
  // A GPU's error may arrive just after the last token.
  await otherMessages();
  checkDevice();
  if (isCancelled()) return;
  const timing = { firstTokenMs: firstToken - started, decodeMs: lastToken - firstToken };
  emit({ type: 'done', output, finish, usage: { promptTokens, outputTokens }, timing });
}

const turn = new MessageChannel();

/**
 * Lets the worker hear a cancel or a ping. On WASM a decode step blocks the thread and resolves in a microtask, so
 * without this no message would arrive until the end; `setTimeout` would cost 4 ms for each token.
 */
function otherMessages(): Promise<void> {
  return new Promise((resolve) => {
    turn.port1.onmessage = () => resolve();
    turn.port2.postMessage(null);
  });
}
