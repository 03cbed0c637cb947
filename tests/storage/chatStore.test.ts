import { expect, it } from 'vitest';
import { failure, type Chat } from '#domain';
import { memoryChatStore } from '#storage/chats';
import type { Rows } from '../../src/storage/memory.ts';
import { runHeader } from '../fixtures/runs.ts';

function chat(id: string, updatedAt: string): Chat {
  const { model } = runHeader('.').spec;
  const timing = { firstTokenMs: 3, decodeMs: 5.5 };
  return {
    schema: 1,
    id,
    startedAt: '2026-01-01T00:00:00.000Z',
    updatedAt,
    system: '',
    blind: true,
    turns: [
      {
        question: 'q',
        maxTokens: 8,
        preferred: 1,
        replies: [
          {
            model,
            device: 'wasm',
            prompt: 'p',
            output: 'o',
            end: { kind: 'done', finish: 'stop', usage: { promptTokens: 1, outputTokens: 2 }, timing },
          },
          { model, device: 'wasm', prompt: '', output: '', end: { kind: 'failed', failure: failure('network', 'x') } },
        ],
      },
    ],
  };
}

const older = chat('a', '2026-01-01T00:00:00.000Z');
const newer = chat('b', '2026-01-02T00:00:00.000Z');

it('keeps conversations, newest first, until they are deleted', async () => {
  const store = memoryChatStore();
  await store.put(older);
  await store.put(newer);
  expect(await store.list()).toEqual([newer, older]);
  await store.put({ ...older, updatedAt: '2026-01-03T00:00:00.000Z' });
  expect((await store.list()).map(({ id }) => id)).toEqual(['a', 'b']);
  await store.delete('a');
  expect(await store.list()).toEqual([newer]);
});

it('leaves out what it cannot read, and keeps it', async () => {
  const rows: Rows = new Map();
  const store = memoryChatStore(rows);
  await store.put(newer);
  const foreign = [
    ['later', { ...older, schema: 2, id: 'later' }],
    ['other', older],
    ['odd', 'text'],
  ] as const;
  for (const [id, value] of foreign) rows.set(JSON.stringify(['chat', id]), [['chat', id], value]);
  expect(await store.list()).toEqual([newer]);
  expect(rows.size).toBe(4);
});

it('refuses to write what it could not read again', async () => {
  const store = memoryChatStore();
  const broken = { ...older, turns: older.turns.map((turn) => ({ ...turn, preferred: 7 })) };
  await expect(store.put(broken)).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
  expect(await store.list()).toEqual([]);
});
