import { createStore } from 'idb-keyval';
import * as v from 'valibot';
import {
  decoder,
  decodeSuite,
  deviceSchema,
  failure,
  FailureError,
  modelRefSchema,
  problemText,
  samplingSchema,
  suiteHash,
  THINKING_MODES,
  timeSchema,
  VARIANT_IDS,
  type DamagedQueue,
  type KeptQueue,
  type QueueStore,
  type Suite,
} from '#domain';
import { indexedDbMedium } from './indexedDb.ts';
import type { Entry, Key, Medium } from './medium.ts';
import { memoryMedium, type Rows } from './memory.ts';
import { runLock } from './runLock.ts';

/** In a database of its own, so that deleting all results leaves the queues alone. Opens nothing until the first use. */
export function indexedDbQueueStore(database = 'tabeval-queues'): QueueStore {
  return queueStoreOver(indexedDbMedium(createStore(database, 'kv')));
}

/** Queues for as long as the page lives. */
export function memoryQueueStore(rows: Rows = new Map()): QueueStore {
  return queueStoreOver(memoryMedium(rows));
}

/** By it a queue that some tab works on is told from one that waits for a person. */
export const queueLock = (): ReturnType<typeof runLock> => runLock(globalThis.navigator?.locks, 'tabeval-queue:');

const queueKey = (id: string): Key => ['queue', id];
const suiteKey = (queueId: string, hash: string): Key => ['suite', queueId, hash];

const idSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** An address without anything secret in it, whoever wrote it. */
const addressSchema = v.pipe(
  v.string(),
  v.url(),
  v.check((address) => {
    const { username, password, search, hash } = new URL(address);
    return username + password + search + hash === '';
  }, 'an address with more than host and path'),
);

const jobSchema = v.object({
  runId: idSchema,
  model: modelRefSchema,
  suite: v.object({
    ...{ id: v.string(), version: v.string(), hash: v.string() },
    title: v.object({ en: v.string(), zh: v.string() }),
  }),
  device: deviceSchema,
  server: v.nullable(addressSchema),
  variant: v.exactOptional(v.picklist(VARIANT_IDS)),
  sampling: v.exactOptional(samplingSchema),
  thinking: v.exactOptional(v.object({ mode: v.picklist(THINKING_MODES), budget: positive })),
  repeat: v.exactOptional(v.object({ n: positive, of: positive })),
  contextLength: v.exactOptional(positive),
  limit: v.nullable(positive),
});

const queueSchema = v.object({
  schema: v.literal(1),
  id: idSchema,
  startedAt: timeSchema,
  jobs: v.pipe(v.array(jobSchema), v.minLength(1)),
});

const decodeQueue = decoder<KeptQueue>(queueSchema, 1, {});

/** The store over any medium. What is read has passed its schema, and so has what is written. */
function queueStoreOver(medium: Medium): QueueStore {
  return {
    begin: async (queue, suites) => medium.put([entryOf(queue), ...suites.map((suite) => suiteEntry(queue.id, suite))]),
    update: async (queue) => medium.put([entryOf(queue)]),
    list: async () => {
      const queues: KeptQueue[] = [];
      const damaged: DamagedQueue[] = [];
      for (const [[, id], stored] of await medium.under(['queue'])) {
        const decoded = decodeQueue(stored);
        if (!decoded.ok) damaged.push({ id: String(id), problem: decoded.problem });
        else if (decoded.value.id === id) queues.push(decoded.value);
        else damaged.push({ id: String(id), problem: { kind: 'malformed', at: [`id: ${decoded.value.id}`] } });
      }
      return { queues: queues.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1)), damaged };
    },
    suite: async (queueId, hash) => {
      const stored = await medium.get(suiteKey(queueId, hash));
      if (stored === undefined) return null;
      const decoded = decodeSuite(stored);
      if (decoded.ok && suiteHash(decoded.suite) === hash) return decoded.suite;
      throw invalid(`suite ${hash} of queue ${queueId} is damaged`);
    },
    remove: (queueId) => medium.remove([queueKey(queueId), ['suite', queueId]]),
  };
}

function entryOf(queue: KeptQueue): Entry {
  const decoded = decodeQueue(queue);
  if (!decoded.ok) throw invalid(`queue ${queue.id}: ${problemText(decoded.problem)}`);
  return [queueKey(queue.id), decoded.value];
}

function suiteEntry(queueId: string, suite: Suite): Entry {
  return [suiteKey(queueId, suiteHash(suite)), suite];
}

function invalid(detail: string): FailureError {
  return new FailureError(failure('invalid-input', detail));
}
