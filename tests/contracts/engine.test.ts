import { describe, expect, test } from 'vitest';
import { failure, FailureError, type GenerateEvent, type LoadedModel, type ModelRef } from '#domain';
import { byQuestion, says, scriptedEngine, type Scenario } from '../../src/engines/scripted/index.ts';
import { engineContract } from './engine.ts';

const ref: ModelRef = {
  id: 'scripted/model',
  name: 'Scripted',
  source: 'scripted',
  revision: '1',
  build: { engine: 'scripted', quantisation: 'none' },
  files: [],
};
const question = [{ role: 'user', content: 'What is the capital of France?' }] as const;
const never = new AbortController().signal;

describe('the scripted engine keeps the contract', () => {
  const engine = scriptedEngine({ answer: byQuestion({ France: says('Paris.', { delayMs: 1 }) }) });
  const subject = { engine, model: ref, device: 'scripted', question } as const;
  test.each(engineContract)('$name', (contractCase) => contractCase.run(subject));
});

function load(scenario: Scenario, signal = never): Promise<LoadedModel> {
  return scriptedEngine(scenario).load({ model: ref, device: 'scripted', onProgress: () => undefined }, signal);
}

async function answer(model: LoadedModel, maxTokens = 16, signal = never): Promise<GenerateEvent[]> {
  const prompt = await model.render(question);
  const events: GenerateEvent[] = [];
  const request = { messages: question, prompt, maxTokens, sampling: { kind: 'greedy' } } as const;
  for await (const event of model.generate(request, signal)) events.push(event);
  return events;
}

describe('a scenario', () => {
  test('that lacks an answer fails loudly and names the question', async () => {
    const end = (await answer(await load({ answer: byQuestion({ Spain: 'Madrid' }) }))).at(-1);
    expect(end).toMatchObject({ type: 'failed', failure: { detail: expect.stringContaining('France') as string } });
  });

  test('can let an item fail after some tokens, and the model goes on', async () => {
    const gpuError = failure('gpu-error', 'buffer too large');
    const model = await load({ answer: ({ count }) => says('Par', count === 0 ? { end: { fail: gpuError } } : {}) });
    expect((await answer(model)).at(-1)).toEqual({ type: 'failed', failure: gpuError });
    expect((await answer(model)).at(-1)).toMatchObject({ type: 'done', output: 'Par' });
  });

  test('can let the worker die, after which only a fresh load helps', async () => {
    const engine = scriptedEngine({ answer: ({ loadCount }) => says('Pa', loadCount === 0 ? { end: 'die' } : {}) });
    const request = { model: ref, device: 'scripted', onProgress: () => undefined } as const;
    const model = await engine.load(request, never);
    const prompt = await model.render(question);
    const first: GenerateEvent[] = [];
    const ask = { messages: question, prompt, maxTokens: 4, sampling: { kind: 'greedy' } } as const;
    for await (const event of model.generate(ask, never)) first.push(event);
    expect(first.map((e) => e.type)).toEqual(['prompt', 'token', 'token', 'failed']);
    expect(first.at(-1)).toMatchObject({ failure: { code: 'worker-died', retryable: true } });
    await expect(model.render(question)).rejects.toThrow(FailureError);
    expect((await answer(await engine.load(request, never))).at(-1)).toMatchObject({ type: 'done' });
  });

  test('can hang, which a cancel ends', async () => {
    const abort = new AbortController();
    const model = await load({ answer: () => says('P', { end: 'hang' }) });
    setTimeout(() => abort.abort(), 20);
    const events = await answer(model, 16, abort.signal);
    expect(events.map((e) => e.type)).toEqual(['prompt', 'token', 'cancelled']);
  });

  test('can refuse to load', async () => {
    const fail = failure('out-of-memory', '4 GB');
    await expect(load({ answer: () => says(''), load: () => ({ fail }) })).rejects.toMatchObject({ failure: fail });
  });

  test('can make loading slow, and a cancel ends it', async () => {
    const loading = load({ answer: () => says(''), load: () => ({ delayMs: 5_000 }) }, AbortSignal.timeout(10));
    await expect(loading).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('cuts an answer that is longer than its budget', async () => {
    const events = await answer(await load({ answer: () => says('Paris') }), 3);
    expect(events.at(-1)).toMatchObject({ type: 'done', output: 'Par', finish: 'length' });
  });
});
