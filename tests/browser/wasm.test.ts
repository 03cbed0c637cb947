/** The embedded model on WASM, in a real browser: right, stoppable, and surviving. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { sha256Hex, type GenerateEvent } from '#domain';
import { engineContract } from '../contracts/engine.ts';
import { embeddedGolden } from './golden.ts';
import { openLab, type LabSite } from './harness.ts';

let site: LabSite;
let page: Page;

beforeAll(async () => {
  site = await openLab({ webgpu: false });
});
beforeEach(async () => {
  page = await site.open();
  return () => page.close();
});
afterAll(() => site.close());

test('all golden cases come out token by token', async () => {
  const messages = embeddedGolden.map((c) => c.messages);
  const { environment, contextLength, templateHash, answers } = await page.evaluate(async (conversations) => {
    const model = await lab.load(lab.embedded.ref, 'wasm');
    const answers = [];
    for (const conversation of conversations) answers.push(await lab.answer(model, conversation, 32));
    const { environment, contextLength, templateHash } = model;
    await model.dispose();
    return { environment, contextLength, templateHash, answers };
  }, messages);

  expect(embeddedGolden).toHaveLength(11);
  for (const [i, golden] of embeddedGolden.entries()) {
    const { prompt, events } = answers[i] ?? { prompt: '', events: [] };
    expect(prompt).toBe(golden.prompt);
    const tokenIdsHash = sha256Hex(golden.promptIds.join(','));
    expect(events[0]).toEqual({ type: 'prompt', tokens: golden.promptIds.length, tokenIdsHash });
    const usage = { promptTokens: golden.promptIds.length, outputTokens: golden.greedyIds.length };
    expect(events.at(-1)).toMatchObject({ type: 'done', output: golden.text, finish: 'stop', usage });
    // The golden answer has its end token; the stream's ids have not.
    expect(events.flatMap((e) => (e.type === 'token' ? (e.ids ?? []) : []))).toEqual(golden.greedyIds.slice(0, -1));
  }
  expect({ contextLength, templateHash }).toEqual({
    contextLength: 2048,
    templateHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(environment).toMatchObject({ device: 'wasm', adapter: null, selfTest: { kind: 'valid', cases: 2 } });
  expect(environment.threads).toBeGreaterThan(0);
  // Keys and values of 4 layers, 160 numbers of 4 bytes each.
  expect(environment.memory?.readPerToken?.perContextToken).toBe(4 * 2 * 160 * 4);
  // No memory that runs a browser copies less than 0.1 GB/s or more than 2 TB/s.
  expect(environment.memory?.bytesPerSecond).toBeGreaterThan(1e8);
  expect(environment.memory?.bytesPerSecond).toBeLessThan(2e12);
  console.log(`The memory copies ${((environment.memory?.bytesPerSecond ?? 0) / 1e9).toFixed(1)} GB/s`);
  if (environment.selfTest.kind !== 'unverified') {
    console.log(`WASM against native ONNX Runtime: logits differ by ${environment.selfTest.maxDifference} at most`);
  }
  expect(site.complaints).toEqual([]);
});

describe('the engine keeps the contract', () => {
  test.each(engineContract.map((c) => c.name))('%s', async (name) => {
    expect(await page.evaluate((n) => lab.contractCase(n), name)).toBeNull();
  });
});

test('a known self-test is taken over', async () => {
  const selfTest = await page.evaluate(async () => {
    const result = { kind: 'valid', cases: 2, maxDifference: 0.0123 } as const;
    const model = await lab.load(lab.embedded.ref, 'wasm', { known: { knownSelfTest: { result, subgroups: false } } });
    await model.dispose();
    return model.environment.selfTest;
  });
  expect(selfTest).toEqual({ kind: 'valid', cases: 2, maxDifference: 0.0123 });
});

test('a cancelled load leaves no worker running, nor does a disposed model', async () => {
  const living = await page.evaluate(async () => {
    const abort = new AbortController();
    const request = { model: lab.embedded.ref, device: 'wasm', onProgress: () => abort.abort() } as const;
    await lab.failureOf(lab.engine().load(request, abort.signal));
    const model = await lab.load(lab.embedded.ref, 'wasm');
    const alive = await lab.livingWorkers();
    await model.dispose();
    // The browser ends a terminated worker a moment later.
    for (let tries = 0; tries < 100 && (await lab.livingWorkers()) > 0; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { alive, afterwards: await lab.livingWorkers() };
  });
  expect(living).toEqual({ alive: 1, afterwards: 0 });
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
  const outcome = await killed.evaluate(async (question) => {
    const model = await lab.load(lab.embedded.ref, 'wasm');
    const prompt = await model.render(question);
    const request = { messages: question, prompt, maxTokens: 1_000, sampling: { kind: 'greedy' } } as const;
    const events: GenerateEvent[] = [];
    let killedAt = 0;
    for await (const event of model.generate(request, new AbortController().signal)) {
      events.push(event);
      if (event.type !== 'token' || killedAt > 0) continue;
      killedAt = performance.now();
      // Silently, as a browser does that needs the memory: no event tells the page.
      (globalThis as { lastWorker?: Worker }).lastWorker?.terminate();
    }
    const noticedMs = performance.now() - killedAt;
    const rendering = await lab.failureOf(model.render(question));
    const fresh = await lab.load(lab.embedded.ref, 'wasm');
    const again = await lab.answer(fresh, question, 32);
    await fresh.dispose();
    return { last: events.at(-1), noticedMs, rendering, again: again.events.at(-1) };
  }, embeddedGolden[6]?.messages ?? []);
  await killed.close();
  console.log(`The death of a worker was noticed after ${outcome.noticedMs.toFixed(1)} ms`);
  expect(outcome.last).toMatchObject({ type: 'failed', failure: { code: 'worker-died', retryable: true } });
  expect(outcome.rendering).toMatchObject({ code: 'worker-died' });
  expect(outcome.noticedMs).toBeLessThan(1_000);
  expect(outcome.again).toMatchObject({ type: 'done', output: embeddedGolden[6]?.text });
});

describe('what cannot be loaded fails with its cause', () => {
  test('a file with the wrong length', async () => {
    const failure = await page.evaluate(() => {
      const { ref } = lab.embedded;
      const files = ref.files.map((f) => (f.path === 'onnx/model.onnx' ? { ...f, bytes: f.bytes + 1 } : f));
      return lab.failureOf(lab.load({ ...ref, files }, 'wasm'));
    });
    expect(failure).toMatchObject({ code: 'file-corrupt', detail: expect.stringContaining('6745945') as string });
  });

  test('a file that is not there', async () => {
    const failure = await page.evaluate(() => {
      const { ref } = lab.embedded;
      const absent = { path: 'chat_template.jinja', bytes: 10, sha256: '' };
      return lab.failureOf(lab.load({ ...ref, files: [...ref.files, absent] }, 'wasm'));
    });
    expect(failure).toMatchObject({ code: 'files-missing', detail: 'chat_template.jinja' });
  });

  test('a build that the folder does not have', async () => {
    const failure = await page.evaluate(() => {
      const { ref } = lab.embedded;
      return lab.failureOf(lab.load({ ...ref, build: { ...ref.build, quantisation: 'q4' } }, 'wasm'));
    });
    expect(failure).toMatchObject({ code: 'files-missing' });
  });

  test('WebGPU where there is none', async () => {
    const failure = await page.evaluate(() => lab.failureOf(lab.load(lab.embedded.ref, 'webgpu')));
    expect(failure).toMatchObject({ code: 'no-webgpu' });
  });
});

test('the probe recommends WASM where there is no GPU', async () => {
  const probe = await page.evaluate(() => lab.engines.probeDevice());
  expect(probe).toMatchObject({
    webgpu: null,
    crossOriginIsolated: true,
    recommended: { device: 'wasm', because: 'no-webgpu' },
    browser: expect.stringMatching(/^Chrome \d+$/) as string,
  });
  expect(probe.threads).toBeLessThanOrEqual(4);
});
