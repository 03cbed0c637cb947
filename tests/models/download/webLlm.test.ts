/** Models for web-llm from a source: weights from one place, the compiled library from another. */
import { modelLibURLPrefix, modelVersion } from '@mlc-ai/web-llm';
import { afterEach, expect, test } from 'vitest';
import { requestAgain, type DownloadPlan, type DownloadSource, type WantedBuild } from '#domain';
import { downloader } from '../../../src/models/download/downloader.ts';
import { LIBRARIES } from '../../../src/models/download/layouts/webLlm.ts';
import { startHub, type FakeHub, type HubFile, type HubOptions } from '../../fixtures/hub/server.ts';
import { bench, COMMIT, likeABrowser, never, noise, REPOSITORY, sourceOf, start, type Bench } from './tiny.ts';

const LIBRARY = 'tiny-q4f16_1_cs1k-webgpu.wasm';
const BUILD: WantedBuild = { engine: 'web-llm', quantisation: 'q4f16_1', library: LIBRARY, context: 4096 };

const json = (value: unknown): HubFile => ({ content: Buffer.from(JSON.stringify(value)), lfs: false });
const shard = (word: string): HubFile => ({ content: noise(word, 20_000), lfs: true });
const wasm: HubFile = { content: Buffer.concat([Buffer.from('\0asm'), noise('library', 5_000)]), lfs: false };

const weights: Readonly<Record<string, HubFile>> = {
  'README.md': json('no part of it'),
  'mlc-chat-config.json': json({ context_window_size: 32_768, quantization: 'q4f16_1' }),
  'tensor-cache.json': json({ records: [] }),
  'tokenizer.json': json({}),
  'tokenizer_config.json': json({ chat_template: '{{ messages }}' }),
  'params_shard_0.bin': shard('0'),
  'params_shard_1.bin': shard('1'),
};
const KEPT = Object.keys(weights).filter((path) => path !== 'README.md');

let hub: FakeHub;
const opened: FakeHub[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** huggingface.co is the server given, and so is the host of the libraries. */
async function open(
  files: Readonly<Record<string, HubFile>> = weights,
  options: Partial<HubOptions> = {},
  library: HubFile = wasm,
): Promise<{ bench: Bench; hub: FakeHub }> {
  const repositories = {
    [REPOSITORY]: { commit: COMMIT, files },
    'libs/libs': { commit: COMMIT, files: { [LIBRARY]: library } },
  };
  hub = await startHub({ repositories, ...options });
  opened.push(hub);
  const routes = { 'https://huggingface.co': hub.address, [LIBRARIES]: `${hub.address}/libs/libs/resolve/main/` };
  return { hub, bench: bench({ send: likeABrowser(routes) }) };
}

function look(here: Bench, build: WantedBuild = BUILD, source: DownloadSource = sourceOf(hub)) {
  const request = { repository: REPOSITORY, revision: null, build };
  return downloader(here.ports).look(request, source, never);
}

async function planOf(here: Bench, build: WantedBuild = BUILD): Promise<DownloadPlan> {
  const [plan] = await look(here, build, { kind: 'hub' });
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

test('shards, list, tokenizer and the compiled library go the same way', async () => {
  const { bench: here } = await open();
  const plan = await planOf(here);
  const card = await start(plan, here);
  expect(card).toMatchObject({ contextLength: 4096, trust: 'first-use', ref: { build: { engine: 'web-llm' } } });
  expect(card.ref.files.map(({ path }) => path).sort()).toEqual([...KEPT, `lib/${LIBRARY}`].sort());
});

test('libraries are those of the installed web-llm', () => {
  expect(LIBRARIES).toBe(`${modelLibURLPrefix}${modelVersion}/`);
});

test('a pinned library is held against its pin', async () => {
  const { bench: here } = await open();
  const sha256 = { [`lib/${LIBRARY}`]: '0'.repeat(64) };
  await expect(start(await planOf(here, { ...BUILD, sha256 }), here)).rejects.toMatchObject({
    failure: { code: 'wrong-bytes' },
  });
});

test('a page instead of the library is found out, though nobody said what it must be', async () => {
  const { bench: here } = await open(weights, {}, json('<!doctype html>'));
  await expect(start(await planOf(here), here)).rejects.toMatchObject({
    failure: { code: 'wrong-bytes', detail: 'not WebAssembly' },
  });
});

test.each([`lib/${LIBRARY}`, LIBRARY])(
  'a host of one’s own may have the library beside the weights: %s',
  async (path) => {
    for (const bare of [false, true]) {
      const { bench: here, hub } = await open({ ...weights, [path]: wasm }, { bare });
      const [plan] = await look(here);
      expect(plan?.files.find((file) => file.path === `lib/${LIBRARY}`)?.url).toBe(
        `${hub.address}/${REPOSITORY}/resolve/${bare ? 'main' : COMMIT}/${path}`,
      );
    }
  },
);

test('the context that the catalogue’s build has is kept, also when the source is changed', async () => {
  const { bench: here } = await open();
  const plan = await planOf(here, { ...BUILD, context: 1024 });
  expect(plan.contextLength).toBe(1024);
  expect(requestAgain(plan, { kind: 'hub' }).build).toMatchObject({ library: LIBRARY, context: 1024 });
});

test('what a repository lacks is said', async () => {
  const lost = ['tensor-cache.json', 'tokenizer.json'];
  const rest = Object.fromEntries(Object.entries(weights).filter(([path]) => !lost.includes(path)));
  const { bench: here } = await open(rest);
  await expect(look(here)).rejects.toMatchObject({
    failure: { code: 'no-build', detail: 'web-llm: tensor-cache.json, tokenizer.json' },
  });
});
