import { failure, toFailure, type Device, type LoadProgress, type Message, type ModelCard, type Reply } from '#domain';
import { FrameBatch } from '../frameBatch.ts';
import type { KeptModel } from '../keptModel.ts';

/** Where a reply stands that has not ended yet. */
export type LiveReply =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress | null }
  | { readonly kind: 'writing'; readonly prompt: string; readonly text: string };

export interface ReplyTask {
  readonly card: ModelCard;
  readonly device: Device;
  readonly messages: readonly Message[];
  readonly maxTokens: number;
}

/** Loads the model (or takes the kept one) and lets it write. Never throws: what went wrong is in the reply's end. */
export async function writeReply(
  { card, device, messages, maxTokens }: ReplyTask,
  kept: KeptModel,
  show: (live: LiveReply) => void,
  signal: AbortSignal,
): Promise<Reply> {
  let prompt = '';
  let text = '';
  const batch = new FrameBatch((more) => {
    text += more;
    show({ kind: 'writing', prompt, text });
  });
  const ended = (end: Reply['end']): Reply => {
    batch.flush();
    return { model: card.ref, device, prompt, output: text, end };
  };
  try {
    signal.throwIfAborted();
    show({ kind: 'loading', progress: null });
    const model = await kept.take(
      { model: card, device },
      (progress) => !signal.aborted && show({ kind: 'loading', progress }),
      signal,
    );
    prompt = await model.render(messages);
    show({ kind: 'writing', prompt, text });
    for await (const event of model.generate({ messages, prompt, maxTokens, sampling: { kind: 'greedy' } }, signal)) {
      if (event.type === 'token') batch.add(event.text);
      else if (event.type === 'cancelled') return ended({ kind: 'stopped' });
      else if (event.type === 'failed') {
        // A worker that failed may be gone: the next turn gets a fresh one.
        await kept.release();
        return ended({ kind: 'failed', failure: event.failure });
      } else if (event.type === 'done') {
        const { finish, usage, timing } = event;
        return ended({ kind: 'done', finish, usage, timing });
      }
    }
    return ended({ kind: 'failed', failure: failure('unexpected', 'the engine ended its stream without an end') });
  } catch (thrown) {
    if (signal.aborted) return ended({ kind: 'stopped' });
    await kept.release();
    return ended({ kind: 'failed', failure: toFailure(thrown) });
  }
}
