/** One answer: streamed, stoppable between two tokens. */
import { failure, FailureError, sha256Hex, type FinishReason } from '#domain';
import { pieces, tokenEvent } from '../../worker/pieces.ts';
import type { GenerateOrder, Turn } from '../../worker/serve.ts';
import type { MlcModel } from './mlcModel.ts';

export interface GenerateOptions extends Turn {
  readonly model: MlcModel;
  readonly contextLength: number;
  readonly request: GenerateOrder;
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

  const completion = model.complete(request);
  const encodedMs = performance.now() - started;
  const sent = pieces((text, tokens) => emit(tokenEvent(text, tokens)), { eachToken: request.eachToken === true });
  let finish: string | null = null;
  let lastToken = started;
  for await (const step of completion.steps) {
    checkDevice();
    // The generator is read to its end all the same: only then is the library ready for the next answer.
    if (isCancelled()) completion.interrupt();
    else sent.add(step.text);
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
    usage: { promptTokens, outputTokens: completion.tokens() },
    timing: { firstTokenMs, decodeMs: Math.max(0, lastToken - started - firstTokenMs) },
  });
}

function finishOf(said: string | null): FinishReason {
  if (said === 'stop' || said === 'length') return said;
  throw new FailureError(failure('unexpected', `web-llm ended an answer with ${String(said)}`));
}
