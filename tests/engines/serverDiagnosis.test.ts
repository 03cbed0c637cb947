import { afterEach, describe, expect, test } from 'vitest';
import { decide, type Findings, type Outcome } from '../../src/engines/server/diagnose.ts';
import type { Send } from '../../src/engines/server/port.ts';
import { flavours, says, standIn, type Scenario, type StandIn } from '../fixtures/servers/index.ts';
import { bridge, never } from './serverStage.ts';

const servers: StandIn[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const around: Findings = { safariMixed: false, permission: 'granted', hasKey: false };
const listing: Outcome = { kind: 'answered', status: 200, json: { data: [{ id: 'm' }] } };
const answered = (status: number, json?: unknown): Outcome => ({ kind: 'answered', status, json });
const refused: Outcome = { kind: 'refused' };
const silent: Outcome = { kind: 'silent' };

describe('the order of the tries', () => {
  test('nothing is asked of the network where the browser forbids it', () => {
    expect(decide({ ...around, safariMixed: true })).toMatchObject({ failure: { code: 'mixed-content' } });
    expect(decide({ ...around, permission: 'denied' })).toMatchObject({ failure: { code: 'permission-denied' } });
  });

  test('first without a header, then unreadable, or with what a question needs', () => {
    expect(decide(around)).toEqual({ kind: 'try', probe: 'plain' });
    expect(decide({ ...around, plain: refused })).toEqual({ kind: 'try', probe: 'opaque' });
    expect(decide({ ...around, plain: listing })).toEqual({ kind: 'try', probe: 'preflight' });
  });

  test.each<[string, Partial<Findings>, string]>([
    ['nothing listens', { plain: refused, opaque: refused }, 'server-off'],
    ['something listens that may not be read', { plain: refused, opaque: answered(0) }, 'cors-off'],
    ['only what has headers may not be read', { plain: listing, preflight: refused }, 'cors-off'],
    ['no answer', { plain: silent }, 'timed-out'],
    ['locked, no key', { plain: answered(401) }, 'key-needed'],
    ['locked, wrong key', { hasKey: true, plain: answered(401), preflight: answered(401) }, 'key-needed'],
    ['HTML', { plain: answered(200) }, 'not-json'],
    ['another program', { plain: answered(200, { hello: 1 }) }, 'not-json'],
    ['an unknown path with status 200', { plain: answered(200, { error: 'Unexpected endpoint' }) }, 'not-json'],
    ['a wrong path', { plain: answered(404, {}) }, 'not-json'],
    ['a broken server', { plain: answered(500) }, 'server-error'],
    ['an empty list', { plain: answered(200, { data: [] }), preflight: answered(200, { data: [] }) }, 'no-model'],
  ])('%s', (_, found, code) => {
    expect(decide({ ...around, ...found })).toMatchObject({ kind: 'failed', failure: { code } });
  });

  test('a locked server with the right key', () => {
    const found = { ...around, hasKey: true, plain: answered(401), preflight: listing };
    expect(decide(found)).toMatchObject({ kind: 'models', models: [{ id: 'm' }] });
  });
});

/** What a browser does with CORS, on Node's fetch: Node itself knows no CORS. */
const browserSend: Send = async (address, { opaque, ...request }) => {
  if (opaque === true) return fetch(address, { ...request, headers: {} });
  if (Object.keys(request.headers).length > 0) {
    const permitted = await fetch(address, { method: 'OPTIONS' });
    if (!permitted.ok) throw new TypeError('Failed to fetch');
  }
  const response = await fetch(address, request);
  if (response.headers.get('Access-Control-Allow-Origin') === null) throw new TypeError('Failed to fetch');
  return response;
};

async function connect(scenario: Partial<Scenario>, key: string | null = null) {
  const server = await standIn({ flavour: flavours.plain, answer: () => says(''), ...scenario });
  servers.push(server);
  return bridge({ send: browserSend }).connect({ address: server.address, key, kind: 'other' }, never);
}

describe('a server that can be connected to', () => {
  test.each([
    ['LM Studio', flavours.lmStudio, 'lm-studio', null],
    ['LM Studio before 0.4', flavours.lmStudioOld, 'lm-studio', null],
    ['Ollama', flavours.ollama, 'ollama', '0.12.3'],
    ['llama-server', flavours.llamaServer, 'llama-server', 'b6700-abcdef0'],
    ['llama-cpp-python', flavours.llamaCppPython, 'llama-cpp-python', '0.3.36'],
    ['vLLM', flavours.vllm, 'vllm', '0.11.0'],
    ['any other', flavours.plain, 'other', null],
  ] as const)('%s is known by what it says of itself', async (_, flavour, kind, version) => {
    expect(await connect({ flavour })).toMatchObject({ kind, version });
  });

  test('LM Studio: each model with quantisation, architecture, context, and whether it is loaded; no embeddings', async () => {
    const { models } = await connect({ flavour: flavours.lmStudio });
    expect(
      models.map(({ card: { ref, ...card }, ...facts }) => ({ id: ref.id, ...ref.build, ...card, ...facts })),
    ).toEqual([
      {
        id: 'qwen2.5-0.5b-instruct',
        engine: 'server',
        quantisation: 'Q4_K_M',
        contextLength: 4096,
        parameters: 500_000_000,
        bytes: 397_808_192,
        architecture: 'qwen2',
        loaded: true,
        manageable: true,
      },
      {
        id: 'qwen3-8b',
        engine: 'server',
        quantisation: '4bit',
        contextLength: 40_960,
        parameters: 8_000_000_000,
        bytes: 4_620_000_000,
        architecture: 'qwen3',
        loaded: false,
        manageable: true,
      },
    ]);
  });

  test('the older listing says the same', async () => {
    const { models } = await connect({ flavour: flavours.lmStudioOld });
    expect(models).toMatchObject([
      {
        architecture: 'qwen2',
        loaded: false,
        card: { contextLength: 32_768, ref: { build: { quantisation: 'Q4_K_M' } } },
      },
    ]);
  });

  test('Ollama: the context that the model really has in memory', async () => {
    const { models } = await connect({ flavour: flavours.ollama });
    expect(models).toMatchObject([
      {
        loaded: true,
        card: { contextLength: 4096, parameters: 494_030_000, ref: { build: { quantisation: 'Q4_K_M' } } },
      },
    ]);
  });

  test('llama-server: the file is named without its path', async () => {
    const { models } = await connect({ flavour: flavours.llamaServer });
    expect(models[0]?.card.ref).toMatchObject({
      id: 'qwen2.5-0.5b-instruct-q4_k_m.gguf',
      build: { quantisation: 'q4_k_m' },
    });
    expect(JSON.stringify(models)).not.toContain('/home/me');
  });

  test('two machines with the same weights give the same model: results say nothing of addresses', async () => {
    const [a, b] = [await connect({ flavour: flavours.ollama }), await connect({ flavour: flavours.ollama })];
    expect(a.address).not.toBe(b.address);
    expect(a.models).toEqual(b.models);
  });

  test('with a key', async () => {
    expect((await connect({ key: 'sesame' }, 'sesame')).models).toHaveLength(1);
  });
});

describe('a server that cannot', () => {
  test.each<[string, Partial<Scenario>, string]>([
    ['CORS off', { cors: 'off' }, 'cors-off'],
    ['preflight refused', { cors: 'no-preflight' }, 'cors-off'],
    ['key', { key: 'sesame' }, 'key-needed'],
    ['no model', { list: 'empty' }, 'no-model'],
    ['HTML', { list: 'html' }, 'not-json'],
    ['another program', { list: 'other-json' }, 'not-json'],
    ['500', { list: 'server-error' }, 'server-error'],
    ['silence', { list: 'hang' }, 'timed-out'],
  ])('%s', async (_, scenario, code) => {
    await expect(connect(scenario)).rejects.toMatchObject({ failure: { code } });
  });

  test('off', async () => {
    const server = await standIn({ flavour: flavours.plain, answer: () => says('') });
    await server.close();
    const target = { address: server.address, key: null, kind: 'other' } as const;
    await expect(bridge().connect(target, never)).rejects.toMatchObject({ failure: { code: 'server-off' } });
  });
});
