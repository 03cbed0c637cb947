import { describe, expect, it } from 'vitest';
import { failure, FailureError, type Chat, type ModelCard, type Reply } from '#domain';
import { memoryChatStore } from '#storage/chats';
import { chatMarkdown } from '../../src/app/playground/chatText.ts';
import { DeviceState } from '../../src/app/device.svelte.ts';
import { Models } from '../../src/app/models.svelte.ts';
import { Playground, type PlaygroundPorts } from '../../src/app/playground/playground.svelte.ts';
import type { ModelLibrary } from '../../src/app/ports.ts';
import { says, scriptedEngine, type Scenario } from '../../src/engines/scripted/index.ts';
import { runHeader } from '../fixtures/runs.ts';

const first: ModelCard = { ref: runHeader('.').spec.model, contextLength: 100, parameters: null, bytes: 1 };
const second: ModelCard = { ...first, ref: { ...first.ref, id: 'second', name: 'Second' } };
const library: Pick<ModelLibrary, 'list'> = { list: () => Promise.resolve([first, second]) };

async function stage(scenario: Scenario, change: Partial<PlaygroundPorts> = {}) {
  const models = new Models(library as ModelLibrary);
  await models.refresh();
  const counts = { alive: 0 };
  const inner = scriptedEngine(scenario);
  let ids = 0;
  const ports: PlaygroundPorts = {
    engine: {
      id: 'counting',
      load: async (request, signal) => {
        const model = await inner.load(request, signal);
        counts.alive += 1;
        let here = true;
        const dispose = async (): Promise<void> => {
          if (here) counts.alive -= 1;
          here = false;
          await model.dispose();
        };
        const { environment, contextLength, templateHash } = model;
        const render: typeof model.render = (messages) => model.render(messages);
        const generate: typeof model.generate = (r, s) => model.generate(r, s);
        return { environment, contextLength, templateHash, render, generate, dispose };
      },
    },
    knownSelfTest: () => null,
    onSelfTest: () => undefined,
    clock: { now: () => '2026-01-01T00:00:00.000Z', elapsed: () => 0 },
    newId: () => `chat-${ids++}`,
    chats: memoryChatStore(),
    models,
    device: new DeviceState(() => Promise.reject(new Error('no probe'))),
    ...change,
  };
  const playground = new Playground(ports);
  await playground.enter();
  return { playground, counts, ports };
}

async function ask(playground: Playground, question: string): Promise<readonly Reply[]> {
  playground.question = question;
  await playground.send();
  return playground.chat?.turns.at(-1)?.replies ?? [];
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('Playground', () => {
  it('asks the chosen models one after the other and keeps the conversation', async () => {
    const { playground, counts, ports } = await stage({ answer: ({ loadCount }) => says(`from ${loadCount}`) });
    playground.toggleModel(second, true);
    const replies = await ask(playground, ' Hello? ');
    expect(replies.map(({ model, output }) => [model.id, output])).toEqual([
      [first.ref.id, 'from 0'],
      ['second', 'from 1'],
    ]);
    expect(replies[0]?.prompt).toBe('<user>Hello?\n<assistant>');
    expect(counts.alive).toBe(1);
    expect(await ports.chats.list()).toEqual([playground.chat]);
    expect(playground.history).toEqual({ kind: 'ready', value: [playground.chat] });
    await playground.leave();
    expect(counts.alive).toBe(0);
  });

  it('sends the earlier turns and the system text along', async () => {
    const { playground } = await stage({ answer: ({ count }) => says(`answer ${count}`) });
    playground.system = 'Brief.';
    await ask(playground, 'one');
    const [reply] = await ask(playground, 'two');
    expect(reply?.prompt).toBe('<system>Brief.\n<user>one\n<assistant>answer 0\n<user>two\n<assistant>');
  });

  it('keeps what was written when it is stopped, and asks no other model', async () => {
    const { playground } = await stage({ answer: () => says('abc', { end: 'hang' }) });
    playground.toggleModel(second, true);
    playground.question = 'q';
    const done = playground.send();
    await until(() => playground.live?.current.kind === 'writing' && playground.live.current.text === 'abc');
    playground.stop();
    await done;
    expect(playground.chat?.turns[0]?.replies).toMatchObject([
      { output: 'abc', end: { kind: 'stopped' } },
      { output: '', end: { kind: 'stopped' } },
    ]);
  });

  it('gives the memory back when the page is left in the middle', async () => {
    const { playground, counts } = await stage({ answer: () => says('abc', { end: 'hang' }) });
    playground.question = 'q';
    const done = playground.send();
    await until(() => playground.live?.current.kind === 'writing');
    await playground.leave();
    await done;
    expect(counts.alive).toBe(0);
    expect(playground.chat?.turns).toHaveLength(1);
  });

  it('a model that fails does not keep the others from answering, and is fresh the next time', async () => {
    const { playground } = await stage({
      answer: ({ count }) => (count === 0 ? says('x', { end: 'die' }) : says('fine')),
    });
    playground.toggleModel(second, true);
    const replies = await ask(playground, 'one');
    expect(replies.map(({ end }) => end.kind)).toEqual(['failed', 'done']);
    const again = await ask(playground, 'two');
    expect(again.map(({ end }) => end.kind)).toEqual(['done', 'done']);
  });

  it('shows a conversation that storage refused, and says so', async () => {
    const full = failure('storage-full', 'no room');
    const chats = { ...memoryChatStore(), put: () => Promise.reject(new FailureError(full)) };
    const { playground } = await stage({ answer: () => says('x') }, { chats });
    expect(await ask(playground, 'one')).toHaveLength(1);
    expect(playground.problem).toEqual(full);
  });

  it('a blind conversation hides names, also in its export, until a reply is preferred', async () => {
    const { playground } = await stage({ answer: () => says('same') });
    playground.toggleModel(second, true);
    playground.blind = true;
    await ask(playground, 'one');
    expect(playground.hidden).toBe(true);
    expect(chatMarkdown(playground.chat as Chat)).not.toContain('Second');
    const before = playground.chat?.turns[0]?.replies.map(({ model }) => model.id);
    // The order holds for the whole conversation: else a column would tell who is who by changing.
    expect((await ask(playground, 'two')).map(({ model }) => model.id)).toEqual(before);
    await playground.prefer(0, 1);
    expect(playground.hidden).toBe(false);
    expect(chatMarkdown(playground.chat as Chat)).toContain('Second');
  });

  it('opens a stored conversation and goes on with it; a deleted one is gone from page and storage', async () => {
    const { playground, ports } = await stage({ answer: () => says('x') });
    await ask(playground, 'one');
    const stored = playground.chat as Chat;
    playground.startOver();
    expect(playground.chat).toBeNull();
    playground.open(stored);
    await ask(playground, 'two');
    expect((await ports.chats.list()).map(({ turns }) => turns.length)).toEqual([2]);
    await playground.delete(stored.id);
    expect(playground.chat).toBeNull();
    expect(await ports.chats.list()).toEqual([]);
  });

  it('sends nothing that no model could be asked', async () => {
    const { playground } = await stage({ answer: () => says('x') });
    expect(await ask(playground, '   ')).toEqual([]);
    playground.maxTokens = 0;
    expect(await ask(playground, 'q')).toEqual([]);
    playground.maxTokens = 5;
    playground.toggleModel(first, false);
    expect(await ask(playground, 'q')).toEqual([]);
  });
});
