/** A queue whose tab is lost: offered at the next visit, and ended as if nothing had happened. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { itemRows, openSite, type Row, type Site, type Visitor } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const ITEMS = 6;

/** Three suites on the embedded model, started. */
async function startThree(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await visitor.open('/run');
  const suites = page.locator('input[name="suite"]');
  await suites.first().waitFor();
  for (const place of [0, 1, 2]) await suites.nth(place).check({ force: true });
  await page.getByTestId('device').selectOption('wasm');
  await page.getByTestId('limit').fill(String(ITEMS));
  await page.getByTestId('start').click();
  await page.getByTestId('queue-job').nth(2).waitFor();
}

async function untilDone(page: Page, items: number): Promise<void> {
  const done = async () => Number(await page.getByTestId('run-status').getAttribute('data-done'));
  while ((await done()) < items) await page.waitForTimeout(20);
}

/** Waits for the end of the queue; what the three stored runs came to, in the order in which they began. */
async function rowsOfThree(visitor: Visitor): Promise<readonly (readonly Row[])[]> {
  const { page } = visitor;
  await page.getByTestId('stop').waitFor();
  await page.getByTestId('start').waitFor({ timeout: 240_000 });
  await visitor.open('/results');
  const runs = page.getByTestId('run-row');
  await runs.nth(2).waitFor();
  const ids = await runs.evaluateAll((all) => all.map((row) => row.getAttribute('data-run') ?? ''));
  const rows: (readonly Row[])[] = [];
  for (const id of ids.reverse()) rows.push(await itemRows(visitor, id));
  return rows;
}

async function crash(page: Page, context: BrowserContext): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Never answered: the renderer that would answer is gone.
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
}

const inNewTab = async (visitor: Visitor): Promise<Visitor> => {
  const page = await visitor.context.newPage();
  const open = async (hash: string): Promise<void> => void (await page.goto(`${site.url}#${hash}`));
  await open('/run');
  await page.getByTestId('start').waitFor();
  return { ...visitor, page, open };
};

/** Longer than the page takes to look. */
const A_LOOK = 2_000;

it('a queue whose tab is killed, and then reloaded, ends with every item once and all as without it', async () => {
  const whole = await site.visitor();
  await startThree(whole);
  const wanted = await rowsOfThree(whole);
  expect(wanted.map((rows) => rows.length)).toEqual([ITEMS, ITEMS, ITEMS]);

  const visitor = await site.visitor();
  await startThree(visitor);
  await untilDone(visitor.page, 2);
  await crash(visitor.page, visitor.context);

  const next = await inNewTab(visitor);
  const { page } = next;
  const offer = page.getByTestId('kept-queue');
  await offer.waitFor();
  expect(await offer.getByRole('heading').innerText()).toBe('2 runs were still waiting');
  expect(await offer.getByTestId('kept-job').first().innerText()).toMatch(/interrupted · \d of 6 answered/);
  // Offered with its queue, and not once more by itself.
  expect(await page.locator('[data-testid^="resume-"]').count()).toBe(0);
  expect(await page.getByTestId('queue-job').count()).toBe(0);

  // A second tab sees it too. Once the first one has it, it offers nothing, and does nothing.
  const late = await inNewTab(next);
  await late.page.getByTestId('kept-continue').waitFor();
  await page.bringToFront();
  await offer.getByTestId('kept-continue').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('queue-job').nth(2).waitFor();
  await late.page
    .getByTestId('kept-continue')
    .click({ timeout: 2_000 })
    .catch(() => undefined);
  await late.page.waitForTimeout(A_LOOK);
  expect(await late.page.getByTestId('kept-queue').count()).toBe(0);
  expect(await late.page.getByTestId('queue-job').count()).toBe(0);
  await late.page.close();

  await page.locator('[data-testid=queue-job][data-state=ended]').first().waitFor({ timeout: 240_000 });
  await page.reload();
  await offer.waitFor();
  await offer.getByTestId('kept-continue').click();
  expect(await rowsOfThree(next)).toEqual(wanted);
  await next.open('/run');
  await page.waitForTimeout(A_LOOK);
  expect(await offer.count()).toBe(0);
  expect(site.complaints.filter((text) => !text.includes('crash'))).toEqual([]);
});

it('a queue is dropped run by run or discarded, and one that was stopped is not offered', async () => {
  const visitor = await site.visitor('zh-CN');
  const { page } = visitor;
  await startThree(visitor);
  await untilDone(page, 1);
  await page.reload();
  const offer = page.getByTestId('kept-queue');
  await offer.waitFor();
  expect(await offer.getByRole('heading').innerText()).toBe('还有 2 次运行在排队');
  await offer.getByTestId('kept-drop').nth(2).click();
  await page.locator('[data-testid=kept-job]').nth(2).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  await offer.getByTestId('kept-discard').click();
  await offer.waitFor({ state: 'detached' });
  // What had begun can be gone on with by itself.
  await page.locator('[data-testid^="resume-"]').first().waitFor();
  await page.reload();
  await page.locator('[data-testid^="resume-"]').first().waitFor();
  expect(await offer.count()).toBe(0);

  await startThree(visitor);
  await untilDone(page, 1);
  await page.getByTestId('stop').click();
  await page.getByTestId('start').waitFor();
  await page.reload();
  await page.locator('[data-testid^="resume-"]').first().waitFor();
  expect(await offer.count()).toBe(0);
  expect(site.complaints).toEqual([]);
});
