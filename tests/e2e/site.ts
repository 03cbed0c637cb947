/** The built site, served as `npm start` serves it but under a sub-path, and driven as a person drives it. */
import { inject } from 'vitest';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../tools/browser.ts';
import { serve, type Served } from '../../tools/serve/index.ts';

export interface Site {
  readonly url: string;
  /** A person who was never here: nothing stored, nothing cached. */
  visitor(locale?: string): Promise<Visitor>;
  /** Errors of pages, errors in their consoles, and requests to other hosts. Must stay empty. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Opens a page by its address behind '#'. */
  open(hash: string): Promise<void>;
  /** Bytes that came over the network so far, compressed, by address; headers are not counted. */
  readonly received: ReadonlyMap<string, number>;
}

export async function openSite(options: { readonly webgpu?: boolean } = {}): Promise<Site> {
  const site: Served = await serve(inject('site'), { port: 0, base: '/some/path/' });
  const browser: Browser = await launchBrowser({ webgpu: options.webgpu ?? false });
  const complaints: string[] = [];
  return {
    url: site.url,
    complaints,
    visitor: (locale = 'en-US') => visit(browser, site.url, locale, complaints),
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
}

async function visit(browser: Browser, url: string, locale: string, complaints: string[]): Promise<Visitor> {
  const context = await browser.newContext({ locale });
  const page = await context.newPage();
  const received = new Map<string, number>();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin) && request.url().startsWith('http'))
      complaints.push(request.url());
  });
  page.on('requestfinished', (request) => {
    void request
      .sizes()
      .then(({ responseBodySize }) => received.set(request.url(), responseBodySize))
      // A page that is closed takes its sizes along.
      .catch(() => undefined);
  });
  return {
    context,
    page,
    received,
    open: async (hash) => {
      await page.goto(`${url}#${hash}`);
    },
  };
}

/** Checks this box and no other of its group. The label lies over a box, so that the whole card can be clicked. */
export async function choose(choice: Locator): Promise<void> {
  const group = (await choice.getAttribute('name')) ?? '';
  await choice.check({ force: true });
  const boxes = choice.page().locator(`input[name="${group}"]`);
  const wanted = await choice.getAttribute('value');
  for (const other of await boxes.all()) {
    if ((await other.getAttribute('value')) !== wanted) await other.uncheck({ force: true });
  }
}

/** Waits until the run is over and returns its phase and id. */
export async function whenOver(page: Page): Promise<{ phase: string; run: string }> {
  const status = page.locator(
    '[data-testid="run-status"]:is([data-phase=finished],[data-phase=stopped],[data-phase=failed])',
  );
  await status.waitFor({ timeout: 240_000 });
  return {
    phase: (await status.getAttribute('data-phase')) ?? '',
    run: (await status.getAttribute('data-run')) ?? '',
  };
}

/** Runs a built-in suite on the Run page from the start to the end; returns the run's id. */
export async function runSuite(visitor: Visitor, suite: string, limit?: number): Promise<string> {
  const { page } = visitor;
  await visitor.open('/run');
  await choose(page.getByTestId(`suite-${suite}`));
  await page.getByTestId('device').selectOption('wasm');
  await page.getByTestId('limit').fill(limit === undefined ? '' : String(limit));
  await page.getByTestId('start').click();
  const { phase, run } = await whenOver(page);
  if (phase !== 'finished') throw new Error(await page.getByTestId('run-status').innerText());
  return run;
}

export interface Row {
  readonly index: string | null;
  readonly verdict: string | null;
  readonly text: string;
}

/** What the run's page lists: one row for each item. */
export async function itemRows(visitor: Visitor, run: string): Promise<readonly Row[]> {
  await visitor.open(`/results/${run}`);
  const rows = visitor.page.getByTestId('item-row');
  await rows.first().waitFor();
  return rows.evaluateAll((elements) =>
    elements.map((row) => ({
      index: row.getAttribute('data-index'),
      verdict: row.getAttribute('data-verdict'),
      text: row.textContent,
    })),
  );
}
