import { describe, expect, it } from 'vitest';
import { suiteRef, type Grade, type Graded, type ResultStore, type RunHeader, type Verdict } from '#domain';
import { memoryResultStore, memoryRunLock } from '#storage';
import { Regrading } from '../../../src/app/regrading/regrading.svelte.ts';
import { Results } from '../../../src/app/results.svelte.ts';
import { Suites } from '../../../src/app/suites.svelte.ts';
import { CORRECT, sampleHeader, sampleItem, WRONG } from '../../fixtures/sampleRun.ts';
import { sampleSuite } from '../../fixtures/sampleSuite.ts';

const suite = sampleSuite();
const NOW = '2026-05-01T12:00:00.000Z';
const TODAY = { id: 'numeric', version: '2' };

interface Stage {
  readonly store: ResultStore;
  readonly results: Results;
  readonly regrading: Regrading;
  readonly lock: ReturnType<typeof memoryRunLock>;
  readonly header: RunHeader;
}

/** A run of three items, "c", "i" and one on which the engine failed; every verdict of today is `verdict`. */
async function stage(verdict: Verdict, withSuite = true): Promise<Stage> {
  const store = memoryResultStore();
  const empty = sampleHeader({ verdicts: 'ciu', state: { kind: 'finished' } });
  const header = { ...empty, spec: { ...empty.spec, suite: suiteRef(suite) } };
  const failed = { kind: 'unscored', failure: { code: 'gpu-error', detail: '', retryable: true } } as const;
  await store.addRun(header, [
    sampleItem(header, 0),
    sampleItem(header, 1, { verdict: WRONG }),
    sampleItem(header, 2, { verdict: failed, finish: null }),
  ]);
  if (withSuite) await store.putSuite(header.spec.suite.hash, suite);
  const lock = memoryRunLock();
  const results = new Results(store, lock, new Suites([]));
  await results.refresh();
  const grade: Grade = (): Promise<Graded> => Promise.resolve({ verdict, grader: TODAY });
  let time = 0;
  const ports = { grade, elapsed: () => (time += 100), pause: () => Promise.resolve(), now: () => NOW };
  return { store, results, lock, header, regrading: new Regrading(results, ports, header.id) };
}

describe('grading a run again', () => {
  it('shows what would change before anything is written, then writes it all and keeps what was there', async () => {
    const { store, results, regrading, header } = await stage(CORRECT);
    const before = await store.listItems(header.id);
    await regrading.look();
    expect(regrading.state.kind).toBe('planned');
    if (regrading.state.kind !== 'planned') return;
    const { plan } = regrading.state;
    expect(plan).toMatchObject({ graded: 2, withoutOutput: 1, withoutGold: 0 });
    expect(plan.items.map(({ record, change }) => [record.index, change])).toEqual([
      [0, 'none'],
      [1, 'verdict'],
    ]);
    expect(await store.listItems(header.id)).toEqual(before);

    await regrading.confirm();
    expect(regrading.state.kind).toBe('written');
    const [first, second, third] = await store.listItems(header.id);
    expect(second).toEqual({
      ...before[1],
      verdict: CORRECT,
      grader: TODAY,
      before: [{ verdict: WRONG, grader: { id: 'numeric', version: '1' }, until: NOW }],
    });
    expect(first?.before).toHaveLength(1);
    expect(third).toEqual(before[2]);
    expect((await store.getHeader(header.id))?.verdicts).toBe('ccu');
    expect(results.headers).toMatchObject({ kind: 'ready', value: [{ verdicts: 'ccu', updatedAt: NOW }] });
  });

  it('finds nothing to change the second time', async () => {
    const { regrading } = await stage(CORRECT);
    await regrading.look();
    await regrading.confirm();
    await regrading.look();
    expect(regrading.state).toMatchObject({ kind: 'planned', plan: { items: [], graded: 2 } });
  });

  it('says how many items have no gold here', async () => {
    const { regrading } = await stage(CORRECT, false);
    await regrading.look();
    expect(regrading.state).toMatchObject({ kind: 'planned', plan: { items: [], graded: 0, withoutGold: 2 } });
  });

  it('writes nothing where the run was changed meanwhile', async () => {
    const { store, regrading, header } = await stage(CORRECT);
    await regrading.look();
    const other = sampleItem(header, 1, { output: 'asked again', verdict: WRONG });
    await store.putItem(header, other);
    await regrading.confirm();
    expect(regrading.state.kind).toBe('stale');
    expect(await store.getItem(header.id, 1)).toEqual(other);
    expect((await store.getItem(header.id, 0))?.before).toBeUndefined();
  });

  it('leaves a run alone that a tab is working on', async () => {
    const { store, regrading, header, lock } = await stage(CORRECT);
    await regrading.look();
    await lock.hold(header.id, () => regrading.confirm());
    expect(regrading.state).toMatchObject({ kind: 'failed', failure: { code: 'run-in-use' } });
    expect((await store.getHeader(header.id))?.verdicts).toBe('ciu');
  });

  it('stops when it is cancelled', async () => {
    const { regrading } = await stage(CORRECT);
    const looking = regrading.look();
    regrading.cancel();
    await looking;
    expect(regrading.state.kind).toBe('idle');
  });
});

describe('a person’s judgement', () => {
  it('stands beside the verdict, which stays, and can be withdrawn', async () => {
    const { store, results, header } = await stage(CORRECT);
    await results.judge({ runId: header.id, index: 1, judged: 'right', note: 'same amount' }, NOW);
    const { record, override } = await results.item(header.id, 1);
    expect(override).toEqual({
      schema: 1,
      runId: header.id,
      index: 1,
      judged: 'right',
      note: 'same amount',
      judgedAt: NOW,
    });
    expect(record?.verdict).toEqual(WRONG);
    expect((await store.getHeader(header.id))?.verdicts).toBe('ciu');
    await results.refresh();
    expect(results.overridesOf(header.id)).toHaveLength(1);
    await results.withdraw(header.id, 1);
    expect((await results.detail(header.id)).overrides).toEqual([]);
  });

  it('is not kept for a run that is not there', async () => {
    const { store, results } = await stage(CORRECT);
    const judging = results.judge({ runId: 'gone', index: 0, judged: 'wrong', note: '' }, NOW);
    await expect(judging).rejects.toMatchObject({ failure: { code: 'run-missing' } });
    expect(await store.listOverrides(null)).toEqual([]);
  });
});
