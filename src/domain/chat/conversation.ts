/** A conversation of the playground: the same turns to one or several models, each with its own course. */
import type { Device, Sampling, Timing, Usage } from '../engine.ts';
import { findThinking, opensThinking } from '../extract/text/thinking.ts';
import type { Failure } from '../failure.ts';
import type { ModelRef } from '../model.ts';
import type { Message } from '../prompt.ts';
import type { ThinkingMode } from '../thinkingMode.ts';
import type { FinishReason } from '../verdict.ts';

export type ReplyEnd =
  | { readonly kind: 'done'; readonly finish: FinishReason; readonly usage: Usage | null; readonly timing: Timing }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What one model said to one turn. */
export interface Reply {
  readonly model: ModelRef;
  readonly device: Device;
  /** How its tokens were chosen. */
  readonly sampling: Sampling;
  /** The exact string that the model was given; '' where it never came to that. */
  readonly prompt: string;
  /** A server turned the conversation into the prompt: `prompt` holds the texts that it got. Absent: we did. */
  readonly renderedBy?: 'server';
  /** Raw, thinking included. */
  readonly output: string;
  readonly end: ReplyEnd;
}

/**
 * What a person chose among the replies of a turn: the place of the better one, or that none is better than the others.
 * Null: nothing so far.
 */
export type Preference = number | 'tie' | null;

export interface ChatTurn {
  /** Place in `Chat.turns` of the turn that this one goes on from; null: it is a beginning. Smaller than its own. */
  readonly parent: number | null;
  readonly question: string;
  /** Most new tokens for each reply, thinking included. */
  readonly maxTokens: number;
  /** Whether the models were to think; absent: each as it does by itself. */
  readonly thinking?: ThinkingMode;
  /** In the order in which they stand side by side. */
  readonly replies: readonly Reply[];
  readonly preferred: Preference;
}

/**
 * A tree of turns: a turn that is asked again, or changed and asked, stands beside the one before and loses nothing of
 * it. One course through the tree is shown: the turns from a beginning to `at`.
 */
export interface Chat {
  readonly schema: 2;
  readonly id: string;
  readonly startedAt: string;
  readonly updatedAt: string;
  /** Given by a person. Absent: the first question names it. */
  readonly title?: string;
  /** '': none is sent, and the model's own template decides. */
  readonly system: string;
  /** Who wrote a reply is hidden until the person has chosen among the replies of its turn. */
  readonly blind: boolean;
  /** In the order in which they were asked. */
  readonly turns: readonly ChatTurn[];
  /** Place of the last turn that is shown; null: there is none yet. */
  readonly at: number | null;
}

/** Adapter: storage/chatStore. Methods reject with a FailureError, like those of the ResultStore. */
export interface ChatStore {
  /** Newest first. What no version of ours wrote is left out and stays stored. */
  list(): Promise<readonly Chat[]>;
  put(chat: Chat): Promise<void>;
  delete(id: string): Promise<void>;
}

/** A turn and its place in `Chat.turns`. */
export interface PlacedTurn {
  readonly place: number;
  readonly turn: ChatTurn;
}

/** The turns from a beginning to the one at `at`, in that order. */
export function courseOf({ turns }: Pick<Chat, 'turns'>, at: number | null): readonly PlacedTurn[] {
  const course: PlacedTurn[] = [];
  let place = at;
  while (place !== null) {
    const turn = turns[place];
    if (turn === undefined) break;
    course.unshift({ place, turn });
    place = turn.parent;
  }
  return course;
}

/** Places of all turns that go on from the same one. */
export function versionsOf({ turns }: Pick<Chat, 'turns'>, parent: number | null): readonly number[] {
  return turns.flatMap((turn, place) => (turn.parent === parent ? [place] : []));
}

/** Where the course that was asked last from this turn on ends. */
export function newestBelow(chat: Pick<Chat, 'turns'>, place: number): number {
  const next = versionsOf(chat, place).at(-1);
  return next === undefined ? place : newestBelow(chat, next);
}

/** Whether it is still hidden who wrote the replies. With one reply there is nothing to choose, and nothing to hide. */
export function isHiddenTurn({ blind }: Pick<Chat, 'blind'>, turn: Pick<ChatTurn, 'replies' | 'preferred'>): boolean {
  return blind && turn.preferred === null && turn.replies.length > 1;
}

/** Most UTF-16 code units of a title that a person gives. */
export const TITLE_LENGTH = 200;

/** What stands for a conversation in lists. */
export function titleOf({ title, turns }: Pick<Chat, 'title' | 'turns'>): string {
  return title ?? turns[0]?.question ?? '';
}

/** A piece of a reply: what the model thought, or what it said. */
export interface SpokenPart {
  readonly kind: 'thinking' | 'said';
  /** The output ends inside this thinking. */
  readonly open: boolean;
  readonly text: string;
}

/** Signs that open and close thinking and channels: they are no part of what was thought. */
const MARK = String.raw`(?:</?[a-z:]{1,20}>|\[/?THINK\]|◁/?think▷|<\|?/?[a-z_]{1,24}\|?>(?:analysis|commentary|final|thought)?)`;
const EDGES = new RegExp(String.raw`^(?:\s*${MARK})+|(?:${MARK}\s*)+$`, 'gi');

/** An output cut up for showing; pieces without a word are left out. Only the prompt tells whether it begins as thinking. */
export function spokenParts({ output, prompt }: Pick<Reply, 'output' | 'prompt'>): readonly SpokenPart[] {
  const { removed, unclosed } = findThinking(output, opensThinking(prompt));
  const parts: SpokenPart[] = [];
  let from = 0;
  removed.forEach(({ start, end }, n) => {
    parts.push({ kind: 'said', open: false, text: output.slice(from, start) });
    const text = output.slice(start, end).replace(EDGES, '');
    parts.push({ kind: 'thinking', open: unclosed && n === removed.length - 1, text: text.trim() });
    from = end;
  });
  parts.push({ kind: 'said', open: false, text: removed.length === 0 ? output : output.slice(from).trimStart() });
  return parts.filter(({ text }) => text.trim() !== '');
}

/** A reply without its thinking: what a model is shown of its own earlier replies. */
export function saidIn(reply: Pick<Reply, 'output' | 'prompt'>): string {
  return spokenParts(reply)
    .flatMap(({ kind, text }) => (kind === 'said' ? [text] : []))
    .join('')
    .trim();
}

/** Stands for one model and device through a conversation. */
export function speakerKey({ model, device }: Pick<Reply, 'model' | 'device'>): string {
  return `${model.id}@${model.revision} ${model.build.engine} ${model.build.quantisation} ${device}`;
}

/**
 * The conversation as one model sees it, up to a new question: `turns` is one course. Turns that this model did not
 * answer are left out: templates want question and reply by turns.
 */
export function chatMessages(
  chat: { readonly system: string; readonly turns: readonly ChatTurn[] },
  speaker: string,
  question: string,
): Message[] {
  const earlier = chat.turns.flatMap((turn): Message[] => {
    const reply = turn.replies.find((other) => speakerKey(other) === speaker);
    const said = reply === undefined ? '' : saidIn(reply);
    if (said === '') return [];
    return [
      { role: 'user', content: turn.question },
      { role: 'assistant', content: said },
    ];
  });
  const system: Message[] = chat.system.trim() === '' ? [] : [{ role: 'system', content: chat.system }];
  return [...system, ...earlier, { role: 'user', content: question }];
}
