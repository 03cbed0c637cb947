import {
  failure,
  toFailure,
  type Device,
  type LoadProgress,
  type Message,
  type ModelCard,
  type Reply,
  type Sampling,
  type ThinkingMode,
} from '#domain';
import { FrameBatch } from '../frameBatch.ts';
import type { HeldModels } from './heldModels.ts';

/** Where a reply stands that has not ended yet. */
export type LiveReply =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress | null }
  | { readonly kind: 'writing'; readonly prompt: string; readonly text: string };

export interface ReplyTask {
  readonly card: ModelCard;
  readonly device: Device;
  readonly sampling: Sampling;
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /** Whether it is to think; null: as it does by itself. */
  readonly thinking: ThinkingMode | null;
}

/** Loads the model (or takes the held one) and lets it write. Never throws: what went wrong is in the reply's end. */
export async function writeReply(
  { card, device, sampling, messages, maxTokens, thinking }: ReplyTask,
  held: HeldModels,
  show: (live: LiveReply) => void,
  signal: AbortSignal,
): Promise<Reply> {
  const wanted = { model: card, device };
  let prompt = '';
  let text = '';
  let byServer = false;
  const batch = new FrameBatch((more) => {
    text += more;
    show({ kind: 'writing', prompt, text });
  });
  const ended = (end: Reply['end']): Reply => {
    batch.flush();
    const renderedBy = byServer ? { renderedBy: 'server' as const } : {};
    return { model: card.ref, device, sampling, prompt, ...renderedBy, output: text, end };
  };
  try {
    signal.throwIfAborted();
    show({ kind: 'loading', progress: null });
    const model = await held.take(wanted, (progress) => !signal.aborted && show({ kind: 'loading', progress }), signal);
    prompt = await model.render(messages, thinking ?? undefined);
    byServer = model.renderedBy === 'server';
    show({ kind: 'writing', prompt, text });
    const request = { messages, prompt, maxTokens, sampling, ...(thinking === null ? {} : { thinking }) };
    for await (const event of model.generate(request, signal)) {
      if (event.type === 'token') batch.add(event.text);
      else if (event.type === 'cancelled') return ended({ kind: 'stopped' });
      else if (event.type === 'failed') {
        await held.drop(wanted);
        return ended({ kind: 'failed', failure: event.failure });
      } else if (event.type === 'done') {
        const { finish, usage, timing } = event;
        return ended({ kind: 'done', finish, usage, timing });
      }
    }
    return ended({ kind: 'failed', failure: failure('unexpected', 'the engine ended its stream without an end') });
  } catch (thrown) {
    if (signal.aborted) return ended({ kind: 'stopped' });
    await held.drop(wanted);
    return ended({ kind: 'failed', failure: toFailure(thrown) });
  }
}
