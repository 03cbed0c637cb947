/** Builds the lab page with the site's own settings, serves it with the site's headers, and opens it in a browser. */
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, type LaunchOptions } from '../../tools/browser.ts';
import { buildPage, type ExtraPage } from '../../tools/pages.ts';
import { serve, type Served } from '../../tools/serve/index.ts';

/** Not at the root: the build has to work from any path of a host. */
const BASE = '/some/path/';

const usualLab: ExtraPage = {
  name: 'labs',
  root: 'tests/browser/lab',
  sources: ['src/domain', 'src/engines', 'src/models', 'tests/contracts'],
};

export interface LabSite {
  readonly browser: Browser;
  /** A fresh page with the lab on it; `before` runs in it before any script of the page. */
  open(before?: () => void): Promise<Page>;
  /** What pages have written to their consoles as errors, and errors that nobody caught. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function openLab(options: LaunchOptions, lab: ExtraPage = usualLab): Promise<LabSite> {
  const site: Served = await serve(await buildPage(lab), { port: 0, base: BASE });
  const browser = await launchBrowser(options);
  const complaints: string[] = [];
  return {
    browser,
    complaints,
    async open(before) {
      const page = await browser.newPage();
      if (before !== undefined) await page.addInitScript(before);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      // Resolves after the page's script has run.
      await page.goto(site.url);
      return page;
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
