/** One answer: streamed, stoppable between two tokens. */
import { failure, FailureError, type FinishReason } from '#domain';
import { pieces, tokenEvent } from '../../worker/pieces.ts';
import { promptTokens } from '../../worker/promptTokens.ts';
import type { GenerateOrder, Turn } from '../../worker/serve.ts';
import type { MlcModel } from './mlcModel.ts';

export interface GenerateOptions extends Turn {
  readonly model: MlcModel;
  readonly contextLength: number;
  readonly request: GenerateOrder;
}

/** Emits `done` or `failed` last; nothing after a cancel. Throws what the library throws. */
export async function generate(options: GenerateOptions): Promise<void> {
  const { model, request, emit, isCancelled, checkDevice } = options;
  const started = performance.now();
  const ids = promptTokens(options);
  if (ids === null) return;

  const completion = model.complete(request);
  const encodedMs = performance.now() - started;
  const sent = pieces((piece) => emit(tokenEvent(piece)), { eachToken: request.eachToken === true });
  let finish: string | null = null;
  let lastToken = started;
  for await (const step of completion.steps) {
    checkDevice();
    // The generator is read to its end all the same: only then is the library ready for the next answer.
    if (isCancelled()) completion.interrupt();
    else sent.add({ text: step.text, ids: step.ids });
    lastToken = performance.now();
    finish = step.finish ?? finish;
  }
  if (isCancelled()) return;
  checkDevice();
  const output = sent.end();
  const firstTokenMs = encodedMs + completion.firstTokenMs();
  emit({
    type: 'done',
    output,
    finish: finishOf(finish),
    usage: { promptTokens: ids.length, outputTokens: completion.tokens() },
    timing: { firstTokenMs, decodeMs: Math.max(0, lastToken - started - firstTokenMs) },
  });
}

function finishOf(said: string | null): FinishReason {
  if (said === 'stop' || said === 'length') return said;
  throw new FailureError(failure('unexpected', `web-llm ended an answer with ${String(said)}`));
}
