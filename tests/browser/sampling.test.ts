/** Sampling inside the engine's worker: a seed repeats, another differs, and greedy stays what it is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { Sampled, Sampling } from '#domain';
import { embeddedGolden } from './golden.ts';
import { openLab, type LabSite } from './harness.ts';

let site: LabSite;
let page: Page;

beforeAll(async () => {
  site = await openLab({ webgpu: false });
  page = await site.open();
});
afterAll(() => site.close());

/** Hot: hardly any token is likely, so that two seeds cannot agree by chance. */
const hot: Sampled = {
  kind: 'sampled',
  ...{ temperature: 2, topP: 1, topK: null, minP: 0, repetitionPenalty: 1, seed: 11 },
};

const golden = embeddedGolden[6];

function outputs(samplings: readonly Sampling[]): Promise<string[]> {
  const question = golden?.messages ?? [];
  return page.evaluate(
    async ({ question, samplings }) => {
      const model = await lab.load(lab.embedded.ref, 'wasm', { embedded: null });
      const prompt = await model.render(question);
      const all = [];
      for (const sampling of samplings) {
        const request = { messages: question, prompt, maxTokens: 24, sampling };
        let output = '';
        for await (const event of model.generate(request, new AbortController().signal)) {
          if (event.type === 'done') output = event.output;
          if (event.type === 'failed') throw new Error(event.failure.detail);
        }
        all.push(output);
      }
      await model.dispose();
      return all;
    },
    { question, samplings },
  );
}

test('a seed repeats, another one differs, and greedy is untouched by what came before', async () => {
  const greedy: Sampling = { kind: 'greedy' };
  const [before, first, again, other, after] = await outputs([greedy, hot, hot, { ...hot, seed: 12 }, greedy]);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(first).not.toBe(golden?.text);
  expect([before, after]).toEqual([golden?.text, golden?.text]);
});

test('what leaves only the best token is greedy: top k of 1, a tiny top p, a min p of 1', async () => {
  const narrow: Sampling[] = [
    { ...hot, topK: 1 },
    { ...hot, topP: 1e-6 },
    { ...hot, minP: 1 },
  ];
  expect(await outputs(narrow)).toEqual(narrow.map(() => golden?.text));
});

test('a penalty keeps the model from saying again what it has read', async () => {
  const [penalised] = await outputs([{ ...hot, topK: 1, repetitionPenalty: 2 }]);
  expect(penalised).not.toBe(golden?.text);
});
