import { describe, expect, test } from 'vitest';
import type { RunLock } from '#domain';
import { memoryRunLock, runLock } from '#storage';

/**
 * The part of the browser's lock manager that is used, by its specification: one holder a name, `ifAvailable` gives
 * null at once, a lock ends with the callback's promise. Two tabs are two adapters over one manager.
 */
function fakeLocks(): LockManager {
  const held = new Set<string>();
  const request = async (name: string, options: LockOptions, work: (lock: Lock | null) => Promise<unknown>) => {
    if (options.ifAvailable !== true) throw new Error('the fake knows only ifAvailable');
    if (held.has(name)) return work(null);
    held.add(name);
    try {
      return await work({ name, mode: 'exclusive' });
    } finally {
      held.delete(name);
    }
  };
  const query = () => Promise.resolve({ held: [...held, 'of-someone-else'].map((name) => ({ name })), pending: [] });
  return { request, query } as unknown as LockManager;
}

const pairs: readonly [string, () => readonly [RunLock, RunLock]][] = [
  [
    'of the browser, two tabs',
    () => {
      const locks = fakeLocks();
      return [runLock(locks), runLock(locks)];
    },
  ],
  [
    'of the page, one tab',
    () => {
      const lock = memoryRunLock();
      return [lock, lock];
    },
  ],
];

describe.each(pairs)('run lock %s', (_, open) => {
  test('is held once, seen by both, and given back', async () => {
    const [first, second] = open();
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const holding = first.hold('r1', async () => {
      await ended;
      return 'done';
    });
    let asked = false;
    const refused = await second.hold('r1', () => Promise.resolve((asked = true)));
    expect(refused).toEqual({ held: false });
    expect(asked).toBe(false);
    expect(await second.hold('r2', () => Promise.resolve(2))).toEqual({ held: true, value: 2 });
    expect(await second.heldRuns()).toEqual(new Set(['r1']));
    end();
    expect(await holding).toEqual({ held: true, value: 'done' });
    expect(await second.heldRuns()).toEqual(new Set());
    expect(await second.hold('r1', () => Promise.resolve(3))).toEqual({ held: true, value: 3 });
  });

  test('is given back when the work fails, and the failure comes out', async () => {
    const [first, second] = open();
    await expect(first.hold('r1', () => Promise.reject(new Error('boom')))).rejects.toThrow('boom');
    expect(await second.hold('r1', () => Promise.resolve(1))).toEqual({ held: true, value: 1 });
  });
});
