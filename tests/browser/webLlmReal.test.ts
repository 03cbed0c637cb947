/**
 * A compiled library and weights, loaded by our adapter and cancelled in the middle of everything. Needs both, which are
 * no part of this repository, and some patience where there is no GPU:
 *   TABEVAL_WEBLLM_LIB      the compiled library (.wasm), in 32 bits
 *   TABEVAL_WEBLLM_MODEL    the folder with its weights, configuration and tokenizer
 *   TABEVAL_WEBLLM_PACKAGE  the version of web-llm that it was made for; left out: the installed one
 */
import { expect, test } from 'vitest';
import { webLlmOfVersion } from '../../tools/webllm-check/package.ts';
import { openLab } from './harness.ts';

const { TABEVAL_WEBLLM_LIB: library, TABEVAL_WEBLLM_MODEL: model, TABEVAL_WEBLLM_PACKAGE: version } = process.env;
const given = library !== undefined && model !== undefined;
if (!given)
  console.log('No compiled library: set TABEVAL_WEBLLM_LIB and TABEVAL_WEBLLM_MODEL to test with a real one.');

const HOUR = 60 * 60_000;

test.skipIf(!given)(
  'a real library loads, answers, stops between two tokens and in the middle of loading',
  async () => {
    const packages = version === undefined ? {} : { '@mlc-ai/web-llm': await webLlmOfVersion(version) };
    const lab = {
      name: 'webllm-real',
      root: 'tests/browser/webLlmLab',
      sources: ['src/domain', 'src/engines', 'src/models', 'tests/contracts', 'tests/engines/webLlm/wasm.ts'],
      packages,
    };
    const site = await openLab({ webgpu: true }, lab);
    try {
      const page = await site.open();
      await page.locator('#model').setInputFiles(model ?? '');
      await page.locator('#library').setInputFiles(library ?? '');
      const outside: string[] = [];
      page.on('request', (request) => {
        if (!/\/assets\/[\w.-]+\.js$/.test(request.url())) outside.push(request.url());
      });
      const outcome = await page.evaluate(async () => {
        const began = performance.now();
        const phases: string[] = [];
        const model = await webLlmLab.loadPicked(undefined, ({ phase }) => {
          if (phases.at(-1) !== phase) phases.push(phase);
        });
        const loadedMs = performance.now() - began;
        const whole = (await webLlmLab.answer(model, 2)).at(-1);

        const messages = [{ role: 'user', content: 'Say something.' }] as const;
        const request = { messages, prompt: await model.render(messages), maxTokens: 50, sampling: { kind: 'greedy' } };
        const stop = new AbortController();
        const events = [];
        let stoppedAt = 0;
        for await (const event of model.generate(request as never, stop.signal)) {
          events.push(event.type);
          if (event.type !== 'token') continue;
          stoppedAt = performance.now();
          stop.abort();
        }
        const stoppedMs = performance.now() - stoppedAt;
        const again = (await webLlmLab.answer(model, 2)).at(-1);
        await model.dispose();

        const abort = new AbortController();
        const reason = new Error('enough');
        const loading = webLlmLab.loadPicked(abort.signal, (progress) => {
          if (progress.phase === 'files' && progress.loadedBytes > progress.totalBytes / 3) abort.abort(reason);
        });
        const cancelled = await loading.catch((thrown: unknown) => thrown === reason);
        return {
          phases,
          loadedMs,
          whole,
          again,
          events,
          stoppedMs,
          cancelled,
          living: await webLlmLab.livingWorkers(),
        };
      });
      console.log(JSON.stringify(outcome));
      expect(outcome.whole).toMatchObject({ type: 'done', finish: 'length', usage: { outputTokens: 2 } });
      expect(outcome.again).toMatchObject({ output: (outcome.whole as { output: string }).output });
      expect(outcome.events).toEqual(['prompt', 'token', 'cancelled']);
      expect(outcome.stoppedMs).toBeLessThan(1_000);
      expect(outcome).toMatchObject({ cancelled: true, living: 0 });
      expect(outside).toEqual([]);
    } finally {
      await site.close();
    }
  },
  HOUR,
);
