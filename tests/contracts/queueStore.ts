import { beforeEach, describe, expect, test } from 'vitest';
import { suiteHash, suiteRef, type KeptJob, type KeptQueue, type QueueStore, type Suite } from '#domain';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

export interface QueueStoreUnderTest {
  readonly store: QueueStore;
  /** The same place, opened anew: another tab. */
  readonly reopen: () => QueueStore;
  /** Writes a value past the store. */
  readonly plant: (key: readonly string[], value: unknown) => Promise<void>;
  /** Keys of all that is stored. */
  readonly keys: () => Promise<readonly unknown[]>;
}

const suite = sampleSuite();
const other: Suite = { ...suite, id: 'other' };

function job(runId: string, change: Partial<KeptJob> = {}): KeptJob {
  const { model } = runHeader('.').spec;
  return { runId, model, suite: suiteRef(suite), device: 'wasm', server: null, limit: null, ...change };
}

const everything = job('run-2', {
  suite: suiteRef(other),
  device: 'server',
  server: 'http://127.0.0.1:1234',
  variant: 'plain',
  sampling: { kind: 'sampled', temperature: 0.5, topP: 1, topK: null, minP: 0, repetitionPenalty: 1, seed: 3 },
  thinking: { mode: 'on', budget: 64 },
  repeat: { n: 2, of: 3 },
  contextLength: 512,
  limit: 5,
});

const older: KeptQueue = {
  schema: 1,
  id: 'q1',
  startedAt: '2026-03-01T09:00:00.000Z',
  jobs: [job('run-1'), everything],
};
const newer: KeptQueue = { ...older, id: 'q2', startedAt: '2026-03-01T10:00:00.000Z', jobs: [job('run-9')] };

/** What every QueueStore does. */
export function queueStoreContract(name: string, open: () => QueueStoreUnderTest): void {
  describe(`queues in ${name}`, () => {
    let place: QueueStoreUnderTest;
    let store: QueueStore;
    beforeEach(() => {
      place = open();
      store = place.store;
    });

    test('come back equal in another tab, the last started first, each with its suites', async () => {
      await store.begin(older, [suite, other]);
      await store.begin(newer, [suite]);
      const again = place.reopen();
      expect(await again.list()).toEqual({ queues: [newer, older], damaged: [] });
      expect(await again.suite('q1', suiteHash(other))).toEqual(other);
      expect(await again.suite('q2', suiteHash(other))).toBeNull();
    });

    test('lose jobs that are over, and keep their suites meanwhile', async () => {
      await store.begin(older, [suite, other]);
      await store.update({ ...older, jobs: [everything] });
      expect((await store.list()).queues).toEqual([{ ...older, jobs: [everything] }]);
      expect(await store.suite('q1', suiteHash(suite))).toEqual(suite);
    });

    test('are removed whole, and nothing else is', async () => {
      await store.begin(older, [suite, other]);
      await store.begin(newer, [suite]);
      await store.remove('q1');
      await store.remove('nowhere');
      expect(await store.list()).toEqual({ queues: [newer], damaged: [] });
      expect(await store.suite('q2', suiteHash(suite))).toEqual(suite);
      await store.remove('q2');
      expect(await place.keys()).toEqual([]);
    });

    test.each([
      ['without jobs', { ...older, jobs: [] }],
      ['with an id that is none', { ...older, id: 'a b' }],
      ['with a key in an address', { ...older, jobs: [job('r', { server: 'http://127.0.0.1:1234/?key=sesame' })] }],
      ['with a password in an address', { ...older, jobs: [job('r', { server: 'http://me:sesame@127.0.0.1' })] }],
    ])('%s are not written', async (_, queue: KeptQueue) => {
      await expect(store.begin(queue, [suite])).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
      expect(await place.keys()).toEqual([]);
    });

    test('that cannot be read are told, stay, and do not hide the others', async () => {
      await store.begin(newer, [suite]);
      await place.plant(['queue', 'newest'], { ...older, schema: 2 });
      await place.plant(['queue', 'broken'], { schema: 1, jobs: 'none' });
      await place.plant(['queue', 'moved'], older);
      await place.plant(['suite', 'q2', 'ff'], { no: 'suite' });
      const { queues, damaged } = await store.list();
      expect(queues).toEqual([newer]);
      expect(damaged.map(({ id, problem }) => [id, problem.kind])).toEqual([
        ['broken', 'malformed'],
        ['moved', 'malformed'],
        ['newest', 'newer'],
      ]);
      await expect(store.suite('q2', 'ff')).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
      expect(await place.keys()).toHaveLength(6);
      await store.remove('broken');
      expect((await store.list()).damaged).toHaveLength(2);
    });
  });
}
