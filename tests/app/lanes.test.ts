/** A queue over this page and servers: lanes beside each other, and servers that go away. One lane: runner.test.ts. */
import { describe, expect, it } from 'vitest';
import { failure, FailureError, type Engine, type LoadedModel, type ModelCard } from '#domain';
import type { JobRequest } from '../../src/app/job.ts';
import { isResumable } from '../../src/app/runStatus.ts';
import type { Runner } from '../../src/app/runner.svelte.ts';
import { Waiter } from '../../src/app/waiter.ts';
import { says, scriptedEngine } from '../../src/engines/scripted/index.ts';
import { runnerStage } from '../fixtures/runnerStage.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';
import { until } from '../fixtures/until.ts';

const suite = sampleSuite();
const COUNT = suite.items.length;
const here: ModelCard = { ref: runHeader('.').spec.model, contextLength: 100, parameters: null, bytes: 1 };
const on = (address: string): ModelCard => ({
  ...here,
  ref: { ...here.ref, id: address, source: 'server', build: { engine: 'server', quantisation: 'q' } },
});

function request(model: ModelCard): JobRequest {
  return { model, suite, device: model.ref.source === 'server' ? 'server' : 'scripted', limit: null, resume: null };
}

/** An engine for the page and for servers, each of which can be off; tells who was loaded at the same time. */
function world(delayMs = 1) {
  const off = new Set<string>();
  const log: string[] = [];
  const alive = new Map<string, number>();
  let together = 0;
  const engine: Engine = {
    id: 'world',
    load: async (order, signal) => {
      const { id, source } = order.model;
      const absent = failure('server-off', id);
      if (off.has(id)) throw new FailureError(absent);
      const inner = await scriptedEngine({
        answer: () => (off.has(id) ? says('', { end: { fail: absent } }) : says('xx', { delayMs })),
      }).load(order, signal);
      alive.set(id, (alive.get(id) ?? 0) + 1);
      together = Math.max(together, [...alive.values()].filter((n) => n > 0).length);
      log.push(`+${id}`);
      const model: LoadedModel = {
        environment: inner.environment,
        contextLength: inner.contextLength,
        templateHash: inner.templateHash,
        render: (messages) => inner.render(messages),
        generate: (question, asked) => inner.generate(question, asked),
        dispose: async () => {
          alive.set(id, (alive.get(id) ?? 1) - 1);
          log.push(`-${id}`);
          await inner.dispose();
        },
      };
      return source === 'server' ? { ...model, absence: () => Promise.resolve(off.has(id) ? absent : null) } : model;
    },
  };
  return { engine, off, log, together: () => together, alive };
}

function stage(engine: Engine, waitMs = Infinity) {
  return runnerStage(engine, {
    serverWaitMs: () => waitMs,
    laneOf: ({ model: { ref } }) => (ref.source === 'server' ? ref.id : null),
  });
}

const states = (runner: Runner): readonly string[] => runner.jobs.map(({ state }) => state.kind);

const runsOf = (runner: Runner): readonly string[] =>
  runner.jobs.map(({ state }) => (state.kind === 'ended' ? `${state.header.state.kind} ${state.header.verdicts}` : ''));

describe('lanes', () => {
  it('the page runs one model after the other; servers run beside it', async () => {
    const { engine, log, together } = world(3);
    const second = { ...here, ref: { ...here.ref, id: 'second' } };
    const { runner, store } = stage(engine);
    const done = runner.start([request(here), request(on('http://a')), request(second), request(on('http://b'))]);
    await until(() => runner.working.length === 3);
    expect(runner.working.map(({ lane }) => lane)).toEqual([null, 'http://a', 'http://b']);
    await done;
    expect(states(runner)).toEqual(['ended', 'ended', 'ended', 'ended']);
    expect(together()).toBe(3);
    const page = log.filter((line) => !line.includes('http'));
    expect(page).toEqual([`+${here.ref.id}`, `-${here.ref.id}`, '+second', '-second']);
    expect(await store.listHeaders()).toHaveLength(4);
    expect(runsOf(runner)).toEqual(Array.from({ length: 4 }, () => `finished ${'n'.repeat(COUNT)}`));
  });

  it('skipping the job of one lane touches no other; stopping ends all', async () => {
    const { engine, alive } = world(15);
    const { runner } = stage(engine);
    const done = runner.start([request(here), request(on('http://a')), request(on('http://a'))]);
    await until(() => runner.working.filter(({ state }) => state.kind === 'running').length === 2);
    runner.skip(runner.jobs[1]?.key ?? '');
    await until(() => runner.jobs[1]?.state.kind === 'ended' && runner.jobs[2]?.state.kind === 'running');
    expect(runner.jobs[0]?.state.kind).toBe('running');
    runner.stop();
    await done;
    expect(runsOf(runner).map((run) => run.split(' ')[0])).toEqual(['stopped', 'stopped', 'stopped']);
    expect([...alive.values()].every((n) => n === 0)).toBe(true);
    expect(runner.busy).toBe(false);
  });

  it('a server that is off holds up its own lane only, in sight; “try now” goes on as soon as it is back', async () => {
    const { engine, off } = world();
    const { runner } = stage(engine);
    off.add('http://a');
    const done = runner.start([request(on('http://a')), request(here)]);
    await until(() => runner.jobs[1]?.state.kind === 'ended');
    const state = runner.jobs[0]?.state;
    expect(state).toMatchObject({ kind: 'loading', away: { failure: { code: 'server-off' } } });
    if (state?.kind === 'loading') expect((state.away?.nextTry ?? 0) - Date.now()).toBeGreaterThan(1_000);
    off.clear();
    runner.tryNow(runner.jobs[0]?.key ?? '');
    await done;
    expect(runsOf(runner)[0]).toBe(`finished ${'n'.repeat(COUNT)}`);
  });

  it('one that goes away in mid-run is shown as trouble of the run; “go on without” leaves the rest unscored', async () => {
    const { engine, off } = world(5);
    const { runner } = stage(engine);
    const done = runner.start([request(on('http://a'))]);
    await until(() => {
      const state = runner.jobs[0]?.state;
      return state?.kind === 'running' && state.header.verdicts.startsWith('n');
    });
    off.add('http://a');
    await until(() => {
      const state = runner.jobs[0]?.state;
      return state?.kind === 'running' && state.trouble?.kind === 'away';
    });
    runner.giveUp(runner.jobs[0]?.key ?? '');
    await done;
    expect(runsOf(runner)[0]).toMatch(/^finished n+u+$/);
  });

  it('without patience a server that is off fails its job, and no other', async () => {
    const { engine, off } = world();
    const { runner } = stage(engine, 0);
    off.add('http://a');
    await runner.start([request(on('http://a')), request(on('http://b'))]);
    expect(states(runner)).toEqual(['failed', 'ended']);
    expect(runner.jobs[0]?.state).toMatchObject({ failure: { code: 'server-off' } });
  });

  it('what a server failed to answer is unscored in a finished run, and asked again by resuming it', async () => {
    const { engine, off } = world(5);
    const { runner } = stage(engine, 0);
    const done = runner.start([request(on('http://a'))]);
    await until(() => {
      const state = runner.jobs[0]?.state;
      return state?.kind === 'running' && state.header.verdicts.startsWith('n');
    });
    off.add('http://a');
    await done;
    const state = runner.jobs[0]?.state;
    if (state?.kind !== 'ended') throw new Error(JSON.stringify(state));
    expect(state.header.verdicts).toMatch(/^n+u+$/);
    expect(isResumable(state.header, 'finished')).toBe(true);
    off.clear();
    await runner.start([{ ...request(on('http://a')), resume: state.header }]);
    expect(runsOf(runner)).toEqual([`finished ${'n'.repeat(COUNT)}`]);
    expect(headerId(runner)).toBe(state.header.id);
  });
});

function headerId(runner: Runner): string | undefined {
  const state = runner.jobs[0]?.state;
  return state?.kind === 'ended' ? state.header.id : undefined;
}

describe('the wait', () => {
  const never = new AbortController().signal;

  it('is over when its time has come, or the machine wakes, or a person says so', async () => {
    const page = Object.assign(new EventTarget(), { document: new EventTarget() });
    const waiter = new Waiter(() => Infinity, page);
    const begun = performance.now();
    expect(await waiter.next(30, never)).toBe('try');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(25);
    const long = (): Promise<string> => waiter.next(60_000, never);
    const woken = long();
    page.document.dispatchEvent(new Event('visibilitychange'));
    expect(await woken).toBe('try');
    const again = long();
    page.dispatchEvent(new Event('online'));
    expect(await again).toBe('try');
    const soon = long();
    waiter.tryNow();
    expect(await soon).toBe('try');
    const last = long();
    waiter.giveUp();
    expect(await last).toBe('give-up');
  });

  it('ends with the run', async () => {
    const controller = new AbortController();
    const wait = new Waiter(() => Infinity).next(60_000, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(wait).rejects.toThrow('stopped');
  });
});
