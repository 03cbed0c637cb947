import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#catalog';
import { failure, FailureError, type Chat, type ChatTurn, type ModelCard, type Reply, type Sampling } from '#domain';
import { courseOf } from '#domain/chat';
import { memoryChatStore } from '#storage/chats';
import { CatalogueState } from '../../src/app/catalogue.svelte.ts';
import { chatJson, chatMarkdown } from '../../src/app/playground/chatText.ts';
import { DeviceState } from '../../src/app/device.svelte.ts';
import { Models } from '../../src/app/models.svelte.ts';
import { Playground, type PlaygroundPorts } from '../../src/app/playground/playground.svelte.ts';
import type { ModelLibrary } from '../../src/app/ports.ts';
import { says, type Scenario } from '../../src/engines/scripted/index.ts';
import { counting } from '../fixtures/countingEngine.ts';
import { runHeader } from '../fixtures/runs.ts';
import { until } from '../fixtures/until.ts';

const first: ModelCard = { ref: runHeader('.').spec.model, contextLength: 100, parameters: null, bytes: 1 };
const second: ModelCard = { ...first, ref: { ...first.ref, id: 'second', name: 'Second' } };
const library: Pick<ModelLibrary, 'list'> = { list: () => Promise.resolve([first, second]) };

async function stage(scenario: Scenario, change: Partial<PlaygroundPorts> = {}) {
  const models = new Models(library as ModelLibrary);
  await models.refresh();
  const engine = counting(scenario);
  let ids = 0;
  const ports: PlaygroundPorts = {
    engine,
    knownSelfTest: () => null,
    onSelfTest: () => undefined,
    clock: { now: () => '2026-01-01T00:00:00.000Z', elapsed: () => 0 },
    newId: () => `chat-${ids++}`,
    chats: memoryChatStore(),
    models,
    device: new DeviceState(() => Promise.reject(new Error('no probe'))),
    catalogue: new CatalogueState(loadCatalogue),
    random: () => 0.25,
    ...change,
  };
  const playground = new Playground(ports);
  await playground.enter();
  return { playground, counts: engine.seen, ports };
}

async function ask(playground: Playground, question: string): Promise<readonly Reply[]> {
  playground.question = question;
  await playground.send();
  return playground.chat?.turns.at(-1)?.replies ?? [];
}

/** The words of a reply that is being written; '' where it is not. */
function written({ live }: Playground, place: number): string {
  const reply = live?.columns[place]?.reply;
  return reply !== undefined && 'kind' in reply && reply.kind === 'writing' ? reply.text : '';
}

function questions({ chat }: Playground): readonly string[] {
  return chat === null ? [] : courseOf(chat, chat.at).map(({ turn }: { turn: ChatTurn }) => turn.question);
}

describe('Playground', () => {
  it('asks the chosen models one after the other and keeps the conversation', async () => {
    const { playground, counts, ports } = await stage({ answer: ({ loadCount }) => says(`from ${loadCount}`) });
    playground.settings.toggleModel(second, true);
    const replies = await ask(playground, ' Hello? ');
    expect(replies.map(({ model, output }) => [model.id, output])).toEqual([
      [first.ref.id, 'from 0'],
      ['second', 'from 1'],
    ]);
    expect(replies[0]?.prompt).toBe('<user>Hello?\n<assistant>');
    expect(counts.alive).toBe(1);
    expect(await ports.chats.list()).toEqual([playground.chat]);
    expect(playground.history.all).toEqual({ kind: 'ready', value: [playground.chat] });
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
    playground.settings.toggleModel(second, true);
    playground.question = 'q';
    const done = playground.send();
    await until(() => written(playground, 0) === 'abc');
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
    await until(() => written(playground, 0) === 'abc');
    await playground.leave();
    await done;
    expect(counts.alive).toBe(0);
    expect(playground.chat?.turns).toHaveLength(1);
  });

  it('a model that fails does not keep the others from answering, and is fresh the next time', async () => {
    const { playground } = await stage({
      answer: ({ count }) => (count === 0 ? says('x', { end: 'die' }) : says('fine')),
    });
    playground.settings.toggleModel(second, true);
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
    expect(playground.history.problem).toEqual(full);
  });

  it('a blind turn hides names, also in the export, until a reply is preferred; then the choice stands', async () => {
    const { playground } = await stage({ answer: () => says('same') });
    playground.settings.toggleModel(second, true);
    playground.blind = true;
    await ask(playground, 'one');
    expect(playground.course.map(({ hidden }) => hidden)).toEqual([true]);
    expect(chatMarkdown(playground.chat as Chat)).not.toContain('Second');
    const before = playground.chat?.turns[0]?.replies.map(({ model }) => model.id);
    // While names are hidden a column goes on with what it said.
    expect((await ask(playground, 'two')).map(({ model }) => model.id)).toEqual(before);
    await playground.prefer(0, 1);
    expect(playground.course.map(({ hidden }) => hidden)).toEqual([false, true]);
    expect(chatMarkdown(playground.chat as Chat)).toContain('Second');
    await playground.prefer(0, 0);
    expect(playground.chat?.turns[0]?.preferred).toBe(1);
    await playground.prefer(1, 'tie');
    expect(playground.course.map(({ hidden }) => hidden)).toEqual([false, false]);
  });

  it('draws the order anew once names were shown', async () => {
    let draw = 0.25;
    const { playground } = await stage({ answer: () => says('same') }, { random: () => draw });
    playground.settings.toggleModel(second, true);
    playground.blind = true;
    const order = async (question: string): Promise<readonly string[]> =>
      (await ask(playground, question)).map(({ model }) => model.id);
    expect(await order('one')).toEqual(['second', first.ref.id]);
    await playground.prefer(0, 0);
    draw = 0.75;
    expect(await order('two')).toEqual([first.ref.id, 'second']);
  });

  it('asks servers beside each other and beside the page, and stops one of them alone', async () => {
    const server = (id: string): ModelCard => ({ ...first, ref: { ...first.ref, id, name: id, source: 'server' } });
    const { playground, ports, counts } = await stage({ answer: () => says('abc', { end: 'hang' }) });
    ports.models.showRemote([server('far'), server('farther')]);
    for (const card of [second, server('far'), server('farther')]) playground.settings.toggleModel(card, true);
    playground.question = 'q';
    const done = playground.send();
    // The second model of the page waits; both servers write beside the first.
    await until(() => [0, 2, 3].every((place) => written(playground, place) === 'abc'));
    expect(playground.live?.columns[1]?.reply).toEqual({ kind: 'waiting' });
    playground.stop(2);
    await until(() => playground.live?.ended === 1);
    expect(written(playground, 3)).toBe('abc');
    playground.stop();
    await done;
    expect(playground.chat?.turns[0]?.replies.map(({ end, device }) => `${device} ${end.kind}`)).toEqual([
      'wasm stopped',
      'wasm stopped',
      'server stopped',
      'server stopped',
    ]);
    await playground.leave();
    expect(counts.alive).toBe(0);
  });

  it('a turn that is changed stands beside the one before, with what came after each', async () => {
    const { playground, ports } = await stage({ answer: ({ count }) => says(`answer ${count}`) });
    await ask(playground, 'one');
    await ask(playground, 'two');
    await playground.askAgain(0, 'one, changed');
    expect(questions(playground)).toEqual(['one, changed']);
    expect(playground.course[0]?.versions).toEqual([0, 2]);
    await ask(playground, 'after');
    expect(questions(playground)).toEqual(['one, changed', 'after']);
    expect(playground.chat?.turns.at(-1)?.replies[0]?.prompt).toContain('one, changed');
    await playground.show(0);
    expect(questions(playground)).toEqual(['one', 'two']);
    // Asked again as it was: another version, and nothing is lost.
    await playground.askAgain(1, 'two');
    expect(playground.chat?.turns).toHaveLength(5);
    expect(playground.course.at(-1)?.versions).toEqual([1, 4]);
    expect(await ports.chats.list()).toEqual([playground.chat]);
    expect(JSON.parse(chatJson(playground.chat as Chat))).toMatchObject({ format: 'tabeval-chat', schema: 2, at: 4 });
  });

  it('takes the makers values, greedy where there are none, or ones own', async () => {
    const asked: Sampling[] = [];
    const known: ModelCard = { ...first, ref: { ...first.ref, id: 'Qwen/Qwen3-0.6B', source: 'hub' } };
    const both = { list: () => Promise.resolve([first, known]) };
    const models = new Models(both as unknown as ModelLibrary);
    await models.refresh();
    const { playground } = await stage({ answer: () => says('x') }, { models });
    playground.settings.toggleModel(known, true);
    asked.push(...(await ask(playground, 'q')).map(({ sampling }) => sampling));
    expect(asked).toEqual([
      { kind: 'greedy' },
      { kind: 'sampled', temperature: 0.6, topP: 0.95, topK: 20, minP: 0, repetitionPenalty: 1, seed: 2 ** 29 },
    ]);
    playground.settings.sampling.choose('own', playground.settings.models, null);
    expect(playground.settings.sampling.values).toMatchObject({ temperature: 0.6, topK: 20 });
    playground.settings.sampling.set('temperature', 1.5);
    playground.settings.sampling.seed = 7;
    const own = (await ask(playground, 'q')).map(({ sampling }) => sampling);
    expect(own.every((one) => one.kind === 'sampled' && one.temperature === 1.5 && one.seed === 7)).toBe(true);
    // What a person has written stays.
    playground.settings.sampling.choose('greedy', playground.settings.models, null);
    playground.settings.sampling.choose('own', playground.settings.models, null);
    expect(playground.settings.sampling.values.temperature).toBe(1.5);
    playground.settings.sampling.set('topP', 0);
    expect(playground.ready).toBe(false);
    expect(chatMarkdown(playground.chat as Chat)).toContain('seed 7');
  });

  it('finds, renames and keeps conversations', async () => {
    const { playground, ports } = await stage({ answer: () => says('the answer is blue') });
    await ask(playground, 'What colour?');
    const chat = playground.chat as Chat;
    playground.startOver();
    await ask(playground, 'Another');
    playground.history.search = 'COLOUR';
    expect(playground.history.found.map(({ id }) => id)).toEqual([chat.id]);
    playground.history.search = 'blue';
    expect(playground.history.found).toHaveLength(2);
    await playground.rename(chat, '  Sky ');
    expect((await ports.chats.list()).find(({ id }) => id === chat.id)?.title).toBe('Sky');
    playground.history.search = 'sky';
    expect(playground.history.found).toHaveLength(1);
    await playground.rename({ ...chat, title: 'Sky' }, ' ');
    expect((await ports.chats.list()).find(({ id }) => id === chat.id)).not.toHaveProperty('title');
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
    playground.settings.maxTokens = 0;
    expect(await ask(playground, 'q')).toEqual([]);
    playground.settings.maxTokens = 5;
    playground.settings.toggleModel(first, false);
    expect(await ask(playground, 'q')).toEqual([]);
  });
});
