/** Importing a model from a folder into the browser's storage, through the browser's own folder picker. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { embeddedFolder, smolFolder, smolGolden } from './golden.ts';
import { openLab, type LabSite } from './harness.ts';

let site: LabSite;
let page: Page;
const scratch = mkdtempSync(join(tmpdir(), 'tabeval-folder-'));

beforeAll(async () => {
  site = await openLab({ webgpu: false });
});
beforeEach(async () => {
  page = await site.open();
  return () => page.close();
});
afterAll(async () => {
  await site.close();
  rmSync(scratch, { recursive: true });
});

/** Puts the folder into a picker that the page keeps. */
async function pick(folder: string): Promise<void> {
  await page.evaluate(() => {
    document.body.innerHTML = '<input type="file" webkitdirectory>';
  });
  await page.locator('input').setInputFiles(folder);
}

/** A copy of the embedded model's folder, which is small. */
function folderNamed(name: string, leaveOut: readonly string[] = []): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  cpSync(embeddedFolder, folder, { recursive: true });
  for (const path of leaveOut) rmSync(join(folder, path));
  return folder;
}

test('a folder becomes a model that survives a reload, answers, and can be removed', async () => {
  await pick(folderNamed('tiny-model'));
  const imported = await page.evaluate(async () => {
    const files = lab.models.filesOfPicker(document.querySelector('input')?.files ?? []);
    const report = await lab.library.inspect(files);
    const progress: [number, number][] = [];
    const onProgress = (loaded: number, total: number): number => progress.push([loaded, total]);
    const card = await lab.library.import(files, 'fp32', onProgress, new AbortController().signal);
    const again = await lab.library.import(files, 'fp32', onProgress, new AbortController().signal);
    return { report, card, again, last: progress.at(-1), embedded: lab.embedded.ref.files };
  });
  const bytes = 6_826_877;
  expect(imported.report).toEqual({
    name: 'tiny-model',
    engine: 'transformers',
    builds: [{ quantisation: 'fp32', bytes }],
    checklist: [
      { path: 'config.json', found: true },
      { path: 'tokenizer.json', found: true },
      { path: 'tokenizer_config.json', found: true },
      { path: 'onnx/model*.onnx', found: true },
    ],
  });
  expect(imported.card).toMatchObject({ contextLength: 2048, parameters: null, bytes });
  expect(imported.card.ref).toMatchObject({ id: 'folder/tiny-model', source: 'folder' });
  expect(imported.card).not.toHaveProperty('keptBy');
  // Hashed on the way: the same as the constants of the embedded model.
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  expect([...imported.card.ref.files].sort(byPath)).toEqual([...imported.embedded].sort(byPath));
  expect(imported.again).toEqual(imported.card);
  expect(imported.last).toEqual([bytes, bytes]);

  await page.reload();
  const later = await page.evaluate(async () => {
    const cards = await lab.library.list();
    const card = cards[1];
    if (card === undefined) throw new Error('the imported model is gone');
    const model = await lab.load(card.ref, 'wasm');
    const { events } = await lab.answer(model, [{ role: 'user', content: '12+7=?' }], 8);
    await model.dispose();
    await lab.library.remove(card);
    const failure = await lab.failureOf(lab.library.files(card.ref));
    return { cards, end: events.at(-1), left: await lab.library.list(), failure };
  });
  expect(later.cards.map((c) => c.ref.id)).toEqual(['tabeval/embedded', 'folder/tiny-model']);
  expect(later.cards[1]).toEqual(imported.card);
  expect(later.end).toMatchObject({ type: 'done', output: '19' });
  expect(later.left).toHaveLength(1);
  expect(later.failure).toMatchObject({ code: 'files-missing' });
});

test('a folder that lacks files says which', async () => {
  await pick(folderNamed('broken-model', ['tokenizer.json', 'onnx/model.onnx']));
  const { report, failure } = await page.evaluate(async () => {
    const files = lab.models.filesOfPicker(document.querySelector('input')?.files ?? []);
    const importing = lab.library.import(files, 'fp32', () => undefined, new AbortController().signal);
    return { failure: await lab.failureOf(importing), report: await lab.library.inspect(files) };
  });
  expect(report.builds).toEqual([]);
  expect(report.checklist.filter((entry) => !entry.found).map((entry) => entry.path)).toEqual([
    'tokenizer.json',
    'onnx/model*.onnx',
  ]);
  expect(failure).toMatchObject({ code: 'files-missing', detail: 'tokenizer.json, onnx/model*.onnx (fp32)' });
});

test('an aborted import leaves nothing behind', async () => {
  await pick(embeddedFolder);
  const { reason, left } = await page.evaluate(async () => {
    const files = lab.models.filesOfPicker(document.querySelector('input')?.files ?? []);
    const abort = new AbortController();
    const importing = lab.library.import(files, 'fp32', () => abort.abort('enough'), abort.signal);
    const reason = await importing.catch((thrown: unknown) => thrown);
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('models');
    const left: string[] = [];
    for await (const name of models.keys()) left.push(name);
    return { reason, left };
  });
  expect(reason).toBe('enough');
  expect(left).toEqual([]);
});

test('an import that a crash cut short is cleared away', async () => {
  const left = await page.evaluate(async () => {
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle('models', { create: true });
    await models.getDirectoryHandle('cut-short', { create: true });
    await lab.library.list();
    const left: string[] = [];
    for await (const name of models.keys()) left.push(name);
    return left;
  });
  expect(left).toEqual([]);
});

test('where the browser refuses storage, a model is kept by the tab and says so', async () => {
  const refused = await site.open(() => {
    StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));
  });
  page = refused;
  await pick(folderNamed('tab-model'));
  const { card, end } = await page.evaluate(async () => {
    const files = lab.models.filesOfPicker(document.querySelector('input')?.files ?? []);
    const card = await lab.library.import(files, 'fp32', () => undefined, new AbortController().signal);
    const model = await lab.load(card.ref, 'wasm');
    const { events } = await lab.answer(model, [{ role: 'user', content: '12+7=?' }], 8);
    await model.dispose();
    return { card, end: events.at(-1) };
  });
  expect(card.keptBy).toBe('tab');
  expect(end).toMatchObject({ type: 'done', output: '19' });
});

const why = smolGolden === null ? ' (skipped: ../shared/models/smollm2-135m-instruct is not here)' : '';

describe.skipIf(smolGolden === null)(`SmolLM2-135M-Instruct from its folder${why}`, () => {
  /** Short ones: it makes about three tokens in a second. */
  const chosen = [0, 1, 8, 10].flatMap((i) => smolGolden?.[i] ?? []);
  const TOKENS = 6;

  test('answers with its known tokens, and stops at once', async () => {
    await pick(smolFolder);
    const { card, answers, cancelMs, last } = await page.evaluate(
      async ({ conversations, tokens }) => {
        const files = lab.models.filesOfPicker(document.querySelector('input')?.files ?? []);
        const card = await lab.library.import(files, 'q4', () => undefined, new AbortController().signal);
        const model = await lab.load(card.ref, 'wasm');
        const answers = [];
        for (const conversation of conversations) answers.push(await lab.answer(model, conversation, tokens));

        const abort = new AbortController();
        let abortedAt = 0;
        // In the middle of a decode step, which blocks the worker for a third of a second.
        setTimeout(() => {
          abortedAt = performance.now();
          abort.abort();
        }, 2_000);
        const { events } = await lab.answer(model, conversations[0] ?? [], 200, abort.signal);
        const cancelMs = performance.now() - abortedAt;
        await model.dispose();
        return { card, answers, cancelMs, last: events.at(-1) };
      },
      { conversations: chosen.map((c) => c.messages), tokens: TOKENS },
    );
    expect(chosen).toHaveLength(4);
    expect(card.ref).toMatchObject({ id: 'folder/smollm2-135m-instruct', build: { quantisation: 'q4' } });
    expect(card.contextLength).toBe(8192);
    for (const [i, golden] of chosen.entries()) {
      expect(answers[i]?.prompt).toBe(golden.prompt);
      const end = answers[i]?.events.at(-1);
      expect(end).toMatchObject({
        type: 'done',
        usage: { promptTokens: golden.promptIds.length, outputTokens: TOKENS },
      });
      if (end?.type === 'done') {
        expect(end.output).not.toBe('');
        expect(golden.text.startsWith(end.output)).toBe(true);
      }
    }
    console.log(`In the middle of a decode step a cancel took ${cancelMs.toFixed(1)} ms`);
    expect(last).toEqual({ type: 'cancelled' });
    expect(cancelMs).toBeLessThan(33);
  });
});
