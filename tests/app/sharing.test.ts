import { beforeEach, describe, expect, it } from 'vitest';
import { suiteRef, type ResultStore, type RunHeader } from '#domain';
import { memoryResultStore, memoryRunLock, memorySettings } from '#storage';
import { Preferences } from '../../src/app/preferences.svelte.ts';
import { Results } from '../../src/app/results.svelte.ts';
import { Sharing } from '../../src/app/sharing.svelte.ts';
import { Suites } from '../../src/app/suites.svelte.ts';
import { afterItems, sampleHeader, sampleItem, WRONG } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const suite = sampleSuite();
let store: ResultStore;
let results: Results;
let sharing: Sharing;
let header: RunHeader;

async function open(publicAddress = 'https://example.org/tabeval/'): Promise<void> {
  store = memoryResultStore();
  results = new Results(store, memoryRunLock(), new Suites([]));
  sharing = new Sharing(store, results, new Preferences(memorySettings({ publicAddress })));
  await results.refresh();
}

beforeEach(async () => {
  await open();
  const empty = sampleHeader();
  const fresh = { ...empty, spec: { ...empty.spec, suite: suiteRef(suite) }, state: { kind: 'stopped' } as const };
  const items = [sampleItem(fresh, 0), sampleItem(fresh, 1, { verdict: WRONG })];
  header = afterItems(fresh, items);
  await store.putSuite(header.spec.suite.hash, suite);
  await store.addRun(header, items);
});

function file(text: string): File {
  return new File([text], 'run.json');
}

describe('a record', () => {
  it('comes back whole in another browser, marked as imported, and is not taken twice', async () => {
    const exported = await sharing.exportFile('record', header.id);
    expect(exported.name).toMatch(/\.json$/);
    const before = await results.detail(header.id);

    await open();
    await sharing.importFile(file(exported.text));
    expect(sharing.importing).toEqual({ kind: 'done', runId: header.id });
    expect(await results.detail(header.id)).toEqual({
      ...before,
      header: { ...header, origin: 'imported' },
    });
    expect(results.headers).toMatchObject({ kind: 'ready', value: [{ id: header.id }] });

    await sharing.importFile(file(exported.text));
    expect(sharing.importing).toEqual({ kind: 'exists', runId: header.id });
  });

  it('is refused with its problem where it was changed, and nothing of it is stored', async () => {
    const { text } = await sharing.exportFile('record', header.id);
    await open();
    await sharing.importFile(file(text.replace('"verdicts": "ci."', '"verdicts": "cc."')));
    expect(sharing.importing).toMatchObject({ kind: 'refused', file: 'run.json', problem: { code: 'disagrees' } });
    await sharing.importFile(file(text.slice(0, 200)));
    expect(sharing.importing).toMatchObject({ kind: 'refused', problem: { code: 'not-json' } });
    expect(await store.listHeaders()).toEqual([]);
    expect(await store.getSuite(header.spec.suite.hash)).toBeNull();
  });
});

describe('a link', () => {
  it('says the same figures to whoever opens it, and stores nothing there', async () => {
    const share = await sharing.share(header);
    expect(share).toMatchObject({ local: false, withVerdicts: true });
    expect(share.link).toMatch(/^https:\/\/example\.org\/tabeval\/#\/shared\/1\./);
    expect(share.text).toContain(share.link);
    expect(share.text).toContain('50.0%');

    await open();
    const opened = await sharing.open(share.link.slice(share.link.lastIndexOf('/') + 1));
    expect(opened).toMatchObject({ ok: true, run: { counts: { correct: 1, incorrect: 1, pending: 1 } } });
    expect(await store.listHeaders()).toEqual([]);
  });

  it('warns where others could not open it', async () => {
    await open('http://localhost:4173/');
    expect((await sharing.share(header)).local).toBe(true);
  });

  it('is set against an own run only where the same items were asked', async () => {
    const share = await sharing.share(header);
    const opened = await sharing.open(share.link.slice(share.link.lastIndexOf('/') + 1));
    if (!opened.ok) throw new Error(opened.problem.code);
    expect(await sharing.compare(opened.run, header)).toMatchObject({ kind: 'compared' });
    const fewer = { ...header, spec: { ...header.spec, itemIds: ['x', 'y', 'z'] } };
    expect(await sharing.compare(opened.run, fewer)).toBeNull();
  });
});
