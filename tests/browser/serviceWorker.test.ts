import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { securityHeaders } from '../../src/serviceWorker/securityHeaders.ts';
import { launchBrowser } from '../../tools/browser.ts';
import { serve, type Served } from '../../tools/serve/index.ts';

/** A host under a sub-path that can send no headers, as many static hosts are. */
let site: Served;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser({ webgpu: false });
});
afterAll(() => browser.close());

beforeEach(async () => {
  site = await serve(inject('site'), { port: 0, base: '/some/path/', plain: true });
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

test('a worker cannot evaluate text, which a policy in <meta> would not forbid it', async () => {
  const evaluated = await page.evaluate(async () => {
    const script = [...document.scripts].find(({ src }) => src !== '')?.src;
    const reply = await fetch(String(script));
    return reply.headers.get('Content-Security-Policy');
  });
  expect(evaluated).toContain("script-src 'self' 'wasm-unsafe-eval'");
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
