/**
 * What goes wrong on a GPU, made to go wrong: a wrong kernel (the software adapter with its subgroups left on), a device
 * that is destroyed, an error that nobody captured.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { GenerateEvent } from '#domain';
import { embeddedGolden } from './golden.ts';
import { openLab, type LabSite } from './harness.ts';

let site: LabSite;
let page: Page;

beforeAll(async () => {
  site = await openLab({ webgpu: true });
  page = await site.open();
});
afterAll(() => site.close());

test('a wrong kernel is caught and cured without the user, and the record says how', async () => {
  const environment = await page.evaluate(async () => {
    const model = await lab.load(lab.embedded.ref, 'webgpu', { subgroups: 'until-wrong' });
    await model.dispose();
    return model.environment;
  });
  expect(environment).toMatchObject({
    device: 'webgpu',
    adapter: { subgroups: false },
    selfTest: { kind: 'valid' },
    buildTest: { kind: 'valid', against: 'band' },
    cures: [{ kind: 'without-subgroups' }],
  });
  if (environment.buildTest?.kind === 'valid') {
    console.log(`WebGPU: a token's log-likelihood is off by ${environment.buildTest.worstDifference} at most`);
  }
});

test("the build's own test catches it too, without the test of the device", async () => {
  const environment = await page.evaluate(async () => {
    const model = await lab.load(lab.embedded.ref, 'webgpu', { subgroups: 'on', embedded: null });
    await model.dispose();
    return model.environment;
  });
  expect(environment).toMatchObject({ adapter: { subgroups: true }, buildTest: { kind: 'invalid', against: 'band' } });
  if (environment.buildTest?.kind === 'invalid') {
    console.log(`with 4-wide subgroups it is off by ${environment.buildTest.worstDifference}`);
    expect(environment.buildTest.worstDifference).toBeGreaterThan(0.05);
  }
});

test('a build without a band is compared with the processor', async () => {
  const environment = await page.evaluate(async () => {
    const { ref } = lab.embedded;
    // The same weights under a hash that nothing is known of.
    const files = ref.files.map((f) => (f.path.startsWith('onnx/') ? { ...f, sha256: 'f'.repeat(64) } : f));
    const base = lab.models.embeddedFiles(document.baseURI);
    const engine = lab.engine({ embedded: null, files: () => Promise.resolve(base) });
    const request = { model: { ...ref, files }, device: 'webgpu', onProgress: () => undefined } as const;
    const model = await engine.load(request, new AbortController().signal);
    await model.dispose();
    return { environment: model.environment, living: await lab.livingWorkers() };
  });
  expect(environment.environment.buildTest).toMatchObject({ kind: 'valid', against: 'wasm', agreement: 1 });
});

/** Answers while something is done to the GPU device in the worker, from the first token on. */
async function answerWhile(fault: () => void): Promise<GenerateEvent | undefined> {
  const answering = page.evaluate(async (question) => {
    const model = await lab.load(lab.embedded.ref, 'webgpu', { known: lab.tested });
    const prompt = await model.render(question);
    const request = { messages: question, prompt, maxTokens: 200, sampling: { kind: 'greedy' } } as const;
    let last: GenerateEvent | undefined;
    document.title = 'loaded';
    for await (const event of model.generate(request, new AbortController().signal)) {
      last = event;
      document.title = 'answering';
    }
    document.title = 'over';
    await model.dispose();
    return last;
  }, embeddedGolden[8]?.messages ?? []);
  await expect.poll(() => page.title(), { timeout: 120_000 }).toBe('answering');
  for (const worker of page.workers()) await worker.evaluate(fault);
  return answering;
}

test('a device that is destroyed fails the answer, and does not hang it', async () => {
  const end = await answerWhile(() => {
    // Called below with the device on which it was called.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const make = GPUDevice.prototype.createCommandEncoder;
    GPUDevice.prototype.createCommandEncoder = function (this: GPUDevice, ...rest) {
      this.destroy();
      return make.apply(this, rest);
    };
  });
  expect(end).toMatchObject({ type: 'failed', failure: { retryable: true } });
  expect(['device-lost', 'gpu-error']).toContain(end?.type === 'failed' ? end.failure.code : '');
});

test('an error that nobody captured makes the answer a failure, never an output', async () => {
  const end = await answerWhile(() => {
    // Called below with the device on which it was called.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const make = GPUDevice.prototype.createCommandEncoder;
    GPUDevice.prototype.createCommandEncoder = function (this: GPUDevice, ...rest) {
      const error = new GPUOutOfMemoryError('injected');
      this.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
      return make.apply(this, rest);
    };
  });
  expect(end).toMatchObject({ type: 'failed', failure: { code: 'out-of-memory', detail: 'injected' } });
});
