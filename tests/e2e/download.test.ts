/** The Models page as a person uses it: source, repository by hand, download, pause, resume; and then without a network. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../../tools/root.ts';
import { startHub, type FakeHub, type HubFile } from '../fixtures/hub/server.ts';
import { choose, openSite, whenOver, type Site } from './site.ts';

const REPOSITORY = 'someone/tiny-chat-ONNX';
const WEIGHTS = 'onnx/model.onnx';

let site: Site;
let hub: FakeHub;

beforeAll(async () => {
  const file = (path: string): HubFile => ({
    content: readFileSync(join(repository, 'public', 'models', 'embedded', path)),
    lfs: path === WEIGHTS,
  });
  const paths = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', WEIGHTS];
  const files = Object.fromEntries(paths.map((path) => [path, file(path)]));
  hub = await startHub({ repositories: { [REPOSITORY]: { commit: 'c'.repeat(40), files } } });
  site = await openSite();
});
afterAll(async () => {
  await site.close();
  await hub.close();
});

test('a repository typed by hand is downloaded, paused, resumed, and answers with the network off', async () => {
  const visitor = await site.visitor();
  const { page, context } = visitor;
  await visitor.open('/models');
  await page.getByTestId('source-own').check();
  await page.getByTestId('source-address').fill(hub.address);
  await page.getByTestId('source-address').press('Enter');

  await page.getByTestId('repository').fill(`https://huggingface.co/${REPOSITORY}/tree/main`);
  await page.getByTestId('look').click();
  await page.getByTestId('offer-fp32').click();
  expect(await page.getByTestId('download-estimate').textContent()).toMatch(/^6\.8 MB.* free afterwards$/);
  hub.behave(WEIGHTS, [{ kind: 'slow', bytesPerSecond: 2_000_000 }]);
  await page.getByTestId('download-start').click();
  // The bar of the one that is running stands in two places: where it was started, and in the list of unfinished ones.
  const sent = (): number | undefined => hub.requests.find(({ file }) => file === WEIGHTS)?.sent;
  await expect.poll(sent, { timeout: 20_000 }).toBeGreaterThan(1_000_000);
  await page.getByTestId('download-pause').first().click();

  // A new visit, after the service worker has come: the download is still there.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload();
  await page.getByTestId('download-resume').first().click();
  const stored = page.locator('section[aria-labelledby=stored-models]');
  await stored.getByText('tiny-chat-ONNX').waitFor({ timeout: 60_000 });
  const ranges = hub.requests.filter(({ file }) => file === WEIGHTS).map(({ range }) => range);
  expect(ranges).toHaveLength(2);
  expect(Number(/^bytes=(\d+)-$/.exec(ranges[1] ?? '')?.[1])).toBeGreaterThan(500_000);

  // Once with the network, so that the engine's files are kept; then without, and without the hub.
  const run = async (): Promise<string> => {
    await visitor.open('/run');
    await choose(page.getByTestId(`model-${REPOSITORY}`));
    await page.getByTestId('device').selectOption('wasm');
    await page.getByTestId('limit').fill('2');
    await page.getByTestId('start').click();
    return (await whenOver(page)).phase;
  };
  expect(await run()).toBe('finished');
  const asked = hub.requests.length;
  await context.setOffline(true);
  await page.reload();
  expect(await run()).toBe('finished');
  expect(hub.requests).toHaveLength(asked);
  await context.close();
});
