import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSite, whenOver, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it('a tab that is killed while it loads is reported at the next visit, and tried again with one click', async () => {
  const visitor = await site.visitor();
  const { page, context } = visitor;
  // The weights do not come: the tab dies in the middle of its load.
  let stalled = true;
  await context.route('**/model.onnx', (route) => (stalled ? undefined : route.continue()));
  await visitor.open('/run');
  await page.getByTestId('device').selectOption('wasm');
  await page.getByTestId('limit').fill('2');
  await page.getByTestId('start').click();
  await page.locator('[data-testid="run-status"][data-phase=loading]').waitFor();
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('tabeval-tombstone:')));

  // A second tab of a living first one has nothing to report.
  const beside = await context.newPage();
  await beside.goto(`${site.url}#/run`);
  await beside.getByTestId('start').waitFor();
  expect(await beside.getByTestId('death').count()).toBe(0);
  await beside.close();

  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Never answered: the renderer that would answer is gone.
  void session.send('Page.crash').catch(() => undefined);
  await crashed;

  stalled = false;
  const next = await context.newPage();
  await next.goto(`${site.url}#/run`);
  const death = next.getByTestId('death');
  await death.waitFor();
  expect(await death.getAttribute('data-device')).toBe('wasm');
  expect(['files', 'runtime', 'self-test']).toContain(await death.getAttribute('data-phase'));
  expect(await death.innerText()).toContain('fp32');
  await next.getByTestId('limit').fill('1');
  await next.getByTestId('rescue-again').click();
  expect((await whenOver(next)).phase).toBe('finished');
  expect(await death.count()).toBe(0);
  await next.reload();
  await next.getByTestId('start').waitFor();
  expect(await next.getByTestId('death').count()).toBe(0);
});

it('a tab that is closed in order leaves nothing to report', async () => {
  const visitor = await site.visitor();
  const { page, context } = visitor;
  await context.route('**/model.onnx', () => undefined);
  await visitor.open('/run');
  await page.getByTestId('device').selectOption('wasm');
  await page.getByTestId('start').click();
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('tabeval-tombstone:')));
  await page.reload();
  await page.getByTestId('start').waitFor();
  expect(await page.getByTestId('death').count()).toBe(0);
});
