import { createStore } from 'idb-keyval';
import * as v from 'valibot';
import {
  deviceSchema,
  failure,
  FailureError,
  failureSchema,
  modelRefSchema,
  timeSchema,
  type Chat,
  type ChatStore,
} from '#domain';
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
    timing: v.object({ firstTokenMs: duration, decodeMs: duration }),
  }),
  v.object({ kind: v.literal('stopped') }),
  v.object({ kind: v.literal('failed'), failure: failureSchema }),
]);

const turnSchema = v.pipe(
  v.object({
    question: v.string(),
    maxTokens: count,
    replies: v.array(
      v.object({ model: modelRefSchema, device: deviceSchema, prompt: v.string(), output: v.string(), end: endSchema }),
    ),
    preferred: v.nullable(count),
  }),
  v.check(({ preferred, replies }) => preferred === null || preferred < replies.length, 'preferred names no reply'),
);

const chatSchema = v.object({
  schema: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  startedAt: timeSchema,
  updatedAt: timeSchema,
  system: v.string(),
  blind: v.boolean(),
  turns: v.array(turnSchema),
});

/** The store over any medium. What is read has passed its schema, and so has what is written. */
function chatStoreOver(medium: Medium): ChatStore {
  return {
    list: async () => {
      const chats = (await medium.under(['chat'])).flatMap(([key, stored]): Chat[] => {
        const parsed = v.safeParse(chatSchema, stored);
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
