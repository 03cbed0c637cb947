import { createStore } from 'idb-keyval';
import * as v from 'valibot';
import {
  deviceSchema,
  failure,
  FailureError,
  failureSchema,
  modelRefSchema,
  samplingSchema,
  THINKING_MODES,
  timeSchema,
  type Chat,
  type ChatStore,
} from '#domain';
import { TITLE_LENGTH } from '#domain/chat';
import { indexedDbMedium } from './indexedDb.ts';
import type { Key, Medium } from './medium.ts';
import { memoryMedium, type Rows } from './memory.ts';

/** In a database of its own, like everything that is deleted by itself. Opens nothing until the first use. */
export function indexedDbChatStore(database = 'tabeval-chats'): ChatStore {
  return chatStoreOver(indexedDbMedium(createStore(database, 'kv')));
}

/** Conversations for as long as the page lives. */
export function memoryChatStore(rows: Rows = new Map()): ChatStore {
  return chatStoreOver(memoryMedium(rows));
}

const keyOf = (id: string): Key => ['chat', id];

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const duration = v.pipe(v.number(), v.finite(), v.minValue(0));

const endSchema = v.variant('kind', [
  v.object({
    kind: v.literal('done'),
    finish: v.picklist(['stop', 'length']),
    usage: v.nullable(v.object({ promptTokens: count, outputTokens: count })),
    timing: v.object({ firstTokenMs: duration, decodeMs: duration, reusedTokens: v.exactOptional(count) }),
  }),
  v.object({ kind: v.literal('stopped') }),
  v.object({ kind: v.literal('failed'), failure: failureSchema }),
]);

const replySchema = v.object({
  model: modelRefSchema,
  device: deviceSchema,
  sampling: samplingSchema,
  prompt: v.string(),
  renderedBy: v.exactOptional(v.literal('server')),
  output: v.string(),
  end: endSchema,
});

const turnSchema = v.pipe(
  v.object({
    parent: v.nullable(count),
    question: v.string(),
    maxTokens: count,
    thinking: v.exactOptional(v.picklist(THINKING_MODES)),
    replies: v.array(replySchema),
    preferred: v.nullable(v.union([count, v.literal('tie')])),
  }),
  v.check(
    ({ preferred, replies }) => typeof preferred !== 'number' || preferred < replies.length,
    'preferred names no reply',
  ),
);

const idSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

const chatSchema = v.pipe(
  v.object({
    schema: v.literal(2),
    id: idSchema,
    startedAt: timeSchema,
    updatedAt: timeSchema,
    title: v.exactOptional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(TITLE_LENGTH))),
    system: v.string(),
    blind: v.boolean(),
    turns: v.array(turnSchema),
    at: v.nullable(count),
  }),
  // So the way from a turn to its beginning always ends.
  v.check(
    ({ turns }) => turns.every(({ parent }, n) => parent === null || parent < n),
    'a turn goes on from a later one',
  ),
  v.check(({ turns, at }) => at === null || at < turns.length, 'at names no turn'),
);

/** Version 1 knew one course of turns, and only greedy decoding. */
const firstSchema = v.looseObject({
  schema: v.literal(1),
  turns: v.array(v.looseObject({ replies: v.array(v.looseObject({})) })),
});

function migrated(stored: unknown): unknown {
  const first = v.safeParse(firstSchema, stored);
  if (!first.success) return stored;
  const turns = first.output.turns.map((turn, n) => ({
    ...turn,
    parent: n === 0 ? null : n - 1,
    replies: turn.replies.map((reply) => ({ ...reply, sampling: { kind: 'greedy' } })),
  }));
  return { ...first.output, schema: 2, turns, at: turns.length === 0 ? null : turns.length - 1 };
}

/** The store over any medium. What is read has passed its schema, and so has what is written. */
function chatStoreOver(medium: Medium): ChatStore {
  return {
    list: async () => {
      const chats = (await medium.under(['chat'])).flatMap(([key, stored]): Chat[] => {
        const parsed = v.safeParse(chatSchema, migrated(stored));
        return parsed.success && parsed.output.id === key[1] ? [parsed.output] : [];
      });
      return chats.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
    },
    put: async (chat) => {
      const parsed = v.safeParse(chatSchema, chat);
      if (!parsed.success) throw new FailureError(failure('invalid-input', v.summarize(parsed.issues)));
      await medium.put([[keyOf(chat.id), parsed.output]]);
    },
    delete: (id) => medium.remove([keyOf(id)]),
  };
}
