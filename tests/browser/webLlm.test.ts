/**
 * The worker of web-llm where no compiled library is at hand: everything around the library, with a stand-in of it inside
 * the real worker, and with the real package up to the point where it needs one.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { LoadProgress } from '#domain';
import { repository } from '../../tools/root.ts';
import { engineContract } from '../contracts/engine.ts';
import { openLab, type LabSite } from './harness.ts';

const LAB = {
  root: 'tests/browser/webLlmLab',
  sources: ['src/domain', 'src/engines', 'src/models', 'tests/contracts', 'tests/engines/webLlm/wasm.ts'],
};

describe('with a stand-in of the library', () => {
  let site: LabSite;
  let page: Page;

  beforeAll(async () => {
    const packages = { '@mlc-ai/web-llm': `${repository}/tests/fixtures/webLlmPackage` };
    site = await openLab({ webgpu: true }, { ...LAB, name: 'webllm-stand-in', packages });
  });
  beforeEach(async () => {
    page = await site.open();
    return () => page.close();
  });
  afterAll(() => site.close());

  describe('the engine keeps the contract', () => {
    test.each(engineContract.map((c) => c.name))('%s', async (name) => {
      expect(await page.evaluate((n) => webLlmLab.contractCase(n), name)).toBeNull();
    });
  });

  test('a filled store makes no request, and phases are told in their order', async () => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const phases = await page.evaluate(async () => {
      const said: LoadProgress['phase'][] = [];
      const model = await webLlmLab.load({}, undefined, ({ phase }) => {
        if (said.at(-1) !== phase) said.push(phase);
      });
      await webLlmLab.answer(model, 4);
      await model.dispose();
      return said;
    });
    // A small file may be told of before the library is looked at, or not, by the clock.
    expect(phases.slice(phases.indexOf('runtime'))).toEqual(['runtime', 'files', 'session']);
    // The worker's own script, and nothing besides.
    expect(requests.filter((url) => !/\/assets\/[\w.-]+\.js$/.test(url))).toEqual([]);
    expect(requests).not.toEqual([]);
  });

  test('what the library would fetch by itself is refused, and asked of nobody', async () => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const failure = await page.evaluate(() =>
      webLlmLab.failureOf(webLlmLab.load({ standIn: { fetch: 'https://huggingface.co/x' } })),
    );
    expect(failure).toMatchObject({ code: 'network', detail: 'a library asked for https://huggingface.co/x' });
    expect(requests.filter((url) => url.includes('huggingface'))).toEqual([]);
  });

  test('a load that is cancelled in the middle leaves no worker', async () => {
    const outcome = await page.evaluate(async () => {
      const abort = new AbortController();
      const reason = new Error('enough');
      const loading = webLlmLab.load({ standIn: { hang: true } }, abort.signal, (progress) => {
        if (progress.phase === 'files' && progress.loadedBytes > 200_000) setTimeout(() => abort.abort(reason), 50);
      });
      const same = await loading.catch((thrown: unknown) => thrown === reason);
      return { same, living: await webLlmLab.livingWorkers() };
    });
    expect(outcome).toEqual({ same: true, living: 0 });
  });

  test('what the library throws comes as a code', async () => {
    const standIn = { throw: 'Cannot find global function vm.builtin.kv_state_clear' };
    const failure = await page.evaluate((s) => webLlmLab.failureOf(webLlmLab.load({ standIn: s })), standIn);
    expect(failure).toMatchObject({ code: 'unsupported-build', detail: standIn.throw });
  });

  test('a worker that is killed in the middle of an answer gives worker-died, and a fresh load works', async () => {
    const killed = await site.open(() => {
      const original = globalThis.Worker;
      globalThis.Worker = class extends original {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          (globalThis as { lastWorker?: Worker }).lastWorker = this;
        }
      };
    });
    const { ends, fresh } = await killed.evaluate(async () => {
      const model = await webLlmLab.load();
      const answering = webLlmLab.answer(model, 12);
      const prompt = await model.render([{ role: 'user', content: 'x' }]);
      (globalThis as { lastWorker?: Worker }).lastWorker?.terminate();
      const ends = (await answering).at(-1);
      const other = await webLlmLab.load();
      const fresh = (await webLlmLab.answer(other, 16)).at(-1);
      await other.dispose();
      return { ends, fresh, prompt };
    });
    await killed.close();
    expect(ends).toMatchObject({ type: 'failed', failure: { code: 'worker-died', retryable: true } });
    expect(fresh).toMatchObject({ type: 'done', finish: 'stop' });
  });

  test('sampling draws by our own rules: the seed repeats, and only the best is left of one', async () => {
    const texts = await page.evaluate(async () => {
      const model = await webLlmLab.load();
      const drawn = { kind: 'sampled', temperature: 2, topP: 1, topK: null, minP: 0, repetitionPenalty: 1 } as const;
      const text = async (sampling: Parameters<typeof webLlmLab.answer>[2]): Promise<string> => {
        const end = (await webLlmLab.answer(model, 12, sampling)).at(-1);
        return end?.type === 'done' ? end.output : JSON.stringify(end);
      };
      const greedy = await text({ kind: 'greedy' });
      const one = await text({ ...drawn, topK: 1, seed: 1 });
      const [a, again, b] = [
        await text({ ...drawn, seed: 1 }),
        await text({ ...drawn, seed: 1 }),
        await text({ ...drawn, seed: 2 }),
      ];
      await model.dispose();
      return { greedy, one, a, again, b };
    });
    expect(texts.one).toBe(texts.greedy);
    expect(texts.again).toBe(texts.a);
    expect(texts.a).not.toBe(texts.greedy);
    expect(texts.b).not.toBe(texts.a);
  });

  test('an error that the GPU reports makes the answer a failure', async () => {
    const end = await page.evaluate(async () => {
      const model = await webLlmLab.load({ standIn: { gpu: 'error' } });
      const events = await webLlmLab.answer(model, 12);
      await model.dispose();
      return events.at(-1);
    });
    expect(end).toMatchObject({ type: 'failed', failure: { code: 'gpu-error', retryable: true } });
  });

  test('a device that is lost ends the answer, and a fresh load works', async () => {
    const { end, fresh } = await page.evaluate(async () => {
      const model = await webLlmLab.load({ standIn: { gpu: 'lost' } });
      const lost = await webLlmLab.answer(model, 12);
      await model.dispose();
      const other = await webLlmLab.load();
      const answered = await webLlmLab.answer(other, 16);
      await other.dispose();
      return { end: lost.at(-1), fresh: answered.at(-1) };
    });
    expect(end).toMatchObject({ type: 'failed', failure: { code: 'device-lost', retryable: true } });
    expect(fresh).toMatchObject({ type: 'done', finish: 'stop' });
  });

  test('the context is what was asked for, never more than the configuration says', async () => {
    const lengths = await page.evaluate(async () => {
      const found = [];
      for (const options of [{}, { contextLength: 1024 }, { contextLength: 999_999 }]) {
        const model = await webLlmLab.load(options);
        found.push(model.contextLength);
        await model.dispose();
      }
      return found;
    });
    expect(lengths).toEqual([4096, 1024, 32_768]);
  });

  test('what is known of the device goes into the record', async () => {
    const environment = await page.evaluate(async () => {
      const model = await webLlmLab.load();
      await model.dispose();
      return model.environment;
    });
    expect(environment).toMatchObject({
      device: 'webgpu',
      engine: { id: 'web-llm', version: '0.2.86' },
      adapter: { architecture: 'swiftshader', f16: false },
    });
  });
});

describe('with the real package', () => {
  let site: LabSite;
  let page: Page;
  const requests: string[] = [];

  beforeAll(async () => {
    site = await openLab({ webgpu: true }, { ...LAB, name: 'webllm-lab' });
    page = await site.open();
    page.on('request', (request) => requests.push(request.url()));
  });
  afterAll(() => site.close());

  test('a 16-bit build is refused before a byte is read, where the adapter has no f16', async () => {
    const failure = await page.evaluate(() =>
      webLlmLab.failureOf(webLlmLab.load({ quantisation: 'q4f16_1', unreadable: true })),
    );
    expect(failure).toMatchObject({ code: 'unsupported-build', detail: 'shader-f16' });
    const read = await page.evaluate(() => webLlmLab.failureOf(webLlmLab.load({ unreadable: true })));
    expect(read).toMatchObject({ code: 'files-missing', detail: 'tokenizer_config.json' });
  });

  test.each([
    ['is a page of a host', { change: { 'lib/tiny.wasm': '<!doctype html>' } }, 'file-corrupt', ''],
    ['is cut', { said: { 'lib/tiny.wasm': 999 } }, 'file-corrupt', 'instead of 999'],
    ['is missing', { change: { 'lib/tiny.wasm': null } }, 'files-missing', '.wasm'],
    ['is one of several', { change: { 'lib/other.wasm': 'x' } }, 'unsupported-build', 'lib/other.wasm'],
    ['is of another age', { oldLibrary: true }, 'unsupported-build', 'web-llm 0.2.79 or older, this is 0.2.86'],
    ['is for other weights', { quantisation: 'q0f32' }, 'unsupported-build', 'made for q4f32_1, the weights are q0f32'],
  ])('a library that %s fails with its cause', async (_, options, code, detail) => {
    const failure = await page.evaluate((o) => webLlmLab.failureOf(webLlmLab.load(o)), options);
    expect(failure).toMatchObject({ code, detail: expect.stringContaining(detail) as string });
  });

  test('a filled store brings it to where it needs the library, without a request', async () => {
    requests.length = 0;
    const failure = await page.evaluate(() => webLlmLab.failureOf(webLlmLab.load()));
    // The tiny library has an import and a memory, and nothing else.
    expect(failure).toMatchObject({
      code: 'unsupported-build',
      detail: expect.stringContaining('web-llm 0.2.86') as string,
    });
    expect(requests.filter((url) => !/\/assets\/[\w.-]+\.js$/.test(url))).toEqual([]);
    expect(requests).not.toEqual([]);
  });

  test('a template that is missing is said before the weights are read', async () => {
    const failure = await page.evaluate(() =>
      webLlmLab.failureOf(webLlmLab.load({ change: { 'tokenizer_config.json': '{}' } })),
    );
    expect(failure).toMatchObject({ code: 'template-invalid' });
  });

  test('no worker is left by any of it', async () => {
    expect(await page.evaluate(() => webLlmLab.livingWorkers())).toBe(0);
  });
});

test('without WebGPU there is nothing to try', async () => {
  const site = await openLab({ webgpu: false }, { ...LAB, name: 'webllm-lab' });
  try {
    const page = await site.open();
    const failure = await page.evaluate(() => webLlmLab.failureOf(webLlmLab.load({ unreadable: true })));
    expect(failure).toMatchObject({ code: 'no-webgpu' });
  } finally {
    await site.close();
  }
});
