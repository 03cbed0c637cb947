/** Builds the lab page with the site's own settings, serves it with the site's headers, and opens it in a browser. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build, mergeConfig, type InlineConfig } from 'vite';
import siteConfig from '../../vite.config.ts';
import { launchBrowser, type LaunchOptions } from '../../tools/browser.ts';
import { fingerprint } from '../../tools/fingerprint.ts';
import { withLock } from '../../tools/lock.mjs';
import { cacheFolder, repository } from '../../tools/root.ts';
import { serve, type Served } from '../../tools/serve/index.ts';

const labs = join(cacheFolder, 'labs');
const sources = [
  'src/domain',
  'src/engines',
  'src/models',
  'tests/browser/lab',
  'tests/contracts',
  'public',
  'vite.config.ts',
];

/** Not at the root: the build has to work from any path of a host. */
const BASE = '/some/path/';

/** Kept by the hash of its sources, so that the test files of one run build it once. */
async function labFolder(): Promise<string> {
  const folder = join(labs, fingerprint([...sources, 'package-lock.json']).slice(0, 16));
  await withLock(labs, async () => {
    if (existsSync(folder)) return;
    rmSync(labs, { recursive: true, force: true });
    mkdirSync(labs, { recursive: true });
    const lab: InlineConfig = {
      configFile: false,
      root: join(repository, 'tests', 'browser', 'lab'),
      publicDir: join(repository, 'public'),
      logLevel: 'warn',
      mode: 'production',
      build: { outDir: `${folder}.new`, emptyOutDir: true },
    };
    await build(mergeConfig({ ...siteConfig, plugins: [] }, lab));
    renameSync(`${folder}.new`, folder);
  });
  return folder;
}

export interface LabSite {
  readonly browser: Browser;
  /** A fresh page with `lab` on it; `before` runs in it before any script of the page. */
  open(before?: () => void): Promise<Page>;
  /** What pages have written to their consoles as errors, and errors that nobody caught. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function openLab(options: LaunchOptions): Promise<LabSite> {
  const site: Served = await serve(await labFolder(), { port: 0, base: BASE });
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
