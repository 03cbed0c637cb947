/**
 * The embedded model on WebGPU's software adapter. Its subgroups are 4 wide, where ONNX Runtime's attention is wrong from
 * 32 tokens on: so this is the place to see the cure work and the self-test catch what is not cured.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { embeddedGolden } from './golden.ts';
import { openLab, type LabSite } from './harness.ts';
import type { LogitsOrder } from './lab/logitsWorker.ts';

/** Absolute, in logits; why: src/engines/transformers/worker/selfTest.ts. */
const TOLERANCE = 0.02;

const VOCABULARY = 2560;

const long = embeddedGolden.filter((c) => c.promptIds.length > 32).slice(0, 3);

let site: LabSite;
let page: Page;

beforeAll(async () => {
  site = await openLab({ webgpu: true });
  page = await site.open();
});
afterAll(() => site.close());

test('a software adapter is recognised, and WASM recommended', async () => {
  const probe = await page.evaluate(() => lab.engines.probeDevice());
  expect(probe).toMatchObject({
    webgpu: { software: true, vendor: 'google', architecture: 'swiftshader', f16: false },
    recommended: { device: 'wasm', because: 'software-adapter' },
  });
  expect(probe.webgpu?.maxBindingBytes).toBeGreaterThan(2 ** 27);
});

function logits(order: Pick<LogitsOrder, 'device' | 'prompts' | 'withoutSuspending'>): Promise<number[][]> {
  return page.evaluate(
    (o) => lab.firstLogits({ ...o, base: new URL('models/embedded/', document.baseURI).href }),
    order,
  );
}

function largestDifference(a: readonly number[] = [], b: readonly number[] = []): number {
  expect([a.length, b.length]).toEqual([VOCABULARY, VOCABULARY]);
  return Math.max(...a.map((x, i) => Math.abs(x - (b[i] ?? NaN))));
}

test('prompts of more than 32 tokens give the logits of WASM, with either build of the runtime', async () => {
  const prompts = long.map((c) => c.promptIds);
  const wasm = await logits({ device: 'wasm', prompts });
  const webgpu = await logits({ device: 'webgpu', prompts });
  const asyncify = await logits({ device: 'webgpu', prompts: prompts.slice(0, 1), withoutSuspending: true });
  const differences = wasm.map((row, i) => largestDifference(row, webgpu[i]));
  differences.push(largestDifference(wasm[0], asyncify[0]));
  console.log(`WebGPU against WASM: logits differ by ${differences.join(', ')} at most`);
  expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
});

test('items of more than 32 tokens get the golden answers, and the device is found valid', async () => {
  const { environment, answers } = await page.evaluate(
    async (conversations) => {
      const model = await lab.load(lab.embedded.ref, 'webgpu');
      const answers = [];
      for (const conversation of conversations) answers.push(await lab.answer(model, conversation, 16));
      await model.dispose();
      return { environment: model.environment, answers };
    },
    long.map((c) => c.messages),
  );
  expect(long).toHaveLength(3);
  expect(answers.map((a) => a.events.at(-1))).toMatchObject(long.map((c) => ({ type: 'done', output: c.text })));
  expect(environment.memory?.bytesPerSecond).toBeGreaterThan(1e7);
  console.log(`The adapter copies ${((environment.memory?.bytesPerSecond ?? 0) / 1e9).toFixed(2)} GB/s`);
  expect(environment).toMatchObject({
    device: 'webgpu',
    threads: null,
    adapter: { architecture: 'swiftshader', subgroupMinSize: 4, subgroups: false },
    selfTest: { kind: 'valid', cases: 2 },
  });
});

test('with the subgroup features the self-test finds the device wrong', async () => {
  const { adapter, selfTest } = await page.evaluate(async () => {
    const model = await lab.load(lab.embedded.ref, 'webgpu', { subgroups: 'on' });
    await model.dispose();
    return model.environment;
  });
  expect(adapter).toMatchObject({ subgroups: true });
  expect(selfTest).toMatchObject({ kind: 'invalid', cases: 2 });
  if (selfTest.kind === 'invalid') {
    console.log(`WebGPU with 4-wide subgroups: logits off by ${selfTest.maxDifference}`);
    expect(selfTest.maxDifference).toBeGreaterThan(10 * TOLERANCE);
  }
});

test('a 16-bit build is refused before anything is read, where the adapter has no f16', async () => {
  const failure = await page.evaluate(() => {
    const { ref } = lab.embedded;
    const build = { ...ref.build, quantisation: 'q4f16' };
    return lab.failureOf(lab.load({ ...ref, build }, 'webgpu'));
  });
  expect(failure).toMatchObject({ code: 'unsupported-build', detail: 'shader-f16' });
});

/** The last: it takes the GPU away from every page of this browser. */
test('a GPU that is lost in the middle of an answer gives device-lost, and a fresh load works', async () => {
  const answering = page.evaluate(async (question) => {
    const model = await lab.load(lab.embedded.ref, 'webgpu', { known: lab.tested });
    document.title = 'answering';
    const { events } = await lab.answer(model, question, 100);
    await model.dispose();
    const fresh = await lab.load(lab.embedded.ref, 'webgpu', { known: lab.tested });
    await fresh.dispose();
    return { end: events.at(-1), fresh: fresh.environment.device };
  }, embeddedGolden[8]?.messages ?? []);
  await expect.poll(() => page.title(), { timeout: 60_000 }).toBe('answering');
  const session = await site.browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess');
  const { end, fresh } = await answering;
  expect(end).toMatchObject({ type: 'failed', failure: { code: 'device-lost', retryable: true } });
  expect(fresh).toBe('webgpu');
});
