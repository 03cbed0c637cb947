import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connectServer } from '../../tools/eval/server.ts';
import { flavours, says, standIn, type StandIn } from '../fixtures/servers/index.ts';
import { openSite, type Site, type Visitor } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
const servers: StandIn[] = [];
/** Of all tests so far: asking a server that a person has named is no complaint. */
const named = new Set<string>();
const complaints = (): readonly string[] =>
  site.complaints.filter((one) => ![...named].some((at) => one.startsWith(at)));
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
afterAll(() => site.close());

/** One kB of everything that is laid out: a heading, emphasis, code, a table, a list, formulas. */
const SECTION = readFileSync(new URL('../fixtures/longAnswer.md', import.meta.url), 'utf8');

/** The last words of the question decide what the server's models say. */
async function twoModels(visitor: Visitor): Promise<StandIn> {
  const { page } = visitor;
  const server = await standIn({
    flavour: flavours.lmStudio,
    answer: ({ prompt }) => {
      const question = prompt.slice(-40);
      if (question.includes('long')) return says(SECTION.repeat(20).slice(0, 20_000), { delayMs: 2 });
      if (question.includes('slow')) return says('word '.repeat(400), { delayMs: 50 });
      const thinking = { field: 'reasoning_content', tokens: ['Let me ', 'see.'] } as const;
      return says('The answer is **42**.', { thinking });
    },
  });
  servers.push(server);
  named.add(server.address);
  await visitor.open('/models');
  await connectServer(page, { url: server.address, name: 'qwen3-8b', key: null, atOnce: 4 });
  await page.goto(page.url().replace(/#.*$/, '#/playground'));
  await page.getByTestId('model-tabeval/embedded').uncheck({ force: true });
  for (const card of await page.locator('input[name="playground-model"]').all()) {
    if ((await card.getAttribute('data-testid')) !== 'model-tabeval/embedded') await card.check({ force: true });
  }
  return server;
}

async function ask(page: Page, question: string): Promise<void> {
  await page.getByTestId('playground-question').fill(question);
  await page.keyboard.press('Control+Enter');
}

it('two models side by side: one stopped alone, a turn changed, versions, Markdown and JSON', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  const server = await twoModels(visitor);
  await page.getByTestId('sampling-own').check({ force: true });
  await page.getByTestId('sampling-temperature').fill('0.8');
  await page.getByTestId('sampling-seed').fill('7');
  await ask(page, 'slow');
  await page.getByTestId('stop-one').nth(1).waitFor();
  await page.getByTestId('stop-one').first().click();
  await page.locator('[data-testid=reply][data-ended=stopped]').waitFor();
  expect(await page.getByTestId('stop-one').count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.getByTestId('edit-turn').click();
  await page.getByTestId('edit-question').fill('What is it?');
  await page.getByTestId('edit-send').click();
  await page.getByTestId('reply-figures').nth(1).waitFor();
  expect(await page.getByTestId('version').innerText()).toBe('2 of 2');
  expect(await page.getByTestId('reply-sampling').first().innerText()).toContain('temperature 0.8');
  expect(server.seen.at(-1)?.body).toMatchObject({ temperature: 0.8, seed: 7 });
  const thinking = page.getByTestId('reply').first().locator('details').first();
  expect(await thinking.locator('summary').innerText()).toContain('Thinking (');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('playground-markdown').click(),
  ]);
  const markdown = readFileSync(await download.path(), 'utf8');
  expect(markdown).toContain('> What is it?');
  expect(markdown).toContain('The answer is **42**.');
  expect(markdown).not.toContain('Let me see');
  const [json] = await Promise.all([page.waitForEvent('download'), page.getByTestId('playground-json').click()]);
  expect(JSON.parse(readFileSync(await json.path(), 'utf8'))).toMatchObject({
    format: 'tabeval-chat',
    schema: 2,
    at: 1,
  });
  await page.getByTestId('version-before').click();
  expect(await page.getByTestId('turn').innerText()).toContain('slow');
  expect(complaints()).toEqual([]);
});

it('a blind turn: neither names nor figures until one is preferred; then they are shown and tallied', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  await twoModels(visitor);
  await page.getByTestId('playground-blind').check();
  await ask(page, 'What is it?');
  await page.getByTestId('prefer').nth(1).waitFor();
  const turn = page.getByTestId('turn');
  expect(await turn.innerText()).not.toMatch(/qwen|tok\/s|greedy/i);
  expect(await page.getByTestId('playground-json').count()).toBe(0);
  await page.getByTestId('prefer').nth(1).click();
  await page.getByTestId('standing-wins').first().waitFor();
  expect(await turn.innerText()).toMatch(/qwen3-8b/);
  expect(await page.getByTestId('prefer').count()).toBe(0);
  expect(await page.getByTestId('standing-wins').allInnerTexts()).toEqual(['1 of 1', '0 of 1']);
  expect(await page.getByTestId('standings').innerText()).toContain('21% to 100%');
  await page.reload();
  expect(await page.getByTestId('standing-wins').first().innerText()).toBe('1 of 1');
  expect(complaints()).toEqual([]);
});

it('20 kB of Markdown and formulas twice at once: the page stays alive, follows, and lets go', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  await twoModels(visitor);
  await page.getByTestId('playground-tokens').fill('8192');
  await page.evaluate(() => {
    const gaps: number[] = [];
    let last = performance.now();
    const frame = (now: number): void => {
      gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { gaps });
  });
  await ask(page, 'long');
  await page.waitForFunction(() => window.scrollY > 800, null, { timeout: 60_000 });
  await page.mouse.move(300, 300);
  await page.mouse.wheel(0, -500);
  await page.getByTestId('to-end').waitFor();
  const at = await page.evaluate(() => window.scrollY);
  await page.waitForTimeout(400);
  expect(Math.abs((await page.evaluate(() => window.scrollY)) - at)).toBeLessThan(3);
  await page.getByTestId('to-end').click();
  await page.getByTestId('reply-figures').nth(1).waitFor({ timeout: 120_000 });
  const gaps = await page.evaluate(() => (window as unknown as { gaps: number[] }).gaps.slice(5));
  const longest = Math.max(...gaps);
  console.log(`longest gap between two frames: ${longest.toFixed(0)} ms of ${gaps.length} frames`);
  // Two cores with other work: what freezes is far above, what a reader notices far below.
  expect(longest).toBeLessThan(500);
  const figures = await page.getByTestId('reply').first().locator('.katex').count();
  expect(figures).toBeGreaterThan(20);
  expect(complaints()).toEqual([]);
});

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
  await page.getByTestId('make-item-gold-unit').selectOption('');
  await page.getByTestId('make-item-go').click();
  expect(await page.getByTestId('question').inputValue()).toBe('What is 2 + 3?');
  expect(await page.getByTestId('gold').inputValue()).toBe('5');
  await visitor.open('/playground');
  await page.getByTestId('chat').click();
  await page.getByTestId('make-item').click();
  await page.getByTestId('make-item-where').selectOption('-new');
  await page.getByTestId('make-item-gold').fill('5');
  await page.getByTestId('make-item-go').click();
  await page.getByRole('dialog').getByRole('link').click();
  expect(await page.getByTestId('item-question').inputValue()).toBe('What is 2 + 3?');
  await visitor.open('/playground');
  await page.getByTestId('chat-rename').click();
  await page.getByTestId('chat-title').fill('A sum');
  await page.keyboard.press('Enter');
  // The list is read anew when the title is stored.
  await page.getByTestId('chat').getByText('A sum').waitFor();
  await page.reload();
  await page.getByTestId('chat-search').fill('a sum');
  expect(await page.getByTestId('chat').innerText()).toContain('A sum');
  await page.getByTestId('chat-delete').click();
  await page.getByTestId('chat-delete-yes').click();
  await page.getByTestId('chat').waitFor({ state: 'detached' });
  expect(complaints()).toEqual([]);
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
  expect(complaints()).toEqual([]);
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
  const reply = { model, device: 'wasm', sampling: { kind: 'greedy' }, prompt: 'p', output, end: { kind: 'stopped' } };
  const time = '2026-01-01T00:00:00.000Z';
  const turns = [{ parent: null, question: 'q', maxTokens: 8, replies: [reply], preferred: null }];
  const chat = { schema: 2, id: 'hostile', startedAt: time, updatedAt: time, system: '', blind: false, turns, at: 0 };
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
