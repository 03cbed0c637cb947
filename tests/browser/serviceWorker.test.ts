import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { securityHeaders } from '../../src/serviceWorker/securityHeaders.ts';
import { launchBrowser } from '../../tools/browser.ts';
import { serve, type Served } from '../../tools/serve/index.ts';

/** The built site with one file more: a worker that tries to evaluate text. */
let folder: string;
/** A host under a sub-path that can send no headers, as many static hosts are. */
let site: Served;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tabeval-site-'));
  cpSync(inject('site'), folder, { recursive: true });
  writeFileSync(
    join(folder, 'evaluates.js'),
    'let got; try { got = eval("1 + 1"); } catch (error) { got = error.name; } postMessage(got);',
  );
  browser = await launchBrowser({ webgpu: false });
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  site = await serve(folder, { port: 0, base: '/some/path/', plain: true });
  const context = await browser.newContext();
  page = await context.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
});
afterEach(async () => {
  await page.context().close();
  await site.close();
});

test('the page is isolated from its second load on, and never reloads itself for that', async () => {
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await page.evaluate(() => performance.getEntriesByType('navigation').length)).toBe(1);
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('every response of ours gets the headers, kept or not, found or not', async () => {
  for (const path of ['./', 'sw.js', 'models/embedded/config.json', 'no-such-file']) {
    const response = await page.evaluate(async (address) => {
      const { headers } = await fetch(address);
      return Object.fromEntries([...headers]);
    }, path);
    for (const [name, value] of Object.entries(securityHeaders)) expect(response[name.toLowerCase()]).toBe(value);
  }
});

test('a worker cannot evaluate text once the service worker is there; a policy in <meta> does not forbid it', async () => {
  const evaluate = (on: Page) =>
    on.evaluate(
      () =>
        new Promise<string>((resolve) => (new Worker('evaluates.js').onmessage = ({ data }) => resolve(String(data)))),
    );
  expect(await evaluate(page)).toBe('EvalError');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null);
  expect(await evaluate(page)).toBe('2');
});

test('without the network the site opens, and the embedded model is there once it was used', async () => {
  const read = () => page.evaluate(async () => (await fetch('models/embedded/config.json')).text());
  const online = await read();
  await site.close();
  await page.reload();
  expect(await page.title()).toContain('Tabeval');
  expect(await page.locator('#app').innerText()).not.toBe('');
  expect(await read()).toBe(online);
  await expect(page.evaluate(() => fetch('models/embedded/generation_config.json'))).rejects.toThrow('Failed to fetch');
});

/** Publishes another version of the site at the same address: another title, and a service worker that knows of it. */
async function publishAnother(title: string): Promise<void> {
  await site.close();
  const indexFile = join(folder, 'index.html');
  const workerFile = join(folder, 'sw.js');
  const index = readFileSync(indexFile, 'utf8').replace(/<title>.*<\/title>/, `<title>${title}</title>`);
  const worker = readFileSync(workerFile, 'utf8');
  const old = /"revision":"([0-9a-f]{32})","url":"index\.html"/.exec(worker)?.[1];
  if (old === undefined) throw new Error('sw.js lists no index.html');
  const revision = createHash('md5').update(index).digest('hex');
  for (const [file, text] of [
    [indexFile, index],
    [workerFile, worker.replace(old, revision)],
  ] as const) {
    writeFileSync(file, text);
    // The twins are what is served.
    writeFileSync(`${file}.gz`, gzipSync(text));
  }
  site = await serve(folder, { port: Number(new URL(site.url).port), base: '/some/path/', plain: true });
}

test('a new version waits: the page is not reloaded and goes on with its own files, until it is told to', async () => {
  const shownBefore = await page.evaluate(() => {
    Object.assign(window, { neverReloaded: true });
    return fetch('./').then((reply) => reply.text());
  });
  await publishAnother('Another version');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
  expect(await page.evaluate(async () => (await fetch('./')).text())).toBe(shownBefore);

  await page.evaluate(async () => {
    const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
    const registration = await navigator.serviceWorker.ready;
    registration.waiting?.postMessage('activate');
    await changed;
    // Until then it still drops what is out of date.
    while (registration.active?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
  expect(await page.evaluate(async () => (await fetch('./')).text())).toContain('<title>Another version</title>');

  // A tab of the version before may still ask for a script of it that it has not loaded yet.
  const kept = await page.evaluate(async () =>
    (await (await caches.open('tabeval-files')).keys()).map(({ url }) => url),
  );
  expect(kept.filter((url) => url.includes('index.html?revision='))).toHaveLength(2);
});

test('a new version is announced quietly, and a click loads the page with it', async () => {
  await publishAnother('Announced version');
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  const button = page.getByTestId('use-new-version');
  await button.waitFor();
  expect(await page.getByTestId('new-version').innerText()).toContain('A new version of this page is ready.');
  await Promise.all([page.waitForEvent('load'), button.click()]);
  await page.getByTestId('start').waitFor();
  expect(await page.evaluate(async () => (await fetch('./')).text())).toContain('<title>Announced version</title>');
  expect(await page.getByTestId('new-version').count()).toBe(0);
});

test('it is not offered while a run is at work', async () => {
  await publishAnother('Waiting version');
  await page.getByTestId('start').click();
  await page.locator('[data-testid=run-status]:is([data-phase=loading],[data-phase=running])').waitFor();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await page.getByTestId('new-version').waitFor();
  expect(await page.getByTestId('new-version').innerText()).toContain('It waits until');
  expect(await page.getByTestId('use-new-version').count()).toBe(0);
  await page.getByTestId('stop').click();
  await page.getByTestId('use-new-version').waitFor();
});

test('where service workers are blocked the page works, without an error', async () => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const blocked = await context.newPage();
  const errors: string[] = [];
  blocked.on('pageerror', ({ message }) => errors.push(message));
  await blocked.goto(site.url);
  await blocked.getByTestId('start').waitFor();
  await blocked.waitForTimeout(1_500);
  expect(errors).toEqual([]);
  await context.close();
});
