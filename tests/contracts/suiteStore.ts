import { beforeEach, describe, expect, test } from 'vitest';
import { suiteHash, type Suite, type SuiteStore } from '#domain';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

export interface SuiteStoreUnderTest {
  readonly store: SuiteStore;
  /** The same place, opened anew: another visit. */
  readonly reopen: () => SuiteStore;
  /** Writes a value past the store. */
  readonly plant: (key: readonly string[], value: unknown) => Promise<void>;
}

/** What every SuiteStore does. */
export function suiteStoreContract(name: string, open: () => SuiteStoreUnderTest): void {
  describe(`own suites in ${name}`, () => {
    const suite = sampleSuite();
    const other: Suite = { ...suite, id: 'other', version: '2' };
    let place: SuiteStoreUnderTest;
    let store: SuiteStore;
    beforeEach(() => {
      place = open();
      store = place.store;
    });

    test('come back equal after a reload, the last saved first', async () => {
      await store.put(suite, '2026-03-01T09:00:00.000Z');
      await store.put(other, '2026-03-01T10:00:00.000Z');
      const again = place.reopen();
      expect(await again.list()).toEqual([
        {
          id: 'other',
          version: '2',
          hash: suiteHash(other),
          title: suite.title,
          description: suite.description,
          kind: 'reading',
          languages: ['en', 'zh-Hant'],
          itemCount: 3,
          maxTokens: 96,
          variants: [{ id: 'plain', maxTokens: 96 }],
          savedAt: '2026-03-01T10:00:00.000Z',
        },
        expect.objectContaining({ id: 'reading', hash: suiteHash(suite) }),
      ]);
      expect(await again.get('reading')).toEqual(suite);
      expect(await again.get('nowhere')).toBeNull();
    });

    test('are replaced by their id', async () => {
      await store.put(suite, '2026-03-01T09:00:00.000Z');
      const changed = { ...suite, version: '1.0.1' };
      const stored = await store.put(changed, '2026-03-01T11:00:00.000Z');
      expect(stored.hash).toBe(suiteHash(changed));
      expect(await store.list()).toEqual([stored]);
      expect(await store.get('reading')).toEqual(changed);
    });

    test('are removed with all that belongs to them, and nothing else is', async () => {
      await store.put(suite, '2026-03-01T09:00:00.000Z');
      await store.put(other, '2026-03-01T09:00:00.000Z');
      await store.remove('reading');
      expect((await store.list()).map(({ id }) => id)).toEqual(['other']);
      expect(await store.get('reading')).toBeNull();
      expect(await store.get('other')).toEqual(other);
    });

    test('what is no suite is neither written nor read', async () => {
      const broken: Suite = { ...suite, items: [] };
      await expect(store.put(broken, '2026-03-01T09:00:00.000Z')).rejects.toMatchObject({
        failure: { code: 'invalid-input' },
      });
      expect(await store.list()).toEqual([]);
      await store.put(suite, '2026-03-01T09:00:00.000Z');
      await place.plant(['suite', 'broken'], broken);
      await place.plant(['suite', 'moved'], suite);
      await place.plant(['summary', 'broken'], { id: 'broken' });
      expect((await store.list()).map(({ id }) => id)).toEqual(['reading']);
      await expect(store.get('broken')).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
      await expect(store.get('moved')).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
    });
  });
}
