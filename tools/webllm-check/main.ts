/**
 * `npm run -s webllm-check`: a compiled library and weights, loaded by our adapter of web-llm in a headless browser.
 * Prints what happens, then one line of JSON (CheckResult).
 */
import { launchBrowser } from '../browser.ts';
import { buildPage } from '../pages.ts';
import { serve } from '../serve/index.ts';
import { readOptions, type CheckOptions } from './options.ts';
import { webLlmOfVersion } from './package.ts';
import type { CheckResult } from './page/main.ts';

const options = readOptions(process.argv.slice(2));
process.exitCode = await run(options).catch((thrown: unknown) => {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  return 1;
});

async function run(options: CheckOptions): Promise<number> {
  const site = await serve(await page(options.package), { port: 0 });
  const browser = await launchBrowser({ webgpu: options.gpu ? 'hardware' : true });
  try {
    const result = await check(await browser.newPage(), site.url, options);
    if (result.failure !== undefined) console.log(`failed: ${result.failure.code}: ${result.failure.detail}`);
    console.log(JSON.stringify(result));
    return result.failure === undefined ? 0 : 1;
  } finally {
    await browser.close();
    await site.close();
  }
}

async function page(version: string | null): Promise<string> {
  return buildPage({
    name: version === null ? 'webllm-check' : `webllm-check-${version}`,
    root: 'tools/webllm-check/page',
    sources: ['src/domain', 'src/engines', 'src/models'],
    ...(version === null ? {} : { packages: { '@mlc-ai/web-llm': await webLlmOfVersion(version) } }),
  });
}

type BrowserPage = Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>;

async function check(page: BrowserPage, url: string, options: CheckOptions): Promise<CheckResult> {
  const crashed = new Promise<never>((_, reject) => {
    page.on('crash', () => reject(new Error('The page crashed: the browser ran out of memory.')));
  });
  page.on('console', (message) => {
    if (message.type() === 'error') process.stderr.write(`${message.text()}\n`);
  });
  await page.exposeFunction('say', (line: string) => console.log(line));
  await page.goto(url);
  await page.locator('#model').setInputFiles(options.model);
  await page.locator('#library').setInputFiles(options.lib);
  const { prompt, tokens, context } = options;
  return Promise.race([page.evaluate((request) => globalThis.check(request), { prompt, tokens, context }), crashed]);
}
