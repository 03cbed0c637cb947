import { describe, expect, it } from 'vitest';
import { suiteRef, type ResultStore, type RunHeader } from '#domain';
import { memoryResultStore, memoryRunLock } from '#storage';
import { Results } from '../../src/app/results.svelte.ts';
import { Suites } from '../../src/app/suites.svelte.ts';
import { sampleHeader, sampleItem } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const suite = sampleSuite();

function headerOfSuite(): RunHeader {
  const header = sampleHeader({ verdicts: 'c..' });
  return { ...header, spec: { ...header.spec, suite: suiteRef(suite) } };
}

async function stage(change: Partial<ResultStore> = {}): Promise<{ results: Results; suites: Suites }> {
  const store = { ...memoryResultStore(), ...change };
  const header = headerOfSuite();
  await store.addRun(header, [sampleItem(header, 0)]);
  const suites = new Suites([]);
  const results = new Results(store, memoryRunLock(), suites);
  await results.refresh();
  return { results, suites };
}

describe('Results', () => {
  it('reads one item, asked or not, and refuses places that the run does not have', async () => {
    const { results } = await stage();
    expect((await results.item('run-1', 0)).record?.itemId).toBe('tbl-hk-01');
    expect((await results.item('run-1', 2)).record).toBeNull();
    await expect(results.item('run-1', 3)).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
    await expect(results.item('run-2', 0)).rejects.toMatchObject({ failure: { code: 'run-missing' } });
  });

  it('finds the suite among those that can be chosen where none is stored with the run', async () => {
    const { results, suites } = await stage();
    expect((await results.detail('run-1')).suite).toBeNull();
    suites.add(suite);
    expect((await results.detail('run-1')).suite).toEqual(suite);
  });

  it('shows a run whose stored suite cannot be read', async () => {
    const { results } = await stage({ getSuite: () => Promise.reject(new Error('damaged')) });
    expect(await results.detail('run-1')).toMatchObject({ header: { id: 'run-1' }, suite: null });
  });

  it('tells headers that cannot be read, beside those that can', async () => {
    const damaged = { runId: 'old', index: null, problem: { kind: 'newer', found: 9, known: 1 }, stored: {} } as const;
    const { results } = await stage({ damagedHeaders: () => Promise.resolve([damaged]) });
    expect(results.damaged).toEqual([damaged]);
    expect(results.headers).toMatchObject({ kind: 'ready', value: [{ id: 'run-1' }] });
  });

  it('does not take a run that this tab has ended for one of another tab', async () => {
    const lock = memoryRunLock();
    const results = new Results(memoryResultStore(), lock, new Suites([]));
    const header = headerOfSuite();
    await lock.hold(header.id, () => results.refresh());
    expect(results.status(header, [header.id])).toBe('running-here');
    expect(results.status(header, [])).toBe('running-elsewhere');
    const stopped = { ...header, state: { kind: 'stopped' } } as const;
    results.note(stopped);
    expect(results.status(stopped, [])).toBe('stopped');
  });
});
