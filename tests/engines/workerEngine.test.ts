import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failure, FailureError, type Environment, type GenerateEvent, type LoadedModel, type ModelRef } from '#domain';
import type { FromWorker, ToWorker } from '../../src/engines/protocol.ts';
import { workerEngine } from '../../src/engines/workerEngine.ts';
import { FakeWorker } from './fakeWorker.ts';

const model: ModelRef = {
  id: 'folder/fake',
  name: 'fake',
  source: 'folder',
  revision: '1',
  build: { engine: 'transformers', quantisation: 'fp32' },
  files: [],
};
const environment: Environment = {
  device: 'webgpu',
  engine: { id: 'fake', version: '1' },
  browser: 'none',
  os: 'none',
  threads: null,
  adapter: null,
  selfTest: { kind: 'unverified', reason: 'fake' },
};
const loaded: FromWorker = { kind: 'loaded', environment, contextLength: 100, templateHash: null };
const never = new AbortController().signal;
const SILENCE_MS = 60_000;

let workers: FakeWorker[] = [];

function engine(react: (m: ToWorker, say: (m: FromWorker) => void) => void) {
  return workerEngine({
    id: 'fake',
    createWorker() {
      const worker = new FakeWorker(react);
      workers.push(worker);
      return worker as unknown as Worker;
    },
    files: () => Promise.resolve({ files: { kind: 'url', base: 'https://example.test/' }, embedded: null }),
    silenceMs: SILENCE_MS,
  });
}

function load(react: (m: ToWorker, say: (m: FromWorker) => void) => void): Promise<LoadedModel> {
  return engine(react).load({ model, device: 'webgpu', onProgress: () => undefined }, never);
}

/** Loads, and then says nothing more. */
const silent = (m: ToWorker, say: (m: FromWorker) => void): void => {
  if (m.kind === 'load') say(loaded);
};

async function collect(stream: AsyncIterable<GenerateEvent>): Promise<GenerateEvent[]> {
  const events: GenerateEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const request = { messages: [], prompt: 'hello', maxTokens: 5, sampling: { kind: 'greedy' } } as const;

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
  // As on an insecure page, which has no locks: only pings tell that a worker is gone.
  vi.stubGlobal('navigator', {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a worker that ends is noticed', () => {
  test('by its error event: the answer fails, and so does whatever follows', async () => {
    const fake = await load(silent);
    const answering = collect(fake.generate(request, never));
    await vi.advanceTimersByTimeAsync(1);
    workers[0]?.onerror?.({ message: 'Uncaught RangeError' });
    expect(await answering).toEqual([{ type: 'failed', failure: failure('worker-died', 'Uncaught RangeError') }]);
    expect(workers[0]?.terminated).toBe(true);
    expect(await collect(fake.generate(request, never))).toMatchObject([{ failure: { code: 'worker-died' } }]);
    await expect(fake.render([])).rejects.toThrow(FailureError);
  });

  test('by its silence, when it no longer answers pings', async () => {
    const fake = await load(silent);
    const answering = collect(fake.generate(request, never));
    await vi.advanceTimersByTimeAsync(SILENCE_MS + 10_000);
    expect(await answering).toMatchObject([{ type: 'failed', failure: { code: 'worker-died' } }]);
    expect(workers[0]?.sent.some((m) => m.kind === 'ping')).toBe(true);
  });

  test('but not while it answers pings, however long an answer takes', async () => {
    const fake = await load((m, say) => {
      if (m.kind === 'load') say(loaded);
      if (m.kind === 'ping') say({ kind: 'pong' });
    });
    const abort = new AbortController();
    const answering = collect(fake.generate(request, abort.signal));
    await vi.advanceTimersByTimeAsync(5 * SILENCE_MS);
    abort.abort();
    expect(await answering).toEqual([{ type: 'cancelled' }]);
  });

  test('while it loads', async () => {
    const loading = load(() => undefined).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(1);
    workers[0]?.onerror?.({ message: '' });
    expect(await loading).toMatchObject({ failure: { code: 'worker-died' } });
  });
});

test('a failed load carries the failure of the worker and ends it', async () => {
  const cause = failure('out-of-memory', 'std::bad_alloc');
  const loading = load((m, say) => (m.kind === 'load' ? say({ kind: 'load-failed', failure: cause }) : undefined));
  await expect(loading).rejects.toMatchObject({ failure: cause });
  expect(workers[0]?.terminated).toBe(true);
});

test('a self-test that fails with subgroups leads to one more load, in a fresh worker, without them', async () => {
  const fake = await load((m, say) => {
    if (m.kind === 'dispose') say({ kind: 'disposed' });
    if (m.kind === 'load') say(m.subgroups === 'off' ? loaded : { kind: 'retry-without-subgroups' });
  });
  expect(workers.map((w) => [w.sent[0], w.terminated])).toMatchObject([
    [{ kind: 'load', subgroups: 'auto' }, true],
    [{ kind: 'load', subgroups: 'off' }, false],
  ]);
  expect(fake.environment).toEqual(environment);
});

test('a template that never ends is stopped', async () => {
  const fake = await load((m, say) => {
    if (m.kind === 'load') say(loaded);
    if (m.kind === 'render') say({ kind: 'rendering', id: m.id });
  });
  const rendering = fake.render([]).catch((thrown: unknown) => thrown);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(await rendering).toMatchObject({ failure: { code: 'template-invalid' } });
  expect(workers[0]?.terminated).toBe(true);
});

test('a worker that does not answer `dispose` is terminated all the same', async () => {
  const fake = await load(silent);
  const disposing = fake.dispose();
  await vi.advanceTimersByTimeAsync(2_000);
  await disposing;
  expect(workers[0]?.terminated).toBe(true);
});

test('cancelling and walking away both tell the worker to stop', async () => {
  const fake = await load((m, say) => {
    if (m.kind === 'load') say(loaded);
    if (m.kind === 'generate') say({ kind: 'event', id: m.id, event: { type: 'token', text: 'a' } });
  });
  const abort = new AbortController();
  const cancelled: GenerateEvent[] = [];
  for await (const event of fake.generate(request, abort.signal)) {
    cancelled.push(event);
    abort.abort();
  }
  for await (const event of fake.generate(request, never)) if (event.type === 'token') break;
  expect(cancelled).toEqual([{ type: 'token', text: 'a' }, { type: 'cancelled' }]);
  expect(workers[0]?.sent.filter((m) => m.kind === 'cancel')).toEqual([
    { kind: 'cancel', id: 1 },
    { kind: 'cancel', id: 2 },
  ]);
});

test('a request without a prompt is refused: the template is the model’s, not the worker’s guess', async () => {
  const fake = await load(silent);
  const { messages, maxTokens, sampling } = request;
  const events = await collect(fake.generate({ messages, maxTokens, sampling }, never));
  expect(events).toMatchObject([{ type: 'failed', failure: { code: 'invalid-input' } }]);
});
