import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { summaries } from '../../src/catalog/summaries.ts';
import { choose, itemRows, openSite, runSuite, whenOver, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const done = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('run-status').getAttribute('data-done'));

async function untilDone(page: Page, items: number): Promise<void> {
  while ((await done(page)) < items) await page.waitForTimeout(20);
}

/** Ends every worker of the page from the outside, as a browser does that is short of memory. */
async function killWorkers(page: Page): Promise<number> {
  const workers = page.workers();
  await Promise.all(workers.map((worker) => worker.evaluate(() => globalThis.close()).catch(() => undefined)));
  return workers.length;
}

it('a run that lost its worker, was stopped and whose tab was reloaded equals an uninterrupted one', async () => {
  const whole = await site.visitor();
  const wanted = await itemRows(whole, await runSuite(whole, 'mathematics'));
  expect(wanted).toHaveLength(summaries.mathematics.itemCount);

  const { page, ...visitor } = await site.visitor();
  await visitor.open('/run');
  await choose(page.getByTestId('suite-mathematics'));
  await page.getByTestId('device').selectOption('wasm');
  await page.getByTestId('start').click();
  await untilDone(page, 4);
  expect(await killWorkers(page)).toBeGreaterThan(0);
  const atDeath = await done(page);
  await untilDone(page, atDeath + 4);

  await page.getByTestId('stop').click();
  const stopped = await whenOver(page);
  expect(stopped.phase).toBe('stopped');
  const finished = await done(page);
  expect(finished).toBeGreaterThanOrEqual(atDeath + 4);
  expect(finished).toBeLessThan(summaries.mathematics.itemCount);

  await page.reload();
  const resume = page.getByTestId(`resume-${stopped.run}`);
  await resume.waitFor();
  await resume.click();
  await untilDone(page, finished + 1);
  // The tab is closed in the middle of an item: nothing says goodbye.
  await page.reload();
  await resume.waitFor();
  await resume.click();
  expect(await whenOver(page)).toEqual({ phase: 'finished', run: stopped.run });
  expect(await itemRows({ page, ...visitor }, stopped.run)).toEqual(wanted);
  expect(site.complaints).toEqual([]);
});
