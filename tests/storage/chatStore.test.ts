import { expect, it } from 'vitest';
import { failure, type Chat, type Sampling } from '#domain';
import { memoryChatStore } from '#storage/chats';
import type { Rows } from '../../src/storage/memory.ts';
import { runHeader } from '../fixtures/runs.ts';

const GREEDY: Sampling = { kind: 'greedy' };
const DRAWN: Sampling = {
  kind: 'sampled',
  temperature: 0.6,
  topP: 0.95,
  topK: 20,
  minP: 0,
  repetitionPenalty: 1,
  seed: 7,
};

function chat(id: string, updatedAt: string): Chat {
  const { model } = runHeader('.').spec;
  const timing = { firstTokenMs: 3, decodeMs: 5.5 };
  return {
    schema: 2,
    id,
    startedAt: '2026-01-01T00:00:00.000Z',
    updatedAt,
    system: '',
    blind: true,
    at: 0,
    turns: [
      {
        parent: null,
        question: 'q',
        maxTokens: 8,
        preferred: 1,
        replies: [
          {
            model,
            device: 'wasm',
            sampling: GREEDY,
            prompt: 'p',
            output: 'o',
            end: { kind: 'done', finish: 'stop', usage: { promptTokens: 1, outputTokens: 2 }, timing },
          },
          {
            model,
            device: 'server',
            sampling: DRAWN,
            prompt: '',
            renderedBy: 'server',
            output: '',
            end: { kind: 'failed', failure: failure('network', 'x') },
          },
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
    ['later', { ...older, schema: 3, id: 'later' }],
    ['other', older],
    ['odd', 'text'],
  ] as const;
  for (const [id, value] of foreign) rows.set(JSON.stringify(['chat', id]), [['chat', id], value]);
  expect(await store.list()).toEqual([newer]);
  expect(rows.size).toBe(4);
});

it('reads what the first version wrote: one course, greedy', async () => {
  const rows: Rows = new Map();
  const store = memoryChatStore(rows);
  const without = (value: object, ...keys: readonly string[]): object =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
  const [turn] = older.turns;
  if (turn === undefined) throw new Error('the fixture has no turn');
  const old = {
    ...without(turn, 'parent'),
    replies: turn.replies.map((reply) => without(reply, 'sampling', 'renderedBy')),
  };
  rows.set(JSON.stringify(['chat', 'a']), [['chat', 'a'], { ...without(older, 'at'), schema: 1, turns: [old, old] }]);
  const [read] = await store.list();
  expect(read).toMatchObject({ schema: 2, at: 1, turns: [{ parent: null }, { parent: 0 }] });
  expect(read?.turns.flatMap(({ replies }) => replies.map(({ sampling }) => sampling))).toEqual(
    Array.from({ length: 4 }, () => GREEDY),
  );
});

it.each([
  ['a preference for no reply', { turns: older.turns.map((turn) => ({ ...turn, preferred: 7 })) }],
  ['a turn that goes on from itself', { turns: older.turns.map((turn) => ({ ...turn, parent: 0 })) }],
  ['an end that is no turn', { at: 5 }],
])('refuses to write %s', async (_, change) => {
  await expect(memoryChatStore().put({ ...older, ...change })).rejects.toMatchObject({
    failure: { code: 'invalid-input' },
  });
});

it('keeps a title and a choice of none', async () => {
  const store = memoryChatStore();
  const named: Chat = { ...older, title: 'Mine', turns: older.turns.map((turn) => ({ ...turn, preferred: 'tie' })) };
  await store.put(named);
  expect(await store.list()).toEqual([named]);
});
