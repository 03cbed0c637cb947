/** A download in a real browser: through the origin private file system, over a cut and a reload, to an answer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { startHub, type FakeHub, type HubFile } from '../fixtures/hub/server.ts';
import { embeddedFolder } from './golden.ts';
import { openLab, type LabSite } from './harness.ts';

const REPOSITORY = 'someone/embedded-ONNX';
const COMMIT = '89abcdef0123456789abcdef0123456789abcdef';
const WEIGHTS = 'onnx/model.onnx';

const files: Readonly<Record<string, HubFile>> = Object.fromEntries(
  ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', WEIGHTS].map((path) => [
    path,
    { content: readFileSync(join(embeddedFolder, path)), lfs: path === WEIGHTS },
  ]),
);
const size = files[WEIGHTS]?.content.byteLength ?? 0;

let site: LabSite;
let page: Page;
let hub: FakeHub;

beforeAll(async () => {
  site = await openLab({ webgpu: false });
});
beforeEach(async () => {
  hub = await startHub({ repositories: { [REPOSITORY]: { commit: COMMIT, files } } });
  page = await site.open();
});
afterEach(async () => {
  await page.close();
  await hub.close();
});
afterAll(() => site.close());

/** Looks at the repository and begins to fetch; what came of it is `globalThis.outcome`. */
async function begin(address: string): Promise<void> {
  await page.evaluate(
    async ({ address, repository }) => {
      const never = new AbortController().signal;
      const downloader = await lab.library.downloader();
      const request = { repository, revision: null, build: null };
      const [plan] = await downloader.look(request, { kind: 'own', address }, never);
      if (plan === undefined) throw new Error('no plan');
      void downloader.start(plan, () => undefined, never).catch(() => undefined);
    },
    { address, repository: REPOSITORY },
  );
}

const weightRequests = () => hub.requests.filter(({ file }) => file === WEIGHTS);

test('a cut and a reload cost no byte twice; the model answers with the source gone', async () => {
  const cut = 2_345_678;
  const stall = 1_234_567;
  hub.behave(WEIGHTS, [
    { kind: 'cut', after: cut, settleMs: 3_000 },
    { kind: 'stall', after: stall },
  ]);
  await begin(hub.address);
  await expect.poll(() => weightRequests()[1]?.sent, { timeout: 30_000 }).toBe(stall);
  // What was sent has reached the disk when the file has grown by it.
  const onDisk = () =>
    page.evaluate(async () => {
      const [left] = await (await lab.library.downloader()).unfinished().catch(() => []);
      return left?.loadedBytes ?? 0;
    });
  await expect.poll(onDisk, { timeout: 30_000 }).toBeGreaterThan(cut + stall);
  await page.reload();

  const second = await page.evaluate(async () => {
    const never = new AbortController().signal;
    const downloader = await lab.library.downloader();
    const [left] = await downloader.unfinished();
    if (left === undefined) throw new Error('nothing is left to go on with');
    const steps = new Set<string>();
    const card = await downloader.start(left.plan, ({ step }) => steps.add(step.kind), never);
    const cards = await lab.library.list();
    return { card, steps: [...steps], listed: cards.length, left: (await downloader.unfinished()).length };
  });
  expect(weightRequests().map(({ range }) => range)).toEqual([...[null, `bytes=${cut}-`, `bytes=${cut + stall}-`]]);
  expect(weightRequests().reduce((sum, { sent }) => sum + sent, 0)).toBe(size);
  // The small files were whole before the reload.
  expect(hub.requests.filter(({ file }) => file === 'tokenizer.json')).toHaveLength(1);
  expect(second).toMatchObject({ listed: 2, left: 0, card: { trust: 'listed', contextLength: 2048 } });
  expect(second.card.ref).toMatchObject({ id: REPOSITORY, revision: COMMIT, source: 'hub' });
  expect(second.steps).toContain('reading');

  // No hub any more, and nothing else is asked either: the site's own files are all that a load needs.
  await hub.close();
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(page.url()).origin) elsewhere.push(request.url());
  });
  const end = await page.evaluate(async () => {
    const [, card] = await lab.library.list();
    if (card === undefined) throw new Error('the model is gone');
    const model = await lab.load(card.ref, 'wasm', { embedded: null });
    const { events } = await lab.answer(model, [{ role: 'user', content: '12+7=?' }], 8);
    await model.dispose();
    await lab.library.remove(card);
    return events.at(-1);
  });
  expect(end).toMatchObject({ type: 'done', output: '19' });
  expect(elsewhere).toEqual([]);
});

test('a source that forbids pages to read, and one that is off, are told apart', async () => {
  const closed = await startHub({ repositories: { [REPOSITORY]: { commit: COMMIT, files } }, cors: false });
  const ask = (address: string) =>
    page.evaluate(
      async ({ address, repository }) => {
        const source = { kind: 'own', address } as const;
        return (await lab.library.downloader()).probe(source, repository, new AbortController().signal);
      },
      { address, repository: REPOSITORY },
    );
  expect(await ask(closed.address)).toMatchObject({ ok: false, failure: { code: 'cors-off' } });
  await closed.close();
  expect(await ask(closed.address)).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
  expect(await ask(hub.address)).toMatchObject({ ok: true });
});

test('two tabs do not fetch the same build; a deletion frees the disk', async () => {
  hub.behave(WEIGHTS, [{ kind: 'stall', after: 1_000_000 }]);
  const address = page.url();
  await page.close();
  const context = await site.browser.newContext();
  page = await context.newPage();
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto(address);
  await begin(hub.address);
  await expect.poll(() => weightRequests()[0]?.sent, { timeout: 30_000 }).toBe(1_000_000);
  const refused = await other.evaluate(async () => {
    const downloader = await lab.library.downloader();
    const [left] = await downloader.unfinished();
    if (left === undefined) throw new Error('the other tab sees nothing');
    return downloader
      .start(left.plan, () => undefined, new AbortController().signal)
      .then(() => 'none')
      .catch((thrown: unknown) => lab.domain.toDownloadProblem(thrown).code);
  });
  expect(refused).toBe('in-use');
  await page.reload();
  const left = await page.evaluate(async () => {
    const downloader = await lab.library.downloader();
    for (const { plan } of await downloader.unfinished()) await downloader.discard(plan);
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('models');
    const names: string[] = [];
    for await (const name of models.keys()) names.push(name);
    return names;
  });
  expect(left).toEqual([]);
  await context.close();
});

test('where the browser refuses storage, the tab keeps the model and says so', async () => {
  await page.close();
  page = await site.open(() => {
    StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));
  });
  const { card, end } = await page.evaluate(
    async ({ address, repository }) => {
      const never = new AbortController().signal;
      const downloader = await lab.library.downloader();
      const request = { repository, revision: null, build: null };
      const [plan] = await downloader.look(request, { kind: 'own', address }, never);
      if (plan === undefined) throw new Error('no plan');
      const card = await downloader.start(plan, () => undefined, never);
      const model = await lab.load(card.ref, 'wasm', { embedded: null });
      const { events } = await lab.answer(model, [{ role: 'user', content: '12+7=?' }], 8);
      await model.dispose();
      return { card, end: events.at(-1) };
    },
    { address: hub.address, repository: REPOSITORY },
  );
  expect(card.keptBy).toBe('tab');
  expect(end).toMatchObject({ type: 'done', output: '19' });
});
