/** The downloader against a hub that behaves, and against everything that sources are known to do instead. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DownloadError, type DownloadCode, type DownloadProgress } from '#domain';
import { downloader } from '../../../src/models/download/downloader.ts';
import type { Behaviour } from '../../fixtures/hub/behaviour.ts';
import { sha256, startHub, type FakeHub, type HubRepository } from '../../fixtures/hub/server.ts';
import { bench, COMMIT, likeABrowser, noise, planOf, Q4, rangesOf, REPOSITORY, start } from './tiny.ts';
import { sourceOf, tinyRepository, WEIGHTS, type Bench } from './tiny.ts';

let hub: FakeHub;
let repository: HubRepository;
let here: Bench;

beforeEach(async () => {
  repository = tinyRepository();
  hub = await startHub({ repositories: { [REPOSITORY]: repository } });
  here = bench();
});
afterEach(() => hub.close());

const weights = (): Uint8Array => repository.files[WEIGHTS]?.content ?? new Uint8Array();

async function keptWeights(): Promise<string> {
  const blob = here.kept[0]?.files.get(WEIGHTS);
  return sha256(new Uint8Array((await blob?.arrayBuffer()) ?? []));
}

async function failureOf(work: Promise<unknown>): Promise<DownloadError['failure']> {
  const thrown = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (thrown instanceof DownloadError) return thrown.failure;
  throw thrown as Error;
}

test('a build comes whole, checked and named by its commit; nothing tells who asked', async () => {
  const seen: DownloadProgress[] = [];
  const plan = await planOf(hub, here);
  const card = await downloader(here.ports).start(
    plan,
    (progress) => seen.push(progress),
    new AbortController().signal,
  );
  expect(card).toMatchObject({ contextLength: 512, trust: 'listed', ref: { id: REPOSITORY, revision: COMMIT } });
  expect(card.ref.files.map((file) => file.path)).toEqual([
    ...['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_q4.onnx', WEIGHTS],
  ]);
  expect(await keptWeights()).toBe(sha256(weights()));
  expect(seen.at(-1)).toMatchObject({ loadedBytes: card.bytes, totalBytes: card.bytes });
  expect(hub.requests.filter(({ referrer, cookie }) => referrer !== null || cookie !== null)).toEqual([]);
  expect(hub.requests.some(({ url }) => url.includes('README'))).toBe(false);
});

test('a cut at any byte is mended by asking for the rest, and only for it', async () => {
  const size = weights().byteLength;
  // Random bytes, the same in each run; and the edges.
  const cuts = [1, size - 1, ...[0.1, 0.37, 0.5, 0.73, 0.91].map((share) => Math.floor(share * size) + 7)];
  for (const after of cuts) {
    here = bench();
    hub.requests.length = 0;
    hub.behave(WEIGHTS, [{ kind: 'cut', after }]);
    await start(await planOf(hub, here), here);
    expect(rangesOf(hub, WEIGHTS)).toEqual(['', `bytes=${after}-`]);
    const sent = hub.requests.filter(({ file }) => file === WEIGHTS).reduce((sum, request) => sum + request.sent, 0);
    expect(sent).toBe(size);
    expect(await keptWeights()).toBe(sha256(weights()));
  }
});

test('what was fetched before a stop is not fetched again after a reload', async () => {
  hub.behave(WEIGHTS, [{ kind: 'stall', after: 100_000 }]);
  const stop = new AbortController();
  const plan = await planOf(hub, here);
  const first = downloader(here.ports).start(
    plan,
    ({ loadedBytes }) => {
      if (loadedBytes > 100_000) stop.abort('enough');
    },
    stop.signal,
  );
  await expect(first).rejects.toBe('enough');

  // As a page that knows nothing but what is stored.
  const again = downloader(here.ports);
  const [left] = await again.unfinished();
  expect(left?.plan).toEqual(plan);
  expect(left?.loadedBytes).toBeGreaterThan(100_000);
  hub.requests.length = 0;
  if (left !== undefined) await again.start(left.plan, () => undefined, new AbortController().signal);
  expect(hub.requests.map(({ file, range }) => [file, range])).toEqual([[WEIGHTS, 'bytes=100000-']]);
  expect(await keptWeights()).toBe(sha256(weights()));
  expect(await again.unfinished()).toEqual([]);
});

test('a connection that brings nothing is given up and taken up where it stood', async () => {
  here = bench({ stallMs: 80 });
  hub.behave(WEIGHTS, [{ kind: 'stall', after: 50_000 }]);
  await start(await planOf(hub, here), here);
  expect(rangesOf(hub, WEIGHTS)).toEqual(['', 'bytes=50000-']);
});

test('a slow source takes its time and is not called dead', async () => {
  here = bench({ stallMs: 200 });
  hub.behave(WEIGHTS, [{ kind: 'slow', bytesPerSecond: 600_000 }]);
  await start(await planOf(hub, here), here);
  expect(rangesOf(hub, WEIGHTS)).toEqual(['']);
});

test('bytes that were hurt on the way once are fetched again', async () => {
  hub.behave(WEIGHTS, [{ kind: 'wrong-bytes' }]);
  await start(await planOf(hub, here), here);
  expect(await keptWeights()).toBe(sha256(weights()));
});

test('a server that ignores ranges costs the whole file again, but the file is right', async () => {
  hub.behave(WEIGHTS, [{ kind: 'cut', after: 70_000 }, { kind: 'no-range' }]);
  await start(await planOf(hub, here), here);
  expect(await keptWeights()).toBe(sha256(weights()));
});

const gone = (status: number, headers = {}): Behaviour => ({ kind: 'status', status, headers });

test.each<[string, Behaviour, DownloadCode, number]>([
  ['a shorter file', { kind: 'wrong-length', by: -100 }, 'wrong-length', 0],
  ['a longer file', { kind: 'wrong-length', by: 100 }, 'wrong-length', 0],
  ['other bytes', { kind: 'wrong-bytes' }, 'wrong-bytes', 0],
  ['a web page', { kind: 'html' }, 'html', 0],
  ['404', gone(404), 'not-found', 0],
  ['403', gone(403), 'no-access', 0],
  ['401', gone(401), 'no-access', 0],
  ['503 each time', gone(503), 'server-error', 0],
  ['429 for an hour', gone(429, { 'Retry-After': '3600' }), 'rate-limited', 0],
  ['cuts before the first byte, each time', { kind: 'cut', after: 0 }, 'cut', 0],
])('%s: fails, names the address, and keeps no wrong byte', async (_, behaviour, code, left) => {
  hub.behave(WEIGHTS, [behaviour], 'forever');
  const failure = await failureOf(start(await planOf(hub, here), here));
  expect(failure.code).toBe(code);
  expect(failure.url).toBe(`${hub.address}/${REPOSITORY}/resolve/${COMMIT}/${WEIGHTS}`);
  expect(here.kept).toEqual([]);
  const [partial] = await here.partials.list();
  expect(await partial?.bytes(WEIGHTS)).toBe(left);
});

test('a server that hangs up without an answer is asked again', async () => {
  hub.behave(WEIGHTS, [{ kind: 'hang-up' }]);
  await start(await planOf(hub, here), here);
  expect(here.pauses).toEqual([375]);
});

test('a busy server is waited for as long as it asks', async () => {
  hub.behave(WEIGHTS, [gone(429, { 'Retry-After': '7' }), gone(503)]);
  await start(await planOf(hub, here), here);
  expect(here.pauses).toEqual([7_000, 750]);
});

test('pauses grow, and end', async () => {
  hub.behave(WEIGHTS, [gone(503)], 'forever');
  await failureOf(start(await planOf(hub, here), here));
  expect(here.pauses).toEqual([375, 750, 1_500, 3_000, 6_000]);
});

test('a source that forbids pages to read is told from one that is not there', async () => {
  const closed = await startHub({ repositories: { [REPOSITORY]: tinyRepository() }, cors: false });
  const { ports } = here;
  const request = { repository: REPOSITORY, revision: null, build: Q4 };
  const never = new AbortController().signal;
  expect((await failureOf(downloader(ports).look(request, sourceOf(closed), never))).code).toBe('cors-off');
  expect(await downloader(ports).probe(sourceOf(closed), REPOSITORY, never)).toMatchObject({
    ok: false,
    failure: { code: 'cors-off' },
  });
  await closed.close();
  expect((await failureOf(downloader(ports).look(request, sourceOf(closed), never))).code).toBe('unreachable');
  expect(await downloader(ports).probe(sourceOf(hub), REPOSITORY, never)).toMatchObject({ ok: true });
});

test('a file that changes between two tries is never glued together', async () => {
  const changed = noise('another version', weights().byteLength);
  hub.behave(WEIGHTS, [
    { kind: 'cut', after: 120_000 },
    { kind: 'changed', content: changed },
  ]);
  // The list promised the first version: the second is fetched whole, and then refused.
  expect((await failureOf(start(await planOf(hub, here), here))).code).toBe('wrong-bytes');
  expect(rangesOf(hub, WEIGHTS)[2]).toBe('');
});

describe('what the catalogue pins', () => {
  test('has the last word', async () => {
    const pin = { [WEIGHTS]: 'ab'.repeat(32) };
    const plan = await planOf(hub, here, { ...Q4, sha256: pin });
    expect((await failureOf(start(plan, here))).code).toBe('wrong-bytes');
  });
  test('makes a model trusted when it holds for each file', async () => {
    const pins = Object.entries(repository.files).map(([path, { content }]) => [path, sha256(content)] as const);
    const card = await start(await planOf(hub, here, { ...Q4, sha256: Object.fromEntries(pins) }), here);
    expect(card.trust).toBe('pinned');
  });
});

test('a stop is heard at once, keeps what is here, and a deletion keeps nothing', async () => {
  hub.behave(WEIGHTS, [{ kind: 'stall', after: 80_000 }]);
  const stop = new AbortController();
  let stopped = 0;
  const running = downloader(here.ports).start(
    await planOf(hub, here),
    ({ loadedBytes }) => {
      if (loadedBytes > 80_000 && stopped === 0) {
        stopped = performance.now();
        stop.abort('stop');
      }
    },
    stop.signal,
  );
  await expect(running).rejects.toBe('stop');
  expect(performance.now() - stopped).toBeLessThan(200);
  const [left] = await downloader(here.ports).unfinished();
  expect(left?.loadedBytes).toBeGreaterThan(80_000);
  if (left !== undefined) await downloader(here.ports).discard(left.plan);
  expect(await downloader(here.ports).unfinished()).toEqual([]);
});

test('a build that does not fit is refused before a byte of it is asked for', async () => {
  here = bench({ room: () => Promise.resolve({ quota: 200_000, usage: 0 }) });
  const plan = await planOf(hub, here);
  hub.requests.length = 0;
  await expect(start(plan, here)).rejects.toMatchObject({ failure: { code: 'storage-full' } });
  expect(hub.requests).toEqual([]);
});

test('one build is fetched once at a time', async () => {
  hub.behave(WEIGHTS, [{ kind: 'slow', bytesPerSecond: 1_000_000 }]);
  const plan = await planOf(hub, here);
  const first = start(plan, here);
  expect((await failureOf(start(plan, here))).code).toBe('in-use');
  await first;
});

test('at most three files come at the same time', async () => {
  await hub.close();
  const shards = Array.from({ length: 9 }, (_, n) => `${WEIGHTS}_${n + 1}`);
  const more = Object.fromEntries(shards.map((path) => [path, { content: noise(path, 40_000), lfs: true }]));
  hub = await startHub({ repositories: { [REPOSITORY]: tinyRepository(more) } });
  for (const path of shards) hub.behave(path, [{ kind: 'slow', bytesPerSecond: 500_000 }]);
  await start(await planOf(hub, here), here);
  expect(hub.mostAtOnce()).toBe(3);
  expect(here.kept[0]?.card.ref.files).toHaveLength(14);
});

test('the source may change in the middle: bytes of the same hash stay', async () => {
  hub.behave(WEIGHTS, [{ kind: 'cut', after: 200_000 }, gone(404)]);
  await failureOf(start(await planOf(hub, here), here));
  const mirror = await startHub({ repositories: { [REPOSITORY]: tinyRepository() } });
  await start(await planOf(mirror, here), here);
  expect(rangesOf(mirror, WEIGHTS)).toEqual(['bytes=200000-']);
  expect(await keptWeights()).toBe(sha256(weights()));
  await mirror.close();
});

test('offline is named', async () => {
  const navigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: false }, configurable: true });
  try {
    const send = likeABrowser({ [hub.address]: 'http://127.0.0.1:9' });
    const looking = downloader({ ...here.ports, send }).probe(sourceOf(hub), REPOSITORY, new AbortController().signal);
    expect(await looking).toMatchObject({ ok: false, failure: { code: 'offline', retryable: true } });
  } finally {
    if (navigator === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', navigator);
  }
});
