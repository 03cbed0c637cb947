/** Servers in a queue: beside the page, away and back, told what to hold in memory, with a key that is kept. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { decodeLink, readRecord } from '../../src/sharing/index.ts';
import { saveRecord } from '../../tools/eval/page.ts';
import { connectServer, type ServerChoice } from '../../tools/eval/server.ts';
import { flavours, says, standIn, type Scenario, type StandIn } from '../fixtures/servers/index.ts';
import { choose, openSite, whenOver, type Site } from './site.ts';
import { sumSuiteFile } from './sumSuite.ts';

const COUNT = 6;
const KEY = 'sesame-open-0815';

let site: Site;
let folder: string;
let file: string;
const servers: StandIn[] = [];
beforeAll(async () => {
  site = await openSite();
  folder = mkdtempSync(join(tmpdir(), 'tabeval-queue-'));
  const words = Array.from({ length: COUNT }, (_, n) => String(n));
  file = sumSuiteFile(folder, words, { id: 'queue-test', title: { en: 'Queue test', zh: '队列测试' }, maxTokens: 16 });
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await site.close();
});

async function serve(scenario: Partial<Scenario> = {}, port = 0): Promise<StandIn> {
  const answer = () => says('56', { delayMs: 150 });
  const server = await standIn({ flavour: flavours.plain, answer, ...scenario }, port);
  servers.push(server);
  return server;
}

/** Answers so many items, and leaves the next one without a word. */
const hangsAfter = (items: number): Scenario['answer'] => {
  return ({ prompt }) => (Number(/\((\d)\)/.exec(prompt)?.[1]) < items ? says('56') : { kind: 'hang' });
};

const choice = (server: StandIn, change: Partial<ServerChoice> = {}): ServerChoice => ({
  url: server.address,
  name: 'stand-in',
  key: null,
  atOnce: 1,
  waitSeconds: 600,
  ...change,
});

/** On the Run page, with this test's suite chosen and no other. */
async function readyToRun(server: StandIn, change: Partial<ServerChoice> = {}) {
  const visitor = await site.visitor();
  const { page } = visitor;
  await visitor.open('/run');
  await connectServer(page, choice(server, change));
  await page.getByTestId('suite-file').setInputFiles(file);
  const ours = page.getByTestId('suite-queue-test');
  await ours.waitFor({ state: 'attached' });
  await choose(ours);
  await page.getByTestId('device').selectOption('wasm');
  return visitor;
}

it('a server that is killed in mid-run and started again: the run waits in sight, and ends with every item answered', async () => {
  const first = await serve({ answer: hangsAfter(2) });
  const { page } = await readyToRun(first);
  await choose(page.getByTestId('model-stand-in'));
  await page.getByTestId('start').click();
  await page.locator('[data-testid=run-status][data-done="2"]').waitFor();
  await first.close();
  const away = page.getByTestId('server-away');
  await away.waitFor({ timeout: 60_000 });
  expect(await away.innerText()).toMatch(/cannot be reached\. (?:Next try in \d+ s|Trying)/);
  const again = await serve({}, Number(new URL(first.address).port));
  await page.getByTestId('away-try').click();
  const { phase, run } = await whenOver(page);
  expect(phase).toBe('finished');
  const read = readRecord(await saveRecord(page, run));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  expect(read.record.header.verdicts).toBe('c'.repeat(COUNT));
  // Those that the first one had answered were not asked again.
  expect(again.seen.filter(({ method }) => method === 'POST').length).toBeLessThanOrEqual(COUNT - 2);
});

it('“go on without it”: the rest is unscored, the run finished; later they are asked again', async () => {
  const first = await serve({ answer: hangsAfter(3) });
  const { page } = await readyToRun(first);
  await choose(page.getByTestId('model-stand-in'));
  await page.getByTestId('start').click();
  await page.locator('[data-testid=run-status][data-done="3"]').waitFor();
  await first.close();
  await page.getByTestId('away-give-up').click({ timeout: 60_000 });
  expect((await whenOver(page)).phase).toBe('finished');
  await serve({}, Number(new URL(first.address).port));
  await page.getByTestId('resume').click();
  await page.getByTestId('resume').waitFor({ state: 'detached' });
  const { phase, run } = await whenOver(page);
  expect(phase).toBe('finished');
  const read = readRecord(await saveRecord(page, run));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  expect(read.record.header.verdicts).toBe('c'.repeat(COUNT));
});

it('the page and a server at the same time, each in its lane', async () => {
  const server = await serve({ answer: () => says('56', { delayMs: 700 }) });
  const { page } = await readyToRun(server);
  for (const model of ['tabeval/embedded', 'stand-in']) {
    await page.getByTestId(`model-${model}`).check({ force: true });
  }
  await page.getByTestId('start').click();
  await page.getByTestId('lane').nth(1).waitFor({ timeout: 60_000 });
  const lanes = await page.getByTestId('lane').allInnerTexts();
  expect(lanes[0]).toContain('In this page');
  expect(lanes[1]).toContain(server.address);
  await page.locator('[data-testid=start]').waitFor({ timeout: 120_000 });
  const rows = await page
    .getByTestId('queue-job')
    .evaluateAll((jobs) => jobs.map((job) => job.getAttribute('data-state')));
  expect(rows).toEqual(['ended', 'ended']);
});

it('loads a model on the server and unloads it; a refusal is told with the program’s own words', async () => {
  const server = await serve({ flavour: flavours.lmStudio, loadMs: 300 });
  const visitor = await site.visitor();
  const { page } = visitor;
  await visitor.open('/models');
  await page.getByTestId('server-address').fill(server.address);
  await page.getByTestId('server-connect').click();
  const rows = page.getByTestId('server-memory');
  await rows.nth(1).getByTestId('server-load').click();
  await rows.nth(1).getByText('loading').waitFor();
  await rows.nth(1).getByTestId('server-unload').click();
  await rows.nth(1).getByTestId('server-load').waitFor();

  const stubborn = await serve({ flavour: flavours.lmStudio, refusesToLoad: 'insufficient memory' });
  await page.getByTestId('server-address').fill(stubborn.address);
  await page.getByTestId('server-connect').click();
  const other = page.locator(`[data-testid=server][data-address="${stubborn.address}"]`);
  await other.getByTestId('server-load').click();
  await other.getByRole('alert').waitFor();
  expect(await other.getByRole('alert').innerText()).toContain('insufficient memory');
});

/** Everything that this visitor's databases hold, as one text. */
function inDatabases(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const texts: unknown[] = [];
    for (const { name } of databases) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('not opened'));
      });
      for (const store of db.objectStoreNames) {
        texts.push(
          await new Promise((resolve) => {
            const request = db.transaction(store).objectStore(store).getAll();
            request.onsuccess = () => resolve(request.result);
          }),
        );
      }
      db.close();
    }
    return JSON.stringify(texts);
  });
}

it('a key is kept only on request, for its own address, in nothing that leaves the page; and can be forgotten', async () => {
  const server = await serve({ key: KEY });
  const visitor = await site.visitor();
  const { page } = visitor;
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const stored = (): Promise<string> => page.evaluate(() => JSON.stringify({ ...localStorage }));
  const connected = page.getByTestId('server');

  await visitor.open('/models');
  await page.getByTestId('server-address').fill(server.address);
  await page.getByTestId('server-key').fill(KEY);
  await page.getByTestId('server-connect').click();
  await connected.waitFor();
  expect(await stored()).not.toContain(KEY);

  await page.getByTestId('server-address').fill(server.address);
  await page.getByTestId('server-key').fill(KEY);
  await page.getByTestId('server-keep-key').check();
  await page.getByTestId('server-connect').click();
  await page.getByTestId('key-kept').waitFor();
  expect(await stored()).toContain(KEY);

  await page.reload();
  await page.getByRole('button', { name: `Connect to ${server.address}` }).click();
  await connected.waitFor();
  // Another origin does not get it.
  const elsewhere = await serve({ key: KEY });
  await page.getByTestId('server-address').fill(elsewhere.address);
  await page.getByTestId('server-connect').click();
  expect(await page.getByTestId('server-problem').getAttribute('data-code')).toBe('key-needed');

  await visitor.open('/run');
  await page.getByTestId('suite-file').setInputFiles(file);
  const ours = page.getByTestId('suite-queue-test');
  await ours.waitFor({ state: 'attached' });
  await choose(ours);
  await choose(page.getByTestId('model-stand-in'));
  // A queue, so that its waiting runs are kept meanwhile.
  await page.getByTestId('twice').check();
  await page.getByTestId('start').click();
  await page.getByTestId('queue-job').nth(1).waitFor();
  const waiting = await inDatabases(page);
  expect(waiting).toContain(`"server":"${server.address}"`);
  expect(waiting).not.toContain(KEY);
  const { phase, run } = await whenOver(page);
  expect(phase).toBe('finished');

  await visitor.open(`/results/${run}`);
  await page.getByTestId('share').click();
  const link = await page.getByTestId('share-link').inputValue();
  const shared = await decodeLink(link.split('#/shared/')[1] ?? '');
  if (!shared.ok) throw new Error(JSON.stringify(shared.problem));
  const told = [link, await page.getByTestId('share-text').inputValue(), JSON.stringify(shared.run)].join('\n');
  expect(told).toContain('stand-in');
  expect(told).not.toContain(KEY);
  expect(told).not.toContain(server.address);
  await page.keyboard.press('Escape');
  const buttons = page.locator('[data-testid^="export-"]');
  await buttons.first().waitFor();
  const count = await buttons.count();
  expect(count).toBeGreaterThanOrEqual(3);
  for (let place = 0; place < count; place += 1) {
    const [download] = await Promise.all([page.waitForEvent('download'), buttons.nth(place).click()]);
    const bytes = readFileSync(await download.path());
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.includes(KEY)).toBe(false);
    expect(bytes.includes(server.address)).toBe(false);
  }
  const kept = await inDatabases(page);
  expect(kept).toContain('queue-test');
  expect(kept).not.toContain(KEY);
  expect(said.join('\n')).not.toContain(KEY);
  expect(page.url()).not.toContain(KEY);

  await visitor.open('/diagnose');
  await page.getByTestId('diagnose-device').selectOption('wasm');
  await page.getByTestId('diagnose-start').click();
  const report = page.getByTestId('diagnose-report');
  await report.waitFor({ timeout: 120_000 });
  expect(await report.innerText()).toContain('verdict:');
  for (const button of ['diagnose-markdown', 'diagnose-json']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(server.address);
  }

  await visitor.open('/models');
  await page.getByTestId('key-forget').first().click();
  expect(await stored()).not.toContain(KEY);
});
