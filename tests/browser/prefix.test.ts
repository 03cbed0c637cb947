/** Prompts that begin alike are read once: the answers are those of prompts read whole, on both devices. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { GenerateEvent, GenerateRequest, Sampling } from '#domain';
import { openLab, type LabSite } from './harness.ts';

const rows = ['Revenue  35,100', 'Staff costs  4,820', 'Interest  310', 'Tax  2,950', 'Net profit  11,070'];
const passage = `Report of the year 2023\nItem  2023\n${rows.join('\n')}`;
/** The first two begin with the same words, so a token more is shared than the passage. */
const questions = ['What was Revenue in 2023?', 'What was Tax in 2023?', 'Name the Interest of 2023.'];

const greedy: Sampling = { kind: 'greedy' };
const sampled: Sampling = {
  kind: 'sampled',
  ...{ temperature: 0.9, topP: 0.95, topK: 40, minP: 0.01, repetitionPenalty: 1.1, seed: 7 },
};

interface Order {
  readonly device: 'wasm' | 'webgpu';
  readonly reusePrefix: boolean;
  readonly sampling: Sampling;
  readonly prompts: readonly string[];
}

/** The last events of the answers to all prompts, and the hashes of their token ids. */
function answers(page: Page, order: Order): Promise<(GenerateEvent | undefined)[][]> {
  return page.evaluate(async ({ device, reusePrefix, sampling, prompts }) => {
    const model = await lab.load(lab.embedded.ref, device, { reusePrefix, known: lab.tested });
    const all = [];
    for (const content of prompts) {
      const messages = [{ role: 'user', content }] as const;
      const prompt = await model.render(messages);
      const request = { messages, prompt, maxTokens: 4, sampling };
      const events = [];
      for await (const event of model.generate(request, new AbortController().signal)) events.push(event);
      all.push([events[0], events.at(-1)]);
    }
    await model.dispose();
    return all;
  }, order);
}

function reusedOf(all: readonly (readonly (GenerateEvent | undefined)[])[]): number[] {
  return all.map(([, end]) => (end?.type === 'done' ? (end.timing.reusedTokens ?? 0) : NaN));
}

/** What must not depend on whether a prefix was reused. */
function saidIn(all: readonly (readonly (GenerateEvent | undefined)[])[]): unknown[] {
  return all.map(([prompt, end]) => {
    if (end?.type !== 'done') throw new Error(JSON.stringify(end));
    return { prompt, output: end.output, finish: end.finish, usage: end.usage };
  });
}

describe.each(['wasm', 'webgpu'] as const)('%s', (device) => {
  let site: LabSite;
  let page: Page;
  beforeAll(async () => {
    site = await openLab({ webgpu: device === 'webgpu' });
    page = await site.open();
  });
  afterAll(() => site.close());

  test('the same answers, token counts and token ids as without, greedy and sampled', async () => {
    const prompts = questions.map((question) => `${passage}\n\n${question}`);
    // The software adapter decodes one or two tokens in a second.
    for (const sampling of device === 'wasm' ? [greedy, sampled] : [sampled]) {
      const whole = await answers(page, { device, reusePrefix: false, sampling, prompts });
      const reusing = await answers(page, { device, reusePrefix: true, sampling, prompts });
      expect(saidIn(reusing)).toEqual(saidIn(whole));
      expect(reusedOf(whole)).toEqual([0, 0, 0]);
      const [first, second, third] = reusedOf(reusing);
      expect(first).toBe(0);
      expect(third).toBeGreaterThan(32);
      expect(second).toBeGreaterThan(third ?? NaN);
    }
    expect(site.complaints).toEqual([]);
  });
});

describe('what is kept', () => {
  let site: LabSite;
  let page: Page;
  beforeAll(async () => {
    site = await openLab({ webgpu: false });
    page = await site.open();
  });
  afterAll(() => site.close());

  test('is dropped when another passage comes, and taken up by the same prompt again', async () => {
    const other =
      'A list of towns and of how many people live in each of them, counted in the spring.\n\nWhich is largest?';
    const prompt = `${passage}\n\n${questions[0] ?? ''}`;
    const reused = reusedOf(
      await answers(page, {
        device: 'wasm',
        reusePrefix: true,
        sampling: greedy,
        prompts: [prompt, prompt, other, prompt],
      }),
    );
    expect(reused[1]).toBeGreaterThan(64);
    expect([reused[0], reused[2], reused[3]]).toEqual([0, 0, 0]);
  });

  test('is nothing after a cancelled answer, whose successor is whole and right', async () => {
    const outcome = await page.evaluate(
      async (contents) => {
        const model = await lab.load(lab.embedded.ref, 'wasm', { embedded: null });
        const ask = async (content: string, signal: AbortSignal): Promise<GenerateEvent[]> => {
          const messages = [{ role: 'user', content }] as const;
          const request = {
            messages,
            prompt: await model.render(messages),
            maxTokens: 16,
            sampling: { kind: 'greedy' },
          };
          const events: GenerateEvent[] = [];
          for await (const event of model.generate(request as GenerateRequest, signal)) events.push(event);
          return events;
        };
        const never = new AbortController().signal;
        const [first = '', second = ''] = contents;
        const whole = await ask(second, never);
        const messages = [{ role: 'user', content: first }] as const;
        const request = {
          messages,
          prompt: await model.render(messages),
          maxTokens: 900,
          sampling: { kind: 'greedy' },
        };
        // Its answers are short: on a busy machine one may be over before the worker hears that it is not wanted.
        let end: string | undefined;
        for (let attempt = 0; attempt < 10 && end !== 'cancelled'; attempt++) {
          await ask('Hello', never);
          const abort = new AbortController();
          for await (const event of model.generate(request as GenerateRequest, abort.signal)) {
            if (event.type === 'token') abort.abort();
            end = event.type;
          }
        }
        const after = await ask(second, never);
        await model.dispose();
        return { whole: whole.at(-1), end, after: after.at(-1) };
      },
      questions.map((question) => `${passage}\n\n${question}`),
    );
    const { whole, end, after } = outcome;
    expect(end).toBe('cancelled');
    if (whole?.type !== 'done' || after?.type !== 'done') throw new Error(JSON.stringify(outcome));
    expect(after).toMatchObject({ output: whole.output, usage: whole.usage });
    expect(after.timing.reusedTokens).toBeUndefined();
  });
});
