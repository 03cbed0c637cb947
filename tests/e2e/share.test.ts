import { afterAll, beforeAll, expect, it } from 'vitest';
import { summaries } from '../../src/catalog/summaries.ts';
import { openSite, runSuite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it('a link opened by somebody with nothing stored shows the same numbers, as a claim', async () => {
  const sender = await site.visitor();
  const run = await runSuite(sender, 'reading-short');
  await sender.open(`/results/${run}`);
  const own = sender.page.getByTestId('accuracy').first();
  const numbers = { correct: await own.getAttribute('data-correct'), scored: await own.getAttribute('data-scored') };
  expect(numbers.scored).toBe(String(summaries['reading-short'].itemCount));
  await sender.page.getByTestId('share').click();
  const link = await sender.page.getByTestId('share-link').inputValue();
  expect(link.length).toBeLessThanOrEqual(1800);
  expect(link).toContain('#/shared/');
  // This site is on localhost: whoever gets such a link cannot open it, and the sender is told.
  await sender.page.getByRole('dialog').getByText('Others cannot open this link').waitFor();

  const receiver = await site.visitor();
  await receiver.page.goto(`${site.url}${link.slice(link.indexOf('#'))}`);
  await receiver.page.getByTestId('shared-page').waitFor();
  const claimed = receiver.page.getByTestId('accuracy').first();
  expect(await claimed.getAttribute('data-correct')).toBe(numbers.correct);
  expect(await claimed.getAttribute('data-scored')).toBe(numbers.scored);
  await receiver.page.getByTestId('claim').waitFor();
  await receiver.open('/results');
  await receiver.page.getByTestId('nav-results').waitFor();
  expect(await receiver.page.getByTestId('run-row').count()).toBe(0);
  expect(receiver.page.workers()).toHaveLength(0);
  expect(site.complaints).toEqual([]);
});

it('says what is wrong with a link that was cut', async () => {
  const visitor = await site.visitor();
  await visitor.open('/shared/1.AAAA');
  await visitor.page.getByTestId('link-problem').waitFor();
  expect(site.complaints).toEqual([]);
});
