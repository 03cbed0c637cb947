import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { buildPage } from '../pages.ts';
import { serve } from '../serve/index.ts';

export interface BenchSite {
  readonly webgpu: boolean;
  /** A model's folder for the page's picker; null: none. */
  readonly model: string | null;
}

/** Opens the bench's page in a real browser, with the site's own headers, for as long as `work` takes. */
export async function withBenchPage<T>({ webgpu, model }: BenchSite, work: (page: Page) => Promise<T>): Promise<T> {
  const sources = ['src/domain', 'src/engines', 'src/models', 'src/storage'];
  const site = await serve(await buildPage({ name: 'bench', root: 'tools/bench/page', sources }), { port: 0 });
  const browser = await launchBrowser({ webgpu });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => {
      // `info` is the page's own progress.
      if (message.type() === 'error' || message.type() === 'info') process.stderr.write(`${message.text()}\n`);
    });
    await page.goto(site.url);
    if (model !== null) await page.locator('#folder').setInputFiles(model);
    return await work(page);
  } finally {
    await browser.close();
    await site.close();
  }
}
