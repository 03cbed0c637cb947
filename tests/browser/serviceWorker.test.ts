import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
