/** One answer: streamed, stoppable between two tokens. */
import { failure, FailureError, type FinishReason } from '#domain';
import { chooser } from '../../sampling/index.ts';
import { pieces, tokenEvent } from '../../worker/pieces.ts';
import { promptTokens } from '../../worker/promptTokens.ts';
import type { GenerateOrder, Turn } from '../../worker/serve.ts';
import { textStream } from '../../worker/textStream.ts';
import type { LanguageModel } from './languageModel.ts';

export interface GenerateOptions extends Turn {
  readonly model: LanguageModel;
  readonly contextLength: number;
  readonly request: GenerateOrder;
}

/** Emits `done` or `failed` last; nothing after a cancel. Throws what the library throws. */
export async function generate(options: GenerateOptions): Promise<void> {
  const { model, request, emit, isCancelled, checkDevice } = options;
  const started = performance.now();
  const ids = promptTokens(options);
  if (ids === null) return;
  const promptLength = ids.length;

  const otherMessages = turns();
  const choose = chooser(request.sampling);
  const text = textStream((piece) => model.decode(piece));
  const sent = pieces((piece) => emit(tokenEvent(piece)), { eachToken: request.eachToken === true });
  let finish: FinishReason = 'length';
  let outputTokens = 0;
  let firstToken = started;
  let lastToken = started;

  const { decoding, reused } = await model.prefix.start(ids);
  let whole = false;
  try {
    while (outputTokens < request.maxTokens) {
      await otherMessages.ifDue();
      if (isCancelled()) return;
      const { logits } = await decoding.next(ids);
      checkDevice();
      const id = choose(logits, ids);
      if (id === null) throw new FailureError(failure('no-numbers', `token ${outputTokens + 1}`));
      lastToken = performance.now();
      if (outputTokens === 0) firstToken = lastToken;
      outputTokens += 1;
      if (model.endTokens.has(id)) {
        finish = 'stop';
        break;
      }
      ids.push(id);
      sent.add({ text: text.add(id), ids: [id] });
    }
    sent.add({ text: text.end(), tokens: 0 });
    // A GPU's error may arrive just after the last token.
    await otherMessages.now();
    checkDevice();
    if (isCancelled()) return;
    whole = true;
  } finally {
    // What is left of an answer that failed or was cancelled may be wrong: nobody goes on from it. The last token has
    // been chosen, not read.
    if (whole) await model.prefix.keep(decoding, ids.slice(0, promptLength + outputTokens - 1));
    else await decoding.end();
  }
  const timing = { firstTokenMs: firstToken - started, decodeMs: lastToken - firstToken };
  emit({
    type: 'done',
    output: sent.end(),
    finish,
    usage: { promptTokens: promptLength, outputTokens },
    timing: reused > 0 ? { ...timing, reusedTokens: reused } : timing,
  });
}

/** How long the worker may not hear a cancel or a ping: half a frame at 30 per second. */
const DEAF_MS = 16;

const turn = new MessageChannel();

/**
 * Lets the worker hear a cancel or a ping. On WASM a decode step blocks the thread and resolves in a microtask, so
 * without this no message would arrive until the end; `setTimeout` would cost 4 ms for each token.
 */
function turns(): { ifDue(): Promise<void>; now(): Promise<void> } {
  let last = -Infinity;
  const now = (): Promise<void> =>
    new Promise((resolve) => {
      turn.port1.onmessage = () => {
        last = performance.now();
        resolve();
      };
      turn.port2.postMessage(null);
    });
  // Each turn takes a tenth of what a small model's token does.
  return { now, ifDue: () => (performance.now() - last < DEAF_MS ? Promise.resolve() : now()) };
}
