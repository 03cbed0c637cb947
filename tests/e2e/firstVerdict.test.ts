import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** Marks the moment at which Run accepts a click: a poll from here would count what the page fetches after it. */
function markReady(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector('[data-testid=start]:enabled') === null) return;
    performance.mark('ready');
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}

it('fetches at most 100 kB until Run accepts a click, and no engine', async () => {
  const visitor = await site.visitor();
  await visitor.page.addInitScript(markReady);
  await visitor.open('/');
  await visitor.page.locator('[data-testid=start]:enabled').waitFor();
  const later = await visitor.page.evaluate(() => {
    const ready = performance.getEntriesByName('ready')[0]?.startTime ?? 0;
    const asked = performance.getEntriesByType('resource').filter(({ startTime }) => startTime > ready);
    return ready === 0 ? null : asked.map(({ name }) => name);
  });
  expect(later).not.toBeNull();
  const files = [...visitor.received].filter(([url]) => later?.includes(url) === false);
  const bytes = files.reduce((sum, [, size]) => sum + size, 0);
  console.log(`first visit: ${bytes} bytes in ${files.length} files`);
  expect(files.length).toBeGreaterThan(3);
  expect(bytes).toBeLessThanOrEqual(100_000);
  expect(files.filter(([url]) => /\.(wasm|onnx)/.test(url))).toEqual([]);
});

it('one click on the example shows what a real model makes of seed-003, and keeps it over a reload', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  await visitor.open('/question');
  await page.getByTestId('example').waitFor();
  const begun = performance.now();
  await page.getByTestId('example').click();
  await page.getByTestId('question-verdict').first().waitFor();
  await page
    .locator('[data-testid=question-verdict][data-verdict=i], [data-testid=question-verdict][data-verdict=c]')
    .waitFor();
  console.log(`first click to first verdict: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  await visitor.open('/results');
  const row = page.getByTestId('run-row');
  await row.first().waitFor();
  expect(await row.count()).toBe(1);
  const words = await row.innerText();
  await page.reload();
  await row.first().waitFor();
  expect(await row.innerText()).toBe(words);
  // The model card says what this model answers here: a cell of the table, but the wrong one.
  const run = await row.getAttribute('data-run');
  await visitor.open(`/results/${run}/0`);
  await page.getByText('44,744,578').first().waitFor();
  expect(site.complaints).toEqual([]);
});
