/** What a repository offers, by the list of each kind of source, and from a bare folder. */
import { afterEach, expect, test } from 'vitest';
import { DownloadError, plannedBytes, type DownloadSource, type RepositoryRequest, type WantedBuild } from '#domain';
import { downloader } from '../../../src/models/download/downloader.ts';
import { hostOf } from '../../../src/models/download/sources.ts';
import { pointerOf, sha256, startHub, type FakeHub, type HubFile, type HubOptions } from '../../fixtures/hub/server.ts';
import { bench, COMMIT, GRAPH, likeABrowser, never, noise, Q4, REPOSITORY, start } from './tiny.ts';
import { sourceOf, tinyRepository, WEIGHTS } from './tiny.ts';

const opened: FakeHub[] = [];
afterEach(async () => {
  for (const hub of opened.splice(0)) await hub.close();
});

async function open(options: Partial<HubOptions> = {}): Promise<FakeHub> {
  const hub = await startHub({ repositories: { [REPOSITORY]: tinyRepository() }, ...options });
  opened.push(hub);
  return hub;
}

/** huggingface.co is the server given. */
function look(hub: FakeHub, change: Partial<RepositoryRequest> = {}, source: DownloadSource = { kind: 'hub' }) {
  const send = likeABrowser({ 'https://huggingface.co': hub.address });
  const request = { repository: REPOSITORY, revision: null, build: null, ...change };
  return downloader(bench({ send }).ports).look(request, source, never);
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (thrown: unknown) => (thrown instanceof DownloadError ? thrown.failure.code : thrown),
  );

test('a repository typed by hand offers each build, smallest first, pinned to the commit', async () => {
  const plans = await look(await open());
  expect(plans.map(({ build }) => build.quantisation)).toEqual(['fp16', 'q4']);
  expect(plans.map((plan) => plan.commit)).toEqual([COMMIT, COMMIT]);
  expect(plans[0]?.files.map(({ url }) => url)).toContain(
    `https://huggingface.co/${REPOSITORY}/resolve/${COMMIT}/onnx/model_fp16.onnx`,
  );
  const repository = tinyRepository();
  const small = ['config.json', 'tokenizer.json', 'tokenizer_config.json', GRAPH, WEIGHTS];
  const bytes = small.reduce((sum, path) => sum + (repository.files[path]?.content.byteLength ?? 0), 0);
  expect(plans[1] && plannedBytes(plans[1])).toBe(bytes);
});

test('a commit that is given is the one that is asked for', async () => {
  const hub = await open();
  await look(hub, { revision: COMMIT });
  expect(hub.requests[0]?.url).toBe(`/api/models/${REPOSITORY}/revision/${COMMIT}?blobs=true`);
  expect(await codeOf(look(hub, { revision: 'f'.repeat(40) }))).toBe('not-found');
});

test('what is not there is said by name', async () => {
  const hub = await open({ repositories: { [REPOSITORY]: { commit: COMMIT, files: {} } } });
  const failing = look(hub, { build: Q4 });
  await expect(failing).rejects.toMatchObject({
    failure: { code: 'no-build', detail: `transformers: config.json, tokenizer.json, tokenizer_config.json, ${GRAPH}` },
  });
  expect(await codeOf(look(hub, { repository: 'someone/else' }))).toBe('not-found');
});

const json = (content: unknown): HubFile => ({ content: Buffer.from(JSON.stringify(content)), lfs: false });

test.each([
  ['none', {}, 'no-template'],
  ['none called default', { chat_template: [{ name: 'tools', template: 'x' }] }, 'no-template'],
  ['one that is no text', { chat_template: 7 }, 'no-template'],
  ['one of several', { chat_template: [{ name: 'default', template: 'x' }] }, 'none'],
])('a chat template is looked for before anything is fetched: %s', async (_, config, code) => {
  const repository = tinyRepository({ 'tokenizer_config.json': json(config) });
  const hub = await open({ repositories: { [REPOSITORY]: repository } });
  expect(await codeOf(look(hub, { build: Q4 }))).toBe(code);
  expect(await codeOf(look(hub))).toBe(code);
  expect(hub.requests.filter(({ url }) => url.includes('/onnx/'))).toEqual([]);
});

test.each(['chat_template.jinja', 'chat_template.json'])('a template in %s counts, and comes along', async (path) => {
  const repository = tinyRepository({ 'tokenizer_config.json': json({}), [path]: json({ chat_template: '{{ x }}' }) });
  const hub = await open({ repositories: { [REPOSITORY]: repository } });
  const [plan] = await look(hub);
  expect(plan?.files.map((file) => file.path)).toContain(path);
});

test('a list that is none, and a configuration that is none, are refused', async () => {
  const hub = await open();
  const send = likeABrowser({
    'https://modelscope.cn/api/v1/models/': `${hub.address}/${REPOSITORY}/resolve/main/config.json#`,
  });
  const request = { repository: REPOSITORY, revision: null, build: null };
  const looking = downloader(bench({ send }).ports).look(request, { kind: 'modelscope' }, never);
  expect(await codeOf(looking)).toBe('bad-listing');
  hub.behave('config.json', [{ kind: 'wrong-length', by: -3 }]);
  expect(await codeOf(look(hub))).toBe('bad-listing');
});

test('an older export keeps its files under the name that the engine knows', async () => {
  const all = tinyRepository().files;
  const shared = Object.entries(all).filter(([path]) => !path.startsWith('onnx/'));
  const old = ['onnx/decoder_model_merged_quantized.onnx', all['onnx/model_fp16.onnx'] ?? fail()] as const;
  const files = Object.fromEntries([...shared, old]);
  const hub = await open({ repositories: { [REPOSITORY]: { commit: COMMIT, files } } });
  const wanted: WantedBuild = { engine: 'transformers', quantisation: 'q8', modelFile: 'decoder_model_merged' };
  for (const build of [wanted, null]) {
    const [plan] = await look(hub, { build });
    expect(plan?.build.quantisation).toBe('q8');
    const graph = plan?.files.find(({ path }) => path === 'onnx/model_quantized.onnx');
    expect(graph?.url).toContain('onnx/decoder_model_merged_quantized.onnx');
  }
});

function fail(): never {
  throw new Error('the tiny repository has lost a file');
}

test('ModelScope: its list, its addresses, its branch; a commit of the hub means nothing there', async () => {
  const hub = await open();
  const { files } = tinyRepository();
  const Files = Object.entries(files).map(([Path, { content }]) => ({
    ...{ Path, Type: 'blob', Size: content.byteLength, Sha256: sha256(content) },
  }));
  const asked: string[] = [];
  const toHub = likeABrowser({ 'https://modelscope.cn': hub.address });
  const { ports, kept } = bench({
    send(address, init) {
      asked.push(address);
      if (!address.includes('/api/v1/')) return toHub(address, init);
      const folder = { Path: 'onnx', Type: 'tree', Size: 0 };
      return Promise.resolve(Response.json({ Code: 200, Data: { Files: [folder, ...Files] } }));
    },
  });
  const [plan] = await downloader(ports).look(
    { repository: REPOSITORY, revision: COMMIT, build: Q4 },
    { kind: 'modelscope' },
    never,
  );
  expect(asked[0]).toBe(`https://modelscope.cn/api/v1/models/${REPOSITORY}/repo/files?Revision=master&Recursive=true`);
  if (plan === undefined) return fail();
  expect(plan).toMatchObject({ commit: null });
  const card = await downloader(ports).start(plan, () => undefined, never);
  // No commit to name it by: the hash over its files.
  expect(card.ref.revision).toMatch(/^[0-9a-f]{12}$/);
  expect(asked.at(-1)).toBe(`https://modelscope.cn/models/${REPOSITORY}/resolve/master/${WEIGHTS}`);
  expect(kept).toHaveLength(1);
});

test('a bare folder is asked file by file; nobody vouches for it, and that is recorded', async () => {
  const hub = await open({ bare: true });
  const here = bench();
  const request = { repository: REPOSITORY, revision: null, build: Q4 };
  const [plan] = await downloader(here.ports).look(request, sourceOf(hub), never);
  expect(plan?.files.map(({ path }) => path)).toContain(WEIGHTS);
  expect(plan && plannedBytes(plan)).toBeGreaterThan(300_000);
  if (plan === undefined) return fail();
  hub.behave(WEIGHTS, [
    { kind: 'cut', after: 99_999 },
    { kind: 'changed', content: noise('another version', 300_000) },
  ]);
  const card = await start(plan, here);
  expect(card.trust).toBe('first-use');
  const weights = card.ref.files.find(({ path }) => path === WEIGHTS);
  expect(weights?.sha256).toBe(sha256(noise('another version', 300_000)));
});

test('pointers that were put up in place of the files are recognised', async () => {
  const pointer = (file: HubFile): HubFile => ({ content: Buffer.from(pointerOf(file.content)), lfs: false });
  const { files } = tinyRepository();
  const folder = { ...files, [GRAPH]: pointer(files[GRAPH] ?? fail()) };
  const hub = await open({ bare: true, repositories: { [REPOSITORY]: { commit: COMMIT, files: folder } } });
  const here = bench();
  const [plan] = await downloader(here.ports).look(
    { repository: REPOSITORY, revision: null, build: Q4 },
    sourceOf(hub),
    never,
  );
  expect(plan && (await codeOf(start(plan, here)))).toBe('lfs-pointer');
});

test('what is typed cannot leave its place in an address', () => {
  const url = hostOf({ kind: 'hub' }).fileUrl('a b/c?d', '../x', 'e#f.json');
  expect(url).toBe('https://huggingface.co/a%20b/c%3Fd/resolve/..%2Fx/e%23f.json');
});
