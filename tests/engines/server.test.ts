import { afterEach, describe, expect, test } from 'vitest';
import type { GenerateEvent } from '#domain';
import { findThinking } from '../../src/domain/extract/text/thinking.ts';
import { engineContract } from '../contracts/engine.ts';
import { busy, flavours, says, type Asked, type Reply } from '../fixtures/servers/index.ts';
import { answer, closeStages, never, question, stage } from './serverStage.ts';

afterEach(closeStages);

/** Refuses what does not fit, as vLLM does. */
function withContext(tokens: number, reply: Reply) {
  return ({ prompt, body }: Asked): Reply => {
    const asked = [...prompt].length + Number(body.max_tokens);
    const message = `This model's maximum context length is ${tokens} tokens. However, you requested ${asked} tokens.`;
    return asked > tokens ? { kind: 'status', status: 400, message } : reply;
  };
}

describe.each([
  ['a server that renders', flavours.vllm, true],
  ['a server that takes our prompt', flavours.llamaServer, undefined],
] as const)('%s keeps the contract', (_, flavour, keepsTokens) => {
  test.each(engineContract)('$name', async (contractCase) => {
    const { bridge, card } = await stage({
      flavour,
      answer: withContext(4096, says('The capital is Paris.', { delayMs: 2 })),
    });
    const engine = { id: 'server', load: bridge.load.bind(bridge) };
    const subject = { engine, model: card.ref, device: 'server', question } as const;
    await contractCase.run(keepsTokens === undefined ? subject : { ...subject, keepsTokens });
  });
});

const last = (events: readonly GenerateEvent[]): GenerateEvent | undefined => events.at(-1);
const textsOf = (events: readonly GenerateEvent[]): string =>
  events.map((e) => (e.type === 'token' ? e.text : '')).join('');

async function said(reply: Reply | ((asked: Asked) => Reply), flavour = flavours.plain, maxTokens = 16) {
  const { load, server } = await stage({ flavour, answer: typeof reply === 'function' ? reply : () => reply });
  const events = await answer(await load(), maxTokens);
  return { events, end: last(events), server };
}

describe('what is sent', () => {
  test('greedy, seeded, streamed, with usage; the messages, where the server renders', async () => {
    const { server } = await said(says('Paris.'), flavours.vllm);
    const asked = server.seen.filter(({ path }) => path === '/v1/chat/completions');
    expect(asked.map(({ body }) => body)).toEqual([
      {
        model: 'Qwen/Qwen2.5-0.5B-Instruct',
        temperature: 0,
        seed: 0,
        repetition_penalty: 1,
        max_tokens: 16,
        stream: true,
        stream_options: { include_usage: true },
        messages: question,
      },
    ]);
  });

  test('to llama-server our own rendering, as tokens with exactly one BOS', async () => {
    const { load, server } = await stage({ flavour: flavours.llamaServer, answer: () => says('Paris.') });
    const model = await load();
    expect(model.renderedBy).toBeUndefined();
    expect(model.templateHash).toMatch(/^[0-9a-f]{64}$/);
    await answer(model);
    const asked = server.seen.find(({ path }) => path === '/v1/completions');
    const prompt = String.fromCodePoint(...(asked?.body.prompt as number[]));
    expect(prompt).toBe('<s><|user|>What is the capital of France?\n<|assistant|>');
    expect(asked?.body.cache_prompt).toBe(false);
    const tokenised = server.seen.filter(({ path }) => path === '/tokenize');
    expect(tokenised.every(({ body }) => body.add_special === false && body.parse_special === true)).toBe(true);
  });

  test('a model whose template the server keeps is rendered by the server, and says so', async () => {
    const { get: props, ...rest } = flavours.llamaServer;
    const flavour = { ...rest, get: { '/props': { ...props['/props'], chat_template: '{% for' } } };
    const { load, server } = await stage({ flavour, answer: () => says('Paris.') });
    const model = await load();
    expect(model.renderedBy).toBe('server');
    expect(model.templateHash).toBeNull();
    expect(last(await answer(model))).toMatchObject({ type: 'done', output: 'Paris.' });
    expect(server.seen.some(({ path }) => path === '/v1/chat/completions')).toBe(true);
  });

  test('the key, to its server only, and in nothing that is stored', async () => {
    const { load, server, card } = await stage({
      flavour: flavours.plain,
      key: 'sesame',
      answer: () => says('Paris.'),
    });
    const model = await load();
    const events = await answer(model);
    expect(server.seen.filter(({ method }) => method === 'POST')[0]?.headers.authorization).toBe('Bearer sesame');
    expect(JSON.stringify([card, model.environment, events])).not.toContain('sesame');
    expect(JSON.stringify([card, model.environment])).not.toContain('127.0.0.1');
  });
});

describe('what comes back', () => {
  test('an answer with its usage and the model that gave it', async () => {
    const { end } = await said(says('Paris.', { model: 'something-else' }));
    expect(end).toMatchObject({
      type: 'done',
      output: 'Paris.',
      finish: 'stop',
      answeredBy: 'something-else',
      usage: { promptTokens: 30, outputTokens: 2 },
    });
  });

  test('no path of a file leaves the page as a name', async () => {
    const { end } = await said(says('Paris.'), flavours.llamaServer);
    expect(end).toMatchObject({ answeredBy: 'qwen2.5-0.5b-instruct-q4_k_m.gguf' });
  });

  test('no usage is no usage, and not a count of events', async () => {
    expect((await said(says('Paris.', { usage: false }))).end).toMatchObject({ output: 'Paris.', usage: null });
  });

  test('a spent budget', async () => {
    const { end } = await said(says('one two three four'), flavours.plain, 3);
    expect(end).toMatchObject({ type: 'done', finish: 'length', usage: { outputTokens: 3 } });
  });

  test('an answer in one piece, from a server that does not stream', async () => {
    const { events } = await said(says('Paris.', { stream: false }));
    expect(textsOf(events)).toBe('Paris.');
    expect(last(events)).toMatchObject({ type: 'done', finish: 'stop' });
  });

  test.each(['reasoning_content', 'reasoning'] as const)(
    'thinking in %s, which the extraction removes',
    async (field) => {
      const { events, end } = await said(says('Paris.', { thinking: { field, tokens: ['Is it ', 'Lyon?'] } }));
      expect(textsOf(events)).toBe('<think>Is it Lyon?</think>\n\nParis.');
      if (end?.type !== 'done') throw new Error(JSON.stringify(end));
      const { removed, unclosed } = findThinking(end.output);
      expect(unclosed).toBe(false);
      expect(end.output.slice(removed[0]?.end).trim()).toBe('Paris.');
    },
  );

  test('thinking in tags stays as it is', async () => {
    const { end } = await said(says('<think>Lyon?</think>Paris.'));
    expect(end).toMatchObject({ output: '<think>Lyon?</think>Paris.' });
  });

  test('thinking that the budget cut stays open: none of it is an answer', async () => {
    const thinking = { field: 'reasoning', tokens: ['Perhaps 42'] } as const;
    const { end } = await said(says('', { thinking, finish: 'length' }));
    if (end?.type !== 'done') throw new Error(JSON.stringify(end));
    expect(findThinking(end.output).unclosed).toBe(true);
  });
});

describe('what goes wrong', () => {
  test.each<[string, Reply, string, number]>([
    ['a stream that is cut in the middle of an event', { kind: 'cut', tokens: ['Pa'] }, 'answer-broken', 1],
    ['a stream that ends cleanly, too early', { kind: 'cut', tokens: ['Pa'], cleanly: true }, 'answer-broken', 1],
    ['an error in the stream', { kind: 'error', tokens: ['Pa'], message: 'out of memory' }, 'server-error', 1],
    ['a stream that is ended too early with [DONE]', { kind: 'interrupted', tokens: ['Pa'] }, 'answer-broken', 1],
    [
      'an empty stream, asked again in one piece',
      { kind: 'empty-stream', message: "This model's maximum context length is 9" },
      'context-exceeded',
      2,
    ],
    ['a stream that is cut before the first word', { kind: 'cut', tokens: [] }, 'answer-broken', 3],
    ['500', { kind: 'status', status: 500, message: 'it broke' }, 'server-error', 3],
    ['HTML with status 502', { kind: 'html', status: 502 }, 'server-error', 3],
    ['HTML with status 200', { kind: 'html', status: 200 }, 'not-json', 1],
    ['400', { kind: 'status', status: 400, message: 'bad request' }, 'server-error', 1],
    ['no model, as LM Studio says it', { kind: 'status', status: 404, message: 'No models loaded' }, 'no-model', 1],
    ['a dropped connection of a server that lives', { kind: 'drop' }, 'answer-broken', 3],
    ['silence', { kind: 'hang' }, 'timed-out', 1],
    ['a pause that is too long', says('Paris.', { delayMs: 700 }), 'timed-out', 1],
  ])('%s', async (_, reply, code, tries) => {
    const { end, server } = await said(reply);
    expect(end).toMatchObject({ type: 'failed', failure: { code, retryable: false } });
    expect(server.seen.filter(({ path }) => path === '/v1/chat/completions')).toHaveLength(tries);
  });

  test('silence between two tokens', async () => {
    const { end, events } = await said({ ...says('Paris.', { delayMs: 250 }), finish: 'stop' } as Reply);
    expect(end).toMatchObject({ type: 'failed', failure: { code: 'timed-out' } });
    expect(textsOf(events)).toBe('Par');
  });

  test('a 5xx that passes is tried again, and counts once', async () => {
    const reply = ({ tries }: Asked): Reply =>
      tries < 2 ? { kind: 'status', status: 503, message: 'loading' } : says('Paris.');
    const { events, end } = await said(reply);
    expect(end).toMatchObject({ type: 'done', output: 'Paris.', usage: { outputTokens: 2 } });
    expect(textsOf(events)).toBe('Paris.');
  });

  test('429 is waited for as long as the server says, more often than an error', async () => {
    const begun = performance.now();
    const { end } = await said((asked) => busy(5, asked, says('Paris.'), '0.05'));
    expect(end).toMatchObject({ type: 'done', output: 'Paris.' });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(250);
  });

  test('429 for ever is rate-limited', async () => {
    const { load } = await stage(
      { flavour: flavours.plain, answer: (asked) => busy(Infinity, asked, says('')) },
      { refusedMs: 100 },
    );
    expect(last(await answer(await load()))).toMatchObject({ type: 'failed', failure: { code: 'rate-limited' } });
  });

  test('a server that went away is off, which a later try may mend', async () => {
    const { load, server } = await stage({ flavour: flavours.plain, answer: () => says('Paris.') });
    const model = await load();
    await server.close();
    expect(last(await answer(model))).toMatchObject({
      type: 'failed',
      failure: { code: 'server-off', retryable: true },
    });
    await expect(load()).rejects.toMatchObject({ failure: { code: 'server-off' } });
  });

  test('cancelling closes the connection', async () => {
    const { load, server } = await stage({
      flavour: flavours.plain,
      answer: () => says('a very long answer indeed', { delayMs: 20 }),
    });
    const model = await load();
    const abort = new AbortController();
    const prompt = await model.render(question);
    const request = { messages: question, prompt, maxTokens: 99, sampling: { kind: 'greedy' } } as const;
    for await (const event of model.generate(request, abort.signal)) if (event.type === 'token') abort.abort();
    await new Promise((resolve) => setTimeout(resolve, 60));
    // A server that still answered the first question would be counted as answering two.
    await answer(model);
    expect(server.mostSeenAtOnce()).toBe(1);
  });

  test('back-pressure: twelve questions at once to a server that takes two all get their answer', async () => {
    const { load, server } = await stage({
      flavour: flavours.plain,
      mostAtOnce: 2,
      answer: () => says('Paris.', { delayMs: 5 }),
    });
    const model = await load();
    const ends = (await Promise.all(Array.from({ length: 12 }, () => answer(model)))).map(last);
    expect(ends.map((end) => end?.type)).toEqual(Array.from({ length: 12 }, () => 'done'));
    expect(server.mostSeenAtOnce()).toBe(2);
    const posts = server.seen.filter(({ path }) => path === '/v1/chat/completions').length;
    // Each refusal makes the page ask fewer at once: not every question is refused again and again.
    expect(posts).toBeLessThan(40);
  });

  test('a model that the server no longer offers', async () => {
    const { bridge, card } = await stage({ flavour: flavours.plain, answer: () => says('') });
    const ref = { ...card.ref, id: 'gone' };
    const loading = bridge.load({ model: ref, device: 'server', onProgress: () => undefined }, never);
    await expect(loading).rejects.toMatchObject({ failure: { code: 'no-model' } });
  });
});
