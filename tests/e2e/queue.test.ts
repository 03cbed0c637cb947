import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it('runs two suites one after the other, skips a third, and leads to the results', async () => {
  const { page, ...visitor } = await site.visitor();
  await visitor.open('/run');
  const suites = page.locator('input[name="suite"]');
  await suites.first().waitFor();
  for (const place of [0, 1, 2]) await suites.nth(place).check({ force: true });
  await page.getByTestId('device').selectOption('wasm');
  await page.getByTestId('limit').fill('2');
  await page.getByTestId('start').click();
  const jobs = page.getByTestId('queue-job');
  await jobs.nth(2).waitFor();
  await jobs.nth(2).getByTestId('queue-skip').click();
  await page.locator('[data-testid=start]').waitFor({ timeout: 120_000 });
  expect(await jobs.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')))).toEqual([
    'ended',
    'ended',
    'cancelled',
  ]);
  expect(await page.getByTestId('queue-open').count()).toBe(2);
  expect(await page.getByTestId('queue-compare').getAttribute('href')).toBe('#/compare');
  await visitor.open('/results');
  await page.getByTestId('run-row').first().waitFor();
  expect(await page.getByTestId('run-row').count()).toBe(2);
  expect(site.complaints).toEqual([]);
});
