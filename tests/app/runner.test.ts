import { describe, expect, it } from 'vitest';
import { failure, type Engine, type ModelCard, type RunHeader, type Suite } from '#domain';
import { memoryResultStore } from '#storage';
import type { Job, JobRequest } from '../../src/app/job.ts';
import type { RunnerPorts } from '../../src/app/ports.ts';
import type { Runner } from '../../src/app/runner.svelte.ts';
import { says, scriptedEngine, type Scenario } from '../../src/engines/scripted/index.ts';
import { counting } from '../fixtures/countingEngine.ts';
import { runnerStage, type RunnerStage } from '../fixtures/runnerStage.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';
import { until } from '../fixtures/until.ts';

const model: ModelCard = { ref: runHeader('.').spec.model, contextLength: 100, parameters: null, bytes: 1 };
const suite: Suite = sampleSuite();

function request(change: Partial<JobRequest> = {}): JobRequest {
  return { model, suite, device: 'scripted', limit: null, resume: null, ...change };
}

const other: ModelCard = { ...model, ref: { ...model.ref, id: 'other' } };

function stage(scenario: Scenario, change: Partial<RunnerPorts> = {}): RunnerStage {
  return runnerStage(scriptedEngine(scenario), change);
}

function headerOf(runner: Runner, place: number): RunHeader {
  const state = runner.jobs[place]?.state;
  if (state?.kind !== 'ended') throw new Error(`job ${place} is ${JSON.stringify(state)}`);
  return state.header;
}

describe('Runner', () => {
  it('runs a queue one after the other and stores each run with its suite', async () => {
    const { runner, store, stored } = stage({ answer: () => says('x') });
    expect(await runner.start([request(), request({ limit: 1 })])).toBe(true);
    expect(runner.busy).toBe(false);
    expect(headerOf(runner, 0).verdicts).toBe('n'.repeat(suite.items.length));
    expect(headerOf(runner, 1).spec.itemIds).toEqual([suite.items[0]?.id]);
    expect(await store.listHeaders()).toHaveLength(2);
    expect(await store.getSuite(headerOf(runner, 0).spec.suite.hash)).toEqual(suite);
    expect(stored.at(-1)).toEqual(headerOf(runner, 1));
  });

  it('refuses a second queue while one is running', async () => {
    const { runner } = stage({ answer: () => says('x', { delayMs: 5 }) });
    const first = runner.start([request()]);
    expect(await runner.start([request()])).toBe(false);
    await first;
  });

  it('stops in the middle: the run is stopped, the rest of the queue cancelled', async () => {
    const { runner, store } = stage({ answer: () => says('slow answer', { delayMs: 20 }) });
    const done = runner.start([request(), request()]);
    await until(() => runner.active?.state.kind === 'running');
    runner.stop();
    await done;
    expect(headerOf(runner, 0).state).toEqual({ kind: 'stopped' });
    expect(runner.jobs[1]?.state).toEqual({ kind: 'cancelled' });
    expect((await store.getHeader(headerOf(runner, 0).id))?.state).toEqual({ kind: 'stopped' });
  });

  it('a model that does not load fails its own job only', async () => {
    const { runner } = stage({
      answer: () => says('x'),
      load: (count) => (count === 0 ? { fail: failure('out-of-memory', 'no room') } : {}),
    });
    await runner.start([request(), request()]);
    expect(runner.jobs[0]?.state).toEqual({ kind: 'failed', failure: failure('out-of-memory', 'no room') });
    expect(headerOf(runner, 1).state).toEqual({ kind: 'finished' });
  });

  it('writes down how tokens are chosen, and what a server takes of its own accord', async () => {
    const sampling = {
      kind: 'sampled',
      temperature: 0.7,
      topP: 0.8,
      topK: 20,
      minP: 0,
      repetitionPenalty: 1,
      seed: 5,
    } as const;
    const inner = scriptedEngine({ answer: () => says('x') });
    const engine: Engine = {
      id: 'server',
      load: async (order, signal) => {
        const loaded = await inner.load(order, signal);
        const { environment, contextLength, templateHash } = loaded;
        return {
          ...{ environment, contextLength, templateHash, unknownSampling: ['repetitionPenalty', 'topK'] },
          render: (messages) => loaded.render(messages),
          generate: (r, s) => loaded.generate(r, s),
          dispose: () => loaded.dispose(),
        };
      },
    };
    const { runner } = stage({ answer: () => says('x') }, { engine });
    await runner.start([request({ sampling }), request()]);
    expect(headerOf(runner, 0).spec.sampling).toEqual(sampling);
    expect(headerOf(runner, 0).spec.samplingNotTaken).toEqual(['repetitionPenalty', 'topK']);
    expect(headerOf(runner, 1).spec.sampling).toEqual({ kind: 'greedy' });
    expect(headerOf(runner, 1).spec.samplingNotTaken).toEqual(['repetitionPenalty']);
  });

  it('resumes from what is stored, not from what the list showed', async () => {
    const { runner, store } = stage({ answer: () => says('x') });
    await runner.start([request()]);
    const finished = headerOf(runner, 0);
    const stored = { ...finished, state: { kind: 'stopped' as const }, verdicts: 'nn.' };
    await store.putHeader(stored);
    await runner.start([request({ resume: { ...stored, verdicts: '...' } })]);
    expect(headerOf(runner, 0).id).toBe(finished.id);
    expect(headerOf(runner, 0).verdicts).toBe('nnn');
  });

  it('does not touch a run that another tab is running', async () => {
    const { runner, ports, store } = stage({ answer: () => says('x') });
    const header = runHeader('...', { id: 'taken' });
    await store.putHeader(header);
    await ports.lock.hold('taken', async () => {
      await runner.start([request({ resume: header })]);
    });
    expect(runner.jobs[0]?.state).toEqual({ kind: 'failed', failure: failure('run-in-use', 'taken') });
    expect(await store.getHeader('taken')).toEqual(header);
  });

  it('does not resume where the second half would be made differently', async () => {
    const { runner, store } = stage({ answer: () => says('x') });
    await runner.start([request()]);
    const before = headerOf(runner, 0);
    const other = {
      ...before,
      verdicts: 'n..',
      environment: { ...before.environment, engine: { id: 'x', version: '0' } },
    };
    await store.putHeader(other);
    await runner.start([request({ resume: other })]);
    expect(runner.jobs[0]?.state).toMatchObject({ kind: 'failed', failure: { code: 'environment-changed' } });
    expect(await store.getHeader(before.id)).toEqual(other);
  });

  it('holds the lock of a new run while it runs', async () => {
    const { runner, ports } = stage({ answer: () => says('slow', { delayMs: 10 }) });
    const done = runner.start([request()]);
    await until(() => runner.active?.state.kind === 'running');
    const state = runner.active?.state;
    const id = state?.kind === 'running' ? state.header.id : '';
    expect(await ports.lock.heldRuns()).toEqual(new Set([id]));
    runner.stop();
    await done;
    expect(await ports.lock.heldRuns()).toEqual(new Set());
  });

  it('gives every model back, also the one that replaced a dead worker', async () => {
    const engine = counting({ answer: (q) => (q.count === 0 ? says('x', { end: 'die' }) : says('x')) });
    const { runner } = stage({ answer: () => says('') }, { engine });
    await runner.start([request()]);
    expect(headerOf(runner, 0).state).toEqual({ kind: 'finished' });
    expect(engine.seen).toEqual({ loads: 2, alive: 0, most: 1 });
  });
});

describe('a queue of several jobs', () => {
  it('loads a model once for jobs that follow each other, and never holds two', async () => {
    const engine = counting({ answer: () => says('x') });
    const { runner } = stage({ answer: () => says('') }, { engine });
    await runner.start([request(), request({ limit: 1 }), request({ model: other }), request({ model: other })]);
    expect(runner.jobs.map(({ state }) => state.kind)).toEqual(['ended', 'ended', 'ended', 'ended']);
    expect(engine.seen).toEqual({ loads: 2, alive: 0, most: 1 });
  });

  it('another device of the same model is another load', async () => {
    const engine = counting({ answer: () => says('x') });
    const { runner } = stage({ answer: () => says('') }, { engine });
    await runner.start([request(), request({ device: 'wasm' })]);
    expect(engine.seen).toEqual({ loads: 2, alive: 0, most: 1 });
  });

  it('a worker that died after its last answer is replaced in the next job', async () => {
    const engine = counting({ answer: () => says('x') });
    let dying: (() => Promise<void>) | null = null;
    const store = memoryResultStore();
    const { runner } = stage(
      { answer: () => says('') },
      {
        engine,
        store: {
          ...store,
          // The suite of the second job is stored when it begins: the worker is gone by then.
          putSuite: async (hash, texts) => {
            await dying?.();
            dying = engine.kill;
            await store.putSuite(hash, texts);
          },
        },
      },
    );
    await runner.start([request(), request()]);
    expect(headerOf(runner, 1).verdicts).toBe('n'.repeat(suite.items.length));
    expect(engine.seen).toEqual({ loads: 2, alive: 0, most: 1 });
  });

  it('skips the job that is at work, and goes on with a fresh model', async () => {
    const engine = counting({ answer: (q) => says('x', q.count === 0 ? { end: 'hang' } : {}) });
    const { runner } = stage({ answer: () => says('') }, { engine });
    const done = runner.start([request(), request()]);
    await until(() => runner.active?.state.kind === 'running');
    runner.skip(runner.active?.key ?? '');
    await done;
    expect(headerOf(runner, 0).state).toEqual({ kind: 'stopped' });
    expect(headerOf(runner, 1).state).toEqual({ kind: 'finished' });
    expect(engine.seen).toEqual({ loads: 2, alive: 0, most: 1 });
  });

  it('skips a job that waits, without a trace in storage', async () => {
    const { runner, store } = stage({ answer: () => says('x', { delayMs: 5 }) });
    const done = runner.start([request(), request(), request({ limit: 1 })]);
    runner.skip(runner.jobs[1]?.key ?? '');
    await done;
    expect(runner.jobs.map(({ state }) => state.kind)).toEqual(['ended', 'cancelled', 'ended']);
    expect(await store.listHeaders()).toHaveLength(2);
  });

  it('a stop gives the kept model back and says so to whoever watches the queue', async () => {
    const engine = counting({ answer: () => says('slow', { delayMs: 10 }) });
    const ended: string[][] = [];
    const onQueue = () => (jobs: readonly Job[]) => void ended.push(jobs.map(({ state }) => state.kind));
    const { runner } = stage({ answer: () => says('') }, { engine, onQueue });
    const done = runner.start([request(), request()]);
    await until(() => runner.active?.state.kind === 'running');
    runner.stop();
    await done;
    expect(engine.seen.alive).toBe(0);
    expect(ended).toEqual([['ended', 'cancelled']]);
  });
});
