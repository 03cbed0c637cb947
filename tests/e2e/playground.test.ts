import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it('a question to the embedded model: streamed, kept over a reload, made a test item, deleted', async () => {
  const { page, ...visitor } = await site.visitor();
  await visitor.open('/playground');
  await page.getByTestId('device').selectOption('wasm');
  await page.getByTestId('playground-tokens').fill('24');
  await page.getByTestId('playground-question').fill('What is 2 + 3?');
  await page.keyboard.press('Enter');
  await page.getByTestId('reply-figures').waitFor({ timeout: 120_000 });
  const reply = page.getByTestId('reply');
  expect(await reply.count()).toBe(1);
  const words = await reply.innerText();
  await page.reload();
  await page.getByTestId('chat').click();
  expect(await reply.innerText()).toBe(words);
  await page.getByTestId('make-item').click();
  await page.getByTestId('make-item-gold').fill('5');
  await page.getByTestId('make-item-go').click();
  expect(await page.getByTestId('question').inputValue()).toBe('What is 2 + 3?');
  expect(await page.getByTestId('gold').inputValue()).toBe('5');
  await visitor.open('/playground');
  await page.getByTestId('chat-delete').click();
  await page.getByTestId('chat-delete-yes').click();
  await page.getByTestId('chat').waitFor({ state: 'detached' });
  expect(site.complaints).toEqual([]);
});

/** A conversation as an attacker's model would have left it: put into storage as the page itself stores one. */
const HOSTILE = [
  '<script>window.hacked = 1</script><img src="https://evil.example/x.png" onerror="window.hacked = 1">',
  '[click](javascript:window.hacked=1) ![pixel](https://evil.example/track.png)',
  '<iframe src="https://evil.example"></iframe><form action="https://evil.example"><button>send</button></form>',
  '$\\href{javascript:window.hacked=1}{x}$ $\\def\\a{\\a\\a}\\a$ $\\rule{9999em}{9999em}$',
  `${'> '.repeat(5_000)}deep`,
  '$$\\frac{a}{b}$$',
].join('\n\n');

it('what a model writes runs nothing, loads nothing and stays in its box', async () => {
  const { page, ...visitor } = await site.visitor();
  await visitor.open('/playground');
  await page.getByTestId('playground-question').waitFor();
  await page.waitForFunction(async () => (await indexedDB.databases()).some(({ name }) => name === 'tabeval-chats'));
  await page.evaluate(putChat, HOSTILE);
  await page.reload();
  await page.getByTestId('chat').click();
  await page.locator('.katex-display').waitFor();
  const reply = page.getByTestId('reply');
  expect(await reply.locator('script, img, iframe, form, object, style').count()).toBe(0);
  const links = await reply.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  // The picture is a link at most: nothing is fetched before somebody clicks.
  expect(links).toEqual(['https://evil.example/track.png']);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  // Requests to other hosts and refusals of the content security policy would stand here.
  expect(site.complaints).toEqual([]);
});

/** Runs in the page. */
function putChat(output: string): Promise<void> {
  const model = {
    id: 'x/y',
    name: 'Hostile',
    source: 'hub',
    revision: '1',
    build: { engine: 'transformers.js', quantisation: 'q4' },
    files: [],
  };
  const reply = { model, device: 'wasm', prompt: 'p', output, end: { kind: 'stopped' } };
  const time = '2026-01-01T00:00:00.000Z';
  const turns = [{ question: 'q', maxTokens: 8, replies: [reply], preferred: null }];
  const chat = { schema: 1, id: 'hostile', startedAt: time, updatedAt: time, system: '', blind: false, turns };
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('tabeval-chats');
    opening.onerror = () => reject(new Error('the database did not open'));
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('kv', 'readwrite');
      transaction.objectStore('kv').put(chat, ['chat', 'hostile']);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}
