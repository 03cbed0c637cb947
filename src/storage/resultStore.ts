import {
  decodeHeader,
  decodeItem,
  decodeOverride,
  decodeSuite,
  failure,
  FailureError,
  problemText,
  suiteHash,
  type Damaged,
  type Decoded,
  type ItemRecord,
  type Override,
  type ResultStore,
  type RunHeader,
  type Suite,
} from '#domain';
import type { Entry, Key, Medium } from './medium.ts';

const headerKey = (runId: string): Key => ['run', runId];
const itemKey = (runId: string, index: number): Key => ['item', runId, index];
const overrideKey = (runId: string, index: number): Key => ['override', runId, index];
const suiteKey = (hash: string): Key => ['suite', hash];

/**
 * The result store over any medium. What is read has passed its schema, and so has what is written: a value that could
 * not be read again is refused while the run that made it is still there to be mended.
 */
export function resultStoreOver(medium: Medium): ResultStore {
  const headers = async () => sorted(await medium.under(['run']), readHeader);
  const items = async (runId: string) => sorted(await medium.under(['item', runId]), readItem);
  return {
    putHeader: async (header) => medium.put([headerEntry(header)]),
    putItem: async (header, item) => medium.put([headerEntry(header), itemEntry(header, item)]),
    putItems: async (header, records) =>
      medium.put([headerEntry(header), ...records.map((item) => itemEntry(header, item))]),
    addRun: async (header, records, overrides = []) => {
      const added = await medium.add([
        headerEntry(header),
        ...records.map((item) => itemEntry(header, item)),
        ...overrides.map(overrideEntry),
      ]);
      return added ? 'added' : 'exists';
    },
    listHeaders: async () => (await headers()).read.sort(newestFirst),
    damagedHeaders: async () => (await headers()).damaged,
    getHeader: async (runId) => one(headerKey(runId), await medium.get(headerKey(runId)), readHeader),
    listItems: async (runId) => (await items(runId)).read,
    damagedItems: async (runId) => (await items(runId)).damaged,
    getItem: async (runId, index) => one(itemKey(runId, index), await medium.get(itemKey(runId, index)), readItem),
    deleteRun: async (runId) => medium.remove([headerKey(runId), ['item', runId], ['override', runId]]),
    putOverride: async (override) => medium.put([overrideEntry(override)]),
    deleteOverride: async (runId, index) => medium.remove([overrideKey(runId, index)]),
    listOverrides: async (runId) => {
      const under = runId === null ? ['override'] : ['override', runId];
      return sorted(await medium.under(under), readOverride).read;
    },
    putSuite: async (hash, suite) => {
      if (hash !== suiteHash(suite)) throw invalid(`suite ${suite.id}: ${hash} is not its hash`);
      await medium.put([[suiteKey(hash), suiteOf(hash, suite)]]);
    },
    getSuite: async (hash) => {
      const stored = await medium.get(suiteKey(hash));
      return stored === undefined ? null : suiteOf(hash, stored);
    },
  };
}

function suiteOf(hash: string, stored: unknown): Suite {
  const decoded = decodeSuite(stored);
  if (decoded.ok) return decoded.suite;
  throw invalid(`suite ${hash}: ${decoded.problems.map(({ path, code }) => `${path}: ${code}`).join('; ')}`);
}

type Read<T> = (key: Key, stored: unknown) => Decoded<T>;

/** A header says which run it is; under another run's key it is not that run's. */
const readHeader: Read<RunHeader> = (key, stored) => {
  const decoded = decodeHeader(stored);
  return decoded.ok && decoded.value.id !== key[1] ? misplaced(key) : decoded;
};

const readItem: Read<ItemRecord> = (key, stored) => {
  const decoded = decodeItem(stored);
  const at = decoded.ok ? itemKey(decoded.value.runId, decoded.value.index) : key;
  return at[1] === key[1] && at[2] === key[2] ? decoded : misplaced(key);
};

const readOverride: Read<Override> = (key, stored) => {
  const decoded = decodeOverride(stored);
  const at = decoded.ok ? overrideKey(decoded.value.runId, decoded.value.index) : key;
  return at[1] === key[1] && at[2] === key[2] ? decoded : misplaced(key);
};

function misplaced(key: Key): Decoded<never> {
  return { ok: false, problem: { kind: 'malformed', at: [`stored under the key of another: ${key.join(' ')}`] } };
}

function one<T>(key: Key, stored: unknown, read: Read<T>): T | null {
  if (stored === undefined) return null;
  const decoded = read(key, stored);
  if (decoded.ok) return decoded.value;
  throw invalid(`${key.join(' ')}: ${problemText(decoded.problem)}`);
}

/** What can be read, in key order, apart from what cannot. */
function sorted<T>(entries: readonly Entry[], read: Read<T>): { read: T[]; damaged: readonly Damaged[] } {
  const values: T[] = [];
  const damaged: Damaged[] = [];
  for (const [key, stored] of entries) {
    const decoded = read(key, stored);
    const [, runId, index] = key;
    if (decoded.ok) values.push(decoded.value);
    else
      damaged.push({
        runId: String(runId),
        index: typeof index === 'number' ? index : null,
        problem: decoded.problem,
        stored,
      });
  }
  return { read: values, damaged };
}

function newestFirst(a: RunHeader, b: RunHeader): number {
  if (a.startedAt === b.startedAt) return a.id < b.id ? -1 : 1;
  return a.startedAt > b.startedAt ? -1 : 1;
}

function headerEntry(header: RunHeader): Entry {
  return [headerKey(header.id), writable(`run ${header.id}`, decodeHeader(header))];
}

function itemEntry(header: RunHeader, item: ItemRecord): Entry {
  const name = `item ${item.runId} ${item.index}`;
  if (item.runId !== header.id) throw invalid(`${name}: written with the header of ${header.id}`);
  return [itemKey(item.runId, item.index), writable(name, decodeItem(item))];
}

function overrideEntry(override: Override): Entry {
  const { runId, index } = override;
  return [overrideKey(runId, index), writable(`override ${runId} ${index}`, decodeOverride(override))];
}

function writable<T>(name: string, decoded: Decoded<T>): T {
  if (decoded.ok) return decoded.value;
  throw invalid(`${name}: ${problemText(decoded.problem)}`);
}

function invalid(detail: string): FailureError {
  return new FailureError(failure('invalid-input', detail));
}
