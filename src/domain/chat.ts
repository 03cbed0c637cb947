/** A conversation of the playground: the same turns to one or several models, each with its own course. */
import type { Device, Timing, Usage } from './engine.ts';
import { findThinking } from './extract/thinking.ts';
import type { Failure } from './failure.ts';
import type { ModelRef } from './model.ts';
import type { Message } from './prompt.ts';
import type { FinishReason } from './verdict.ts';

export type ReplyEnd =
  | { readonly kind: 'done'; readonly finish: FinishReason; readonly usage: Usage | null; readonly timing: Timing }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What one model said to one turn. */
export interface Reply {
  readonly model: ModelRef;
  readonly device: Device;
  /** The exact string that the model was given; '' where it never came to that. */
  readonly prompt: string;
  /** Raw, thinking included. */
  readonly output: string;
  readonly end: ReplyEnd;
}

export interface ChatTurn {
  readonly question: string;
  /** Most new tokens for each reply. */
  readonly maxTokens: number;
  /** In the order in which the models were asked. */
  readonly replies: readonly Reply[];
  /** Place of the reply that a person preferred; null: none so far. */
  readonly preferred: number | null;
}

export interface Chat {
  readonly schema: 1;
  readonly id: string;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** '': none is sent, and the model's own template decides. */
  readonly system: string;
  /** The models' names were hidden while it was written, until a reply was preferred. */
  readonly blind: boolean;
  readonly turns: readonly ChatTurn[];
}

/** Adapter: storage/chatStore. Methods reject with a FailureError, like those of the ResultStore. */
export interface ChatStore {
  /** Newest first. What no version of ours wrote is left out and stays stored. */
  list(): Promise<readonly Chat[]>;
  put(chat: Chat): Promise<void>;
  delete(id: string): Promise<void>;
}

/** Whether the names are still hidden: a blind conversation shows them from the first preference on. */
export function isHiddenChat({ blind, turns }: Pick<Chat, 'blind' | 'turns'>): boolean {
  return blind && turns.every(({ preferred }) => preferred === null);
}

/** An output without its thinking: what a model is shown of its own earlier replies. */
export function saidIn(output: string): string {
  let said = '';
  let from = 0;
  for (const { start, end } of findThinking(output).removed) {
    said += output.slice(from, start);
    from = end;
  }
  return (said + output.slice(from)).trim();
}

/** Stands for one model and device through a conversation. */
export function speakerKey({ model, device }: Pick<Reply, 'model' | 'device'>): string {
  return `${model.id}@${model.revision} ${model.build.engine} ${model.build.quantisation} ${device}`;
}

/**
 * The conversation as one model sees it, up to a new question. Turns that this model did not answer are left out:
 * templates want question and reply by turns.
 */
export function chatMessages(chat: Pick<Chat, 'system' | 'turns'>, speaker: string, question: string): Message[] {
  const earlier = chat.turns.flatMap((turn): Message[] => {
    const reply = turn.replies.find((other) => speakerKey(other) === speaker);
    const said = reply === undefined ? '' : saidIn(reply.output);
    if (said === '') return [];
    return [
      { role: 'user', content: turn.question },
      { role: 'assistant', content: said },
    ];
  });
  const system: Message[] = chat.system.trim() === '' ? [] : [{ role: 'system', content: chat.system }];
  return [...system, ...earlier, { role: 'user', content: question }];
}
