/** Queues that outlive their tab, over the real stores. In a browser: tests/e2e/keptQueue.test.ts. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { failure, GREEDY, suiteHash, type ModelCard, type QueueStore, type RunHeader, type Suite } from '#domain';
import { indexedDbResultStore, memoryRunLock } from '#storage';
import { indexedDbQueueStore } from '#storage/queues';
import { DeviceState } from '../../src/app/device.svelte.ts';
import type { JobRequest } from '../../src/app/job.ts';
import { Launcher } from '../../src/app/launch.svelte.ts';
import { Models } from '../../src/app/models.svelte.ts';
import type { ModelLibrary } from '../../src/app/ports.ts';
import { WaitingQueues } from '../../src/app/queues/waitingQueues.svelte.ts';
import { Runner } from '../../src/app/runner.svelte.ts';
import { says, scriptedEngine, type Scenario } from '../../src/engines/scripted/index.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const model: ModelCard = { ref: runHeader('.').spec.model, contextLength: 100, parameters: null, bytes: 1 };
const other: ModelCard = { ...model, ref: { ...model.ref, id: 'other' } };
const suite: Suite = sampleSuite();
const COUNT = suite.items.length;
const hash = suiteHash(suite);

const request = (change: Partial<JobRequest> = {}): JobRequest => ({
  ...{ model, suite, device: 'scripted', sampling: GREEDY, limit: null, resume: null },
  ...change,
});

/** What tabs share: the disk and the browser's locks, those of living tabs only. */
interface Profile {
  readonly name: string;
  readonly held: { runs: Set<string>; queues: Set<string> };
}

let profiles = 0;
let ids = 0;
let profile: Profile;
beforeEach(() => {
  profile = { name: `profile-${(profiles += 1)}`, held: { runs: new Set(), queues: new Set() } };
});

/** A lock over names that tabs share; what a tab held is given back when it dies. */
function sharedLock(held: Set<string>) {
  const own = new Set<string>();
  const inner = memoryRunLock();
  return {
    die: () => own.forEach((id) => held.delete(id)),
    lock: {
      hold: async <T>(id: string, work: () => Promise<T>) => {
        if (held.has(id)) return { held: false } as const;
        held.add(id);
        own.add(id);
        try {
          return await inner.hold(id, work);
        } finally {
          if (own.delete(id)) held.delete(id);
        }
      },
      heldRuns: () => Promise.resolve(new Set(held)),
    },
  };
}

interface Tab {
  readonly runner: Runner;
  readonly queues: WaitingQueues;
  readonly launcher: Launcher;
  readonly kept: QueueStore;
  readonly runs: ReturnType<typeof indexedDbResultStore>;
  /** Nothing of it happens any more; the browser gives its locks back. */
  readonly kill: () => void;
}

function openTab(scenario: Scenario, cards: readonly ModelCard[] = [model, other]): Tab {
  let alive = true;
  const died = new Promise<never>(() => undefined);
  /** A dead tab writes nothing: what it would do next never happens. */
  const whileAlive = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (of, key) => {
        const value: unknown = Reflect.get(of, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => (alive ? (value.apply(of, args) as unknown) : died);
      },
    });
  const runs = whileAlive(indexedDbResultStore(`${profile.name}-results`));
  const kept = whileAlive(indexedDbQueueStore(`${profile.name}-queues`));
  const runLocks = sharedLock(profile.held.runs);
  const queueLocks = sharedLock(profile.held.queues);
  const library = { list: () => Promise.resolve(cards) } as Partial<ModelLibrary> as ModelLibrary;
  const models = new Models(library);
  const clock = { now: () => new Date().toISOString(), elapsed: () => performance.now() };
  const newId = (): string => `id-${(ids += 1)}`;
  let queues: WaitingQueues | null = null;
  const runner = new Runner(
    {
      engine: scriptedEngine(scenario),
      ...{ store: runs, lock: runLocks.lock, clock, newId },
      isHidden: () => false,
      knownSelfTest: () => null,
      onSelfTest: () => undefined,
      grade: ({ output }) =>
        Promise.resolve({
          verdict: { kind: 'noAnswer', reason: output === '' ? 'empty' : 'nothing-found', notes: [] },
          grader: { id: 'none', version: '1' },
        }),
      keepQueue: (jobs) => queues?.keep(jobs) ?? Promise.resolve(null),
    },
    () => undefined,
  );
  const probe = () => Promise.reject(new Error('not asked'));
  const launcher = new Launcher(runner, new DeviceState(probe));
  queues = new WaitingQueues({
    queues: () => Promise.resolve({ store: kept, lock: queueLocks.lock }),
    ...{ store: runs, lock: runLocks.lock, newId, models, launcher, runner },
    suites: { find: () => null },
    now: () => clock.now(),
    resumeRequest: async (header) => {
      const card = models.find(header.spec.model);
      const text = await runs.getSuite(header.spec.suite.hash);
      return card === null || text === null ? 'missing' : request({ model: card, suite: text, resume: header });
    },
  });
  const kill = (): void => {
    alive = false;
    runLocks.die();
    queueLocks.die();
  };
  return { runner, queues, launcher, kept, runs, kill };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 3_000) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const quick: Scenario = { answer: () => says('x') };
const slow: Scenario = { answer: () => says('x', { delayMs: 15 }) };

/** Three runs, of which the first is cut off after an item. */
async function killedInTheFirst(requests = [request(), request({ model: other, limit: 2 }), request({ limit: 1 })]) {
  const tab = openTab(slow);
  void tab.runner.start(requests);
  await until(() => {
    const state = tab.runner.jobs[0]?.state;
    return state?.kind === 'running' && state.header.verdicts.startsWith('n');
  });
  tab.kill();
  return tab;
}

async function offeredIn(tab: Tab) {
  await tab.queues.refresh();
  const [offer] = tab.queues.offers;
  if (offer === undefined) throw new Error(`nothing is offered: ${JSON.stringify(tab.queues.failure)}`);
  return offer;
}

async function untilDone({ runner, kept }: Tab): Promise<void> {
  await until(() => !runner.busy && runner.jobs.length > 0);
  for (let tries = 0; (await kept.list()).queues.length > 0 && tries < 200; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const shape = ({ spec, verdicts, state }: RunHeader) => [spec.model.id, spec.itemIds.length, verdicts, state.kind];

describe('a queue whose tab was killed', () => {
  it('is offered with what was cut off first, and does not start by itself', async () => {
    const dead = await killedInTheFirst();
    const tab = openTab(quick);
    const { jobs } = await offeredIn(tab);
    expect(jobs.map(({ begun }) => begun?.state.kind ?? null)).toEqual(['running', null, null]);
    expect(jobs.map(({ job }) => job.runId)).toEqual(dead.runner.jobs.map(({ key }) => key));
    expect(tab.runner.jobs).toEqual([]);
  });

  it('goes on to the end: every item once, all as in a queue that nothing befell, and nothing stays', async () => {
    await killedInTheFirst();
    const tab = openTab(quick);
    await tab.queues.goOn(await offeredIn(tab));
    expect(tab.queues.offers).toEqual([]);
    await untilDone(tab);
    const headers = [...(await tab.runs.listHeaders())].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
    expect(headers.map(shape)).toEqual(
      [
        ['model', COUNT, 'n'.repeat(COUNT), 'finished'],
        ['other', 2, 'nn', 'finished'],
        ['model', 1, 'n', 'finished'],
      ].map(([id, ...rest]) => [id === 'model' ? model.ref.id : id, ...rest]),
    );
    for (const header of headers) expect(await tab.runs.listItems(header.id)).toHaveLength(header.verdicts.length);
    expect(await tab.kept.list()).toEqual({ queues: [], damaged: [] });
    expect(profile.held.queues).toEqual(new Set());
  });

  it('can be killed again and again', async () => {
    await killedInTheFirst();
    const second = openTab(slow);
    await second.queues.goOn(await offeredIn(second));
    await until(() => second.runner.jobs[1]?.state.kind === 'running');
    second.kill();
    const third = openTab(quick);
    const { jobs } = await offeredIn(third);
    expect(jobs.map(({ begun }) => begun !== null)).toEqual([true, false]);
    await third.queues.goOn(await offeredIn(third));
    await untilDone(third);
    expect((await third.runs.listHeaders()).map(({ state }) => state.kind)).toEqual([
      'finished',
      'finished',
      'finished',
    ]);
    expect((await third.kept.list()).queues).toEqual([]);
  });

  it('is taken by one tab only; the other one is told', async () => {
    await killedInTheFirst();
    const [one, two] = [openTab(slow), openTab(quick)];
    const [first, second] = [await offeredIn(one), await offeredIn(two)];
    await one.queues.goOn(first);
    await two.queues.goOn(second);
    expect(two.runner.jobs).toEqual([]);
    expect(two.launcher.problem).toMatchObject({ code: 'run-in-use' });
    expect(two.queues.offers).toEqual([]);
    await two.queues.discard(second, 'all');
    expect(two.queues.failure).toMatchObject({ code: 'run-in-use' });
    await untilDone(one);
    expect(await one.runs.listHeaders()).toHaveLength(3);
  });

  it('keeps its questions as they were, although the suite is gone from here', async () => {
    await killedInTheFirst();
    const tab = openTab(quick);
    const { queue } = await offeredIn(tab);
    expect(await tab.kept.suite(queue.id, hash)).toEqual(suite);
  });

  it('says which model is gone: the others go on, it stays until it is there or dropped', async () => {
    await killedInTheFirst();
    const tab = openTab(quick, [model]);
    await tab.queues.goOn(await offeredIn(tab));
    await until(() => !tab.runner.busy && tab.queues.offers.length > 0);
    const left = await offeredIn(tab);
    expect(left.jobs.map((job) => [job.job.model.id, tab.queues.lacking(job)])).toEqual([['other', 'model']]);
    expect(await tab.runs.listHeaders()).toHaveLength(2);
    const [job] = left.jobs;
    if (job === undefined) throw new Error('no job');
    await tab.queues.discard(left, job);
    expect(tab.queues.offers).toEqual([]);
    expect(await tab.kept.list()).toEqual({ queues: [], damaged: [] });
  });

  it('says that a suite cannot be read any more', async () => {
    // Never begun, so that the results have no copy of the suite either.
    const dead = openTab({ answer: () => says('x'), load: () => ({ delayMs: 60_000 }) });
    void dead.runner.start([request(), request()]);
    for (let tries = 0; (await dead.kept.list()).queues.length === 0 && tries < 500; tries += 1);
    const [queue] = (await dead.kept.list()).queues;
    if (queue === undefined) throw new Error('nothing is kept');
    await dead.kept.begin(
      { ...queue, jobs: queue.jobs.map((job) => ({ ...job, suite: { ...job.suite, hash: 'ff' } })) },
      [],
    );
    dead.kill();
    const tab = openTab(quick);
    const offer = await offeredIn(tab);
    expect(offer.jobs.map((job) => tab.queues.lacking(job))).toEqual(['suite', 'suite']);
    await tab.queues.goOn(offer);
    expect(tab.runner.busy).toBe(false);
    expect((await offeredIn(tab)).jobs).toHaveLength(2);
  });

  it('is discarded job by job or whole; what had begun stays among the results', async () => {
    await killedInTheFirst();
    const tab = openTab(quick);
    const offer = await offeredIn(tab);
    const last = offer.jobs[2];
    if (last === undefined) throw new Error('no third job');
    await tab.queues.discard(offer, last);
    expect((await offeredIn(tab)).jobs).toHaveLength(2);
    await tab.queues.discard(await offeredIn(tab), 'all');
    expect(tab.queues.offers).toEqual([]);
    expect(await tab.kept.list()).toEqual({ queues: [], damaged: [] });
    expect((await tab.runs.listHeaders()).map(({ state }) => state.kind)).toEqual(['running']);
  });
});

describe('what is kept of a queue', () => {
  it('is nothing after it has ended, was stopped, or where it is one run', async () => {
    const tab = openTab(slow);
    await tab.runner.start([request({ limit: 1 }), request({ limit: 1 })]);
    expect(await tab.kept.list()).toEqual({ queues: [], damaged: [] });
    const stopped = tab.runner.start([request(), request()]);
    await until(() => tab.runner.active?.state.kind === 'running');
    expect((await tab.kept.list()).queues).toHaveLength(1);
    tab.runner.stop();
    await stopped;
    expect(await tab.kept.list()).toEqual({ queues: [], damaged: [] });
    const single = tab.runner.start([request()]);
    await until(() => tab.runner.active?.state.kind === 'running');
    expect((await tab.kept.list()).queues).toEqual([]);
    await single;
  });

  it('is no longer a job that was skipped or failed', async () => {
    const tab = openTab({
      answer: () => says('x', { delayMs: 15 }),
      load: (count) => (count === 0 ? { fail: failure('out-of-memory', 'no room') } : {}),
    });
    void tab.runner.start([request(), request({ model: other }), request({ limit: 1 }), request({ limit: 2 })]);
    await until(() => tab.runner.jobs[1]?.state.kind === 'running');
    const skipped = tab.runner.jobs[2];
    tab.runner.skip(skipped?.key ?? '');
    for (let tries = 0; ((await tab.kept.list()).queues[0]?.jobs.length ?? 0) > 2 && tries < 300; tries += 1);
    tab.kill();
    const next = openTab(quick);
    const { jobs } = await offeredIn(next);
    expect(jobs.map(({ job }) => [job.model.id, job.limit])).toEqual([
      ['other', null],
      [model.ref.id, 2],
    ]);
  });

  it('is told where it cannot be read, and the page works', async () => {
    const tab = openTab(quick);
    const { createStore, set } = await import('idb-keyval');
    await set(['queue', 'broken'], { schema: 9 }, createStore(`${profile.name}-queues`, 'kv'));
    await tab.queues.refresh();
    const [damaged] = tab.queues.damaged;
    expect(damaged?.problem).toEqual({ kind: 'newer', found: 9, known: 1 });
    expect(await tab.runner.start([request(), request()])).toBe(true);
    if (damaged !== undefined) await tab.queues.discardDamaged(damaged);
    expect(tab.queues.damaged).toEqual([]);
  });

  it('runs all the same where nothing can be kept', async () => {
    const tab = openTab(quick);
    tab.kept.begin = () => Promise.reject(new Error('full'));
    await tab.runner.start([request(), request()]);
    expect(tab.runner.jobs.map(({ state }) => state.kind)).toEqual(['ended', 'ended']);
    expect(profile.held.queues).toEqual(new Set());
  });
});
