import { beforeEach, describe, expect, test } from 'vitest';
import { localTombstones } from '../../src/storage/tombstones.ts';

const stone = {
  model: { id: 'm', name: 'M', revision: '1', build: { engine: 'transformers', quantisation: 'q4' } },
  device: 'webgpu',
  phase: 'session',
  contextLength: null,
  runId: null,
  at: '2026-11-22T10:00:00.000Z',
} as const;

/** localStorage as tabs share it: its items are its own properties. */
class FakeStorage {
  setItem(key: string, value: string): void {
    (this as unknown as Record<string, string>)[key] = value;
  }
  getItem(key: string): string | null {
    return (this as unknown as Record<string, string>)[key] ?? null;
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

let storage: FakeStorage;
/** Names of held locks; a tab that dies gives its own back. */
let held: Set<string>;

function tab() {
  const own = new Set<string>();
  const page = new EventTarget();
  const locks = {
    request: (name: string, work: () => Promise<unknown>) => {
      held.add(name);
      own.add(name);
      return work();
    },
    query: () => Promise.resolve({ held: [...held].map((name) => ({ name })) }),
  };
  const tombstones = localTombstones({
    storage: () => storage as unknown as Storage,
    locks: locks as unknown as LockManager,
    page,
  });
  return { tombstones, page, die: () => own.forEach((name) => held.delete(name)) };
}

beforeEach(() => {
  storage = new FakeStorage();
  held = new Set();
});

describe('tombstones', () => {
  test('a killed tab leaves what it was at; the next visit reads it and puts it away', async () => {
    const killed = tab();
    const risk = await killed.tombstones.begin(stone);
    risk.change({ phase: 'self-test' });
    killed.die();
    const { tombstones } = tab();
    const [found, ...rest] = await tombstones.ofTheDead();
    expect(found).toMatchObject({ ...stone, phase: 'self-test' });
    expect(rest).toEqual([]);
    tombstones.forget(found?.key ?? '');
    expect(await tombstones.ofTheDead()).toEqual([]);
  });

  test('a living tab is not taken for a dead one', async () => {
    const living = tab();
    await living.tombstones.begin(stone);
    expect(await tab().tombstones.ofTheDead()).toEqual([]);
  });

  test('what went well, and a tab that was left in order, leave nothing', async () => {
    const first = tab();
    const risk = await first.tombstones.begin(stone);
    risk.over();
    risk.change({ phase: 'answering' });
    await first.tombstones.begin(stone);
    first.page.dispatchEvent(new Event('pagehide'));
    first.die();
    expect(await tab().tombstones.ofTheDead()).toEqual([]);
  });

  test('two deaths, the newest first; what nobody can read is left out', async () => {
    const [a, b] = [tab(), tab()];
    await a.tombstones.begin(stone);
    await b.tombstones.begin({ ...stone, at: '2026-11-22T11:00:00.000Z', phase: 'answering', runId: 'r1' });
    storage.setItem('tabeval-tombstone:x:0', '{"schema":9}');
    a.die();
    b.die();
    const found = await tab().tombstones.ofTheDead();
    expect(found.map(({ phase }) => phase)).toEqual(['answering', 'session']);
  });

  test('without locks, or where storage is refused, nothing is written and nothing breaks', async () => {
    const noLocks = localTombstones({
      storage: () => storage as unknown as Storage,
      locks: undefined,
      page: new EventTarget(),
    });
    (await noLocks.begin(stone)).change({ phase: 'answering' });
    expect(Object.keys(storage)).toEqual([]);
    const refused = localTombstones({
      storage: () => {
        throw new DOMException('denied', 'SecurityError');
      },
      locks: undefined,
      page: new EventTarget(),
    });
    (await refused.begin(stone)).over();
    expect(await refused.ofTheDead()).toEqual([]);
  });
});
