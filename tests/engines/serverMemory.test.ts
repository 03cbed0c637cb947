/** Taking a model into a server's memory, and out of it. */
import { afterEach, expect, test } from 'vitest';
import { flavours, says, standIn, type Scenario, type StandIn } from '../fixtures/servers/index.ts';
import { bridge, never } from './serverStage.ts';

const servers: StandIn[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function connected(scenario: Partial<Scenario>) {
  const server = await standIn({ flavour: flavours.lmStudio, answer: () => says(''), ...scenario });
  servers.push(server);
  const subject = bridge({ patience: { shortMs: 150 } });
  const { models } = await subject.connect({ address: server.address, key: null, kind: 'other' }, never);
  const tell = (place: number, wanted: boolean) => {
    const ref = models[place]?.card.ref;
    if (ref === undefined) throw new Error(`there is no model ${place}`);
    return subject.setLoaded(server.address, ref, wanted, never);
  };
  return { server, models, tell };
}

test('LM Studio: loads by the model’s name, unloads each instance by its own', async () => {
  const { server, models, tell } = await connected({});
  expect(models.map(({ loaded, manageable }) => [loaded, manageable])).toEqual([
    [true, true],
    [false, true],
  ]);
  const after = await tell(1, true);
  expect(after.models.map(({ loaded }) => loaded)).toEqual([true, true]);
  // The same weights as before: the list of models to choose from stays as it was.
  expect(after.models[1]?.card.ref).toEqual(models[1]?.card.ref);
  expect(after.models[1]?.card.contextLength).toBe(4096);
  expect((await tell(1, false)).models.map(({ loaded }) => loaded)).toEqual([true, false]);
  const told = server.seen
    .filter(({ path }) => path.startsWith('/api/v1/models/'))
    .map(({ path, body }) => [path, body]);
  expect(told).toEqual([
    ['/api/v1/models/load', { model: 'qwen3-8b' }],
    ['/api/v1/models/unload', { instance_id: 'qwen3-8b' }],
  ]);
});

test('Ollama: a question without a prompt loads, keep_alive 0 unloads', async () => {
  const { server, tell } = await connected({ flavour: flavours.ollama });
  expect((await tell(0, false)).models[0]?.loaded).toBe(false);
  expect((await tell(0, true)).models[0]?.loaded).toBe(true);
  const told = server.seen.filter(({ path }) => path === '/api/generate').map(({ body }) => body);
  expect(told).toEqual([
    { model: 'qwen2.5:0.5b', stream: false, keep_alive: 0 },
    { model: 'qwen2.5:0.5b', stream: false },
  ]);
});

test('a refusal says why, in the program’s own words', async () => {
  const { tell } = await connected({ refusesToLoad: 'insufficient system resources' });
  await expect(tell(1, true)).rejects.toMatchObject({
    failure: { code: 'server-error', detail: 'HTTP 400: insufficient system resources' },
  });
});

test('loading may take longer than an answer', async () => {
  const { tell } = await connected({ loadMs: 300 });
  expect((await tell(1, true)).models[1]?.loaded).toBe(true);
});

test('programs that cannot be told are not offered to be', async () => {
  for (const flavour of [flavours.lmStudioOld, flavours.llamaServer, flavours.vllm, flavours.plain]) {
    const { models } = await connected({ flavour });
    expect(models.map(({ manageable }) => manageable)).toEqual([false]);
  }
});
