import { describe, expect, test } from 'vitest';
import { FailureError, type Failure, type Override, type ResultStore, type RunHeader } from '#domain';
import { sampleSuite } from '../fixtures/sampleSuite.ts';
import { suiteHash } from '#domain';
import { afterItems, CORRECT, sampleHeader, sampleItem, WRONG } from '../fixtures/sampleRun.ts';

/** One adapter on a medium of its own, empty. */
export interface ResultStoreUnderTest {
  readonly store: ResultStore;
  /** The store again over the same medium, as after a reload of the page. */
  reopen(): ResultStore;
  /** Puts a value under a key past the store, as another version of the page would have. */
  plant(key: readonly (string | number)[], value: unknown): Promise<void>;
  /** Makes the second value of the next write fail, after the first one was taken. */
  failSecondValue(): void;
}

/** What every ResultStore must do; tests/storage runs it on each. */
export function resultStoreContract(name: string, open: () => ResultStoreUnderTest): void {
  describe(`result store: ${name}`, () => {
    test('is empty at first', async () => {
      const { store } = open();
      expect(await store.listHeaders()).toEqual([]);
      expect(await store.damagedHeaders()).toEqual([]);
      expect(await store.getHeader('run-1')).toBeNull();
      expect(await store.listItems('run-1')).toEqual([]);
      expect(await store.getItem('run-1', 0)).toBeNull();
      expect(await store.getSuite('ab'.repeat(32))).toBeNull();
    });

    test('gives back what was written, deep-equal and as copies, after a reload too', async () => {
      const under = open();
      const header = sampleHeader();
      const items = [sampleItem(header, 0), sampleItem(header, 1, { verdict: WRONG })];
      for (const item of items) await under.store.putItem(header, item);
      for (const store of [under.store, under.reopen()]) {
        expect(await store.getHeader(header.id)).toEqual(header);
        expect(await store.listItems(header.id)).toEqual(items);
        expect(await store.getItem(header.id, 1)).toEqual(items[1]);
        expect((await store.getItem(header.id, 1))?.verdict).not.toBe(items[1]?.verdict);
      }
    });

    test('writes an item and its header together or not at all', async () => {
      const under = open();
      const before = sampleHeader();
      await under.store.putHeader(before);
      const item = sampleItem(before, 0);
      under.failSecondValue();
      await expect(under.store.putItem(afterItems(before, [item]), item)).rejects.toBeInstanceOf(FailureError);
      expect(await under.reopen().getHeader(before.id)).toEqual(before);
      expect(await under.reopen().listItems(before.id)).toEqual([]);
      await under.store.putItem(afterItems(before, [item]), item);
      expect(await under.reopen().getHeader(before.id)).toEqual(afterItems(before, [item]));
    });

    test('replaces an item that is written again', async () => {
      const { store } = open();
      const header = sampleHeader();
      await store.putItem(header, sampleItem(header, 0));
      const second = sampleItem(header, 0, { output: 'again', verdict: WRONG });
      await store.putItem(header, second);
      expect(await store.listItems(header.id)).toEqual([second]);
    });

    test('lists headers by start, newest first, whatever the order of writing', async () => {
      const { store } = open();
      const starts = { b: '2026-03-02T00:00:00.000Z', a: '2026-03-03T00:00:00.000Z', c: '2026-03-01T00:00:00.000Z' };
      for (const [id, startedAt] of Object.entries(starts)) await store.putHeader(sampleHeader({ id, startedAt }));
      expect((await store.listHeaders()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    });

    test('lists items by number, not as text', async () => {
      const { store } = open();
      const header = longHeader(11);
      for (const index of [10, 2, 0, 1, 9]) await store.putItem(header, sampleItem(header, index));
      expect((await store.listItems(header.id)).map(({ index }) => index)).toEqual([0, 1, 2, 9, 10]);
    });

    test('keeps runs apart whose ids begin alike', async () => {
      const { store } = open();
      const ids = ['r', 'r-', 'r1', 'r10', 'R', 'run', 'item'];
      for (const id of ids) {
        const header = sampleHeader({ id });
        await store.putItem(header, sampleItem(header, 0, { output: id }));
      }
      for (const id of ids) expect((await store.listItems(id)).map(({ output }) => output)).toEqual([id]);
      await store.deleteRun('r');
      await store.deleteRun('r1');
      expect((await store.listHeaders()).map(({ id }) => id).sort()).toEqual(['R', 'item', 'r-', 'r10', 'run']);
      expect(await store.listItems('r10')).toHaveLength(1);
    });

    test('deletes a run with all that belongs to it, and a run that is not there without complaint', async () => {
      const { store } = open();
      const header = sampleHeader();
      for (const index of [0, 1, 2]) await store.putItem(header, sampleItem(header, index));
      await store.deleteRun(header.id);
      await store.deleteRun('never-there');
      expect(await store.getHeader(header.id)).toBeNull();
      expect(await store.listItems(header.id)).toEqual([]);
      expect(await store.getItem(header.id, 1)).toBeNull();
    });

    test('adds a whole run, and never over one that is there', async () => {
      const { store } = open();
      const header = sampleHeader({ origin: 'imported' });
      const items = [sampleItem(header, 0), sampleItem(header, 1)];
      expect(await store.addRun(header, items)).toBe('added');
      expect(await store.listItems(header.id)).toEqual(items);
      const forged = { ...header, verdicts: 'ccc' };
      expect(await store.addRun(forged, [sampleItem(header, 2)])).toBe('exists');
      expect(await store.getHeader(header.id)).toEqual(header);
      expect(await store.listItems(header.id)).toEqual(items);
    });

    test('adds a whole run or nothing of it', async () => {
      const under = open();
      const header = sampleHeader();
      under.failSecondValue();
      await expect(under.store.addRun(header, [sampleItem(header, 0)])).rejects.toBeInstanceOf(FailureError);
      expect(await under.reopen().listHeaders()).toEqual([]);
    });

    test('writes several items and their header together or not at all', async () => {
      const under = open();
      const before = sampleHeader();
      const items = [sampleItem(before, 0), sampleItem(before, 1)];
      await under.store.addRun(before, items);
      const past = { verdict: WRONG, grader: { id: 'numeric', version: '0' }, until: '2026-03-02T00:00:00.000Z' };
      const again = items.map((item) => ({ ...item, verdict: WRONG, before: [past] }));
      under.failSecondValue();
      await expect(under.store.putItems(afterItems(before, again), again)).rejects.toBeInstanceOf(FailureError);
      expect(await under.reopen().listItems(before.id)).toEqual(items);
      expect(await under.reopen().getHeader(before.id)).toEqual(before);
      await under.store.putItems(afterItems(before, again), again);
      expect(await under.reopen().listItems(before.id)).toEqual(again);
      expect((await under.reopen().getHeader(before.id))?.verdicts).toBe('ii.');
    });

    test('keeps judgements beside the items, replaces and takes them back, and lists them by run', async () => {
      const under = open();
      const header = sampleHeader();
      await under.store.addRun(header, [sampleItem(header, 0), sampleItem(header, 1)]);
      const first = sampleOverride(header.id, 1);
      const second = sampleOverride(header.id, 0, { judged: 'wrong', note: '' });
      const elsewhere = sampleOverride(`${header.id}0`, 0);
      for (const override of [first, second, elsewhere]) await under.store.putOverride(override);
      expect(await under.reopen().listOverrides(header.id)).toEqual([second, first]);
      expect(await under.store.listOverrides(null)).toHaveLength(3);
      const changed = { ...first, note: 'on second thought' };
      await under.store.putOverride(changed);
      await under.store.deleteOverride(header.id, 0);
      await under.store.deleteOverride(header.id, 2);
      expect(await under.reopen().listOverrides(header.id)).toEqual([changed]);
      expect(await under.store.getHeader(header.id)).toEqual(header);
      expect((await under.store.listItems(header.id)).map(({ verdict }) => verdict)).toEqual([CORRECT, CORRECT]);
    });

    test('adds judgements with their run, and deletes them with it', async () => {
      const { store } = open();
      const header = sampleHeader();
      const judged = [sampleOverride(header.id, 0)];
      expect(await store.addRun(header, [sampleItem(header, 0)], judged)).toBe('added');
      expect(await store.listOverrides(header.id)).toEqual(judged);
      await store.deleteRun(header.id);
      expect(await store.listOverrides(null)).toEqual([]);
    });

    test('leaves out judgements that it cannot read, keeps them, and writes none that it could not read', async () => {
      const under = open();
      const good = sampleOverride('run-1', 0);
      await under.store.putOverride(good);
      await under.plant(['override', 'run-1', 1], { ...sampleOverride('run-1', 1), schema: 2 });
      await under.plant(['override', 'run-1', 2], sampleOverride('run-9', 2));
      expect(await under.reopen().listOverrides('run-1')).toEqual([good]);
      const endless = sampleOverride('run-1', 3, { note: 'x'.repeat(2_001) });
      expect((await failureOf(under.store.putOverride(endless))).detail).toContain('note');
    });

    test('holds a thousand items', async () => {
      const { store } = open();
      const header = longHeader(1_000);
      const items = header.spec.itemIds.map((_, index) => sampleItem(header, index));
      expect(await store.addRun(header, items)).toBe('added');
      expect(await store.listItems(header.id)).toEqual(items);
    });

    test('leaves out what cannot be read, reports it, and keeps it', async () => {
      const under = open();
      const header = sampleHeader();
      await under.store.putItem(header, sampleItem(header, 0));
      const newer = { ...sampleHeader({ id: 'newer' }), schema: 2 };
      const broken = { ...sampleHeader({ id: 'broken' }), verdicts: 'cx.' };
      const strange = sampleItem(header, 7, { runId: 'someone-else' });
      await under.plant(['run', 'newer'], newer);
      await under.plant(['run', 'broken'], broken);
      await under.plant(['item', header.id, 1], strange);
      const store = under.reopen();
      expect(await store.listHeaders()).toEqual([header]);
      const damaged = await store.damagedHeaders();
      expect(damaged.map(({ runId, index, problem }) => [runId, index, problem.kind])).toEqual([
        ['broken', null, 'malformed'],
        ['newer', null, 'newer'],
      ]);
      expect(damaged.map(({ stored }) => stored)).toEqual([broken, newer]);
      expect(await store.listItems(header.id)).toHaveLength(1);
      expect((await store.damagedItems(header.id)).map(({ index, stored }) => [index, stored])).toEqual([[1, strange]]);
      expect((await failureOf(store.getHeader('newer'))).detail).toContain('schema 2 is newer than 1');
      expect((await failureOf(store.getItem(header.id, 1))).code).toBe('invalid-input');
    });

    test('refuses to write what it could not read again, and names the field', async () => {
      const { store } = open();
      const header = sampleHeader();
      const endless = { ...header, seconds: Number.POSITIVE_INFINITY };
      expect(await failureOf(store.putHeader(endless))).toMatchObject({ code: 'invalid-input' });
      expect((await failureOf(store.putHeader(endless))).detail).toContain('seconds');
      const other = sampleItem(sampleHeader({ id: 'other' }), 0);
      expect((await failureOf(store.putItem(header, other))).detail).toContain('other');
      expect(await store.listHeaders()).toEqual([]);
    });

    test('keeps a suite under its hash, and under no other', async () => {
      const under = open();
      const suite = sampleSuite();
      await under.store.putSuite(suiteHash(suite), suite);
      expect(await under.reopen().getSuite(suiteHash(suite))).toEqual(suite);
      expect((await failureOf(under.store.putSuite('ab'.repeat(32), suite))).code).toBe('invalid-input');
      expect(await under.store.listHeaders()).toEqual([]);
    });
  });
}

function sampleOverride(runId: string, index: number, change: Partial<Override> = {}): Override {
  const judgedAt = '2026-03-02T10:00:00.000Z';
  return { schema: 1, runId, index, judged: 'right', note: '和答案相同', judgedAt, ...change };
}

function longHeader(items: number): RunHeader {
  const header = sampleHeader({ verdicts: '.'.repeat(items) });
  const itemIds = Array.from({ length: items }, (_, n) => `item-${n}`);
  return { ...header, spec: { ...header.spec, itemIds } };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (thrown instanceof FailureError) return thrown.failure;
  throw thrown;
}
