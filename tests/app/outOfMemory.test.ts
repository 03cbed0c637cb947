import { describe, expect, it } from 'vitest';
import { failure, type ModelCard, type Tombstones } from '#domain';
import type { JobRequest } from '../../src/app/job.ts';
import { canBeRescued, rescued, rescues } from '../../src/app/rescue.ts';
import type { Runner } from '../../src/app/runner.svelte.ts';
import { says, scriptedEngine, type Scenario } from '../../src/engines/scripted/index.ts';
import { runnerStage } from '../fixtures/runnerStage.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const full = failure('out-of-memory', 'std::bad_alloc');
const model: ModelCard = { ref: runHeader('.').spec.model, contextLength: 4096, parameters: null, bytes: 900 };
const request: JobRequest = { model, suite: sampleSuite(), device: 'webgpu', limit: null, resume: null };

/** `written`: what tombstones said, and that they were taken away. */
function stage(scenario: Scenario) {
  const written: string[] = [];
  const tombstones: Tombstones = {
    begin: ({ phase }) => {
      written.push(phase);
      return Promise.resolve({
        change: (change) => void written.push(change.phase ?? ''),
        over: () => void written.push('over'),
      });
    },
    ofTheDead: () => Promise.resolve([]),
    forget: () => undefined,
  };
  const { runner, store } = runnerStage(scriptedEngine(scenario), { tombstones: () => Promise.resolve(tombstones) });
  return { runner, store, written };
}

function verdicts(runner: Runner): string {
  const state = runner.jobs[0]?.state;
  return state?.kind === 'ended' ? state.header.verdicts : JSON.stringify(state);
}

describe('out of memory', () => {
  it('in the middle: finished items stay, a fresh worker asks the item once more', async () => {
    const loads: number[] = [];
    const { runner } = stage({
      answer: ({ count }) => says('x', count === 1 ? { end: { fail: full } } : {}),
      load: (count) => {
        loads.push(count);
        return {};
      },
    });
    await runner.start([request]);
    expect(verdicts(runner)).toBe('nnn');
    expect(loads).toEqual([0, 1]);
  });

  it('again and again: the run fails with its cause, and what was finished is stored', async () => {
    const suite = sampleSuite();
    const [item] = suite.items;
    if (item === undefined) throw new Error('the sample suite has no items');
    const items = [1, 2, 3, 4, 5].map((n) => ({ ...item, id: `item-${n}` }));
    const { runner, store } = stage({ answer: ({ count }) => says('x', count === 0 ? {} : { end: { fail: full } }) });
    await runner.start([{ ...request, suite: { ...suite, items } }]);
    const state = runner.jobs[0]?.state;
    const header = state?.kind === 'ended' ? state.header : null;
    expect(header).toMatchObject({ verdicts: 'nuuu.', state: { kind: 'failed', failure: { code: 'out-of-memory' } } });
    expect(await store.listItems(header?.id ?? '')).toHaveLength(4);
  });

  it('a GPU error leaves the item unscored, never wrong, and the run goes on', async () => {
    const broken = failure('gpu-error', 'binding too large');
    const { runner } = stage({
      answer: ({ count }) => says('x', count === 1 || count === 2 ? { end: { fail: broken } } : {}),
    });
    await runner.start([request]);
    expect(verdicts(runner)).toBe('nun');
  });

  it('while loading: the job fails and can be rescued', async () => {
    const { runner, written } = stage({ answer: () => says('x'), load: () => ({ fail: full }) });
    await runner.start([request]);
    expect(runner.jobs[0]?.state).toEqual({ kind: 'failed', failure: full });
    expect(canBeRescued(full)).toBe(true);
    // The page saw it: nobody has to be told of a death.
    expect(written).toEqual(['files', 'session', 'over']);
  });
});

it('every item is written down before it is asked, and taken away after it', async () => {
  const { runner, written } = stage({ answer: () => says('x') });
  await runner.start([{ ...request, limit: 2 }]);
  expect(written.slice(2).filter((word, i, all) => word !== 'over' || all[i - 1] !== 'over')).toEqual([
    'over',
    'answering',
    'over',
    'answering',
    'over',
  ]);
});

describe('the ways out', () => {
  const build = { ...model.ref.build, engine: 'transformers' };
  const big: ModelCard = { ...model, ref: { ...model.ref, build } };
  const small: ModelCard = { ...big, bytes: 400, ref: { ...big.ref, build: { ...build, quantisation: 'q4' } } };

  it('again, half the context, the next smaller build, the processor', () => {
    const tiny: ModelCard = { ...small, bytes: 10 };
    expect(rescues({ model: big, device: 'webgpu' }, [tiny, small])).toEqual([
      { kind: 'again' },
      { kind: 'smaller-context', contextLength: 2048 },
      { kind: 'smaller-build', model: small },
      { kind: 'wasm' },
    ]);
  });

  it('nothing that would not help: no tiny context, no larger build, no processor twice', () => {
    expect(rescues({ model: big, device: 'wasm', contextLength: 1000 }, [{ ...small, bytes: 901 }])).toEqual([
      { kind: 'again' },
    ]);
    expect(canBeRescued(failure('file-corrupt'))).toBe(false);
  });

  it('a changed job is a new run; the same again may go on with the old one', () => {
    const resumed = { ...request, resume: runHeader('c..') };
    expect(rescued(resumed, { kind: 'again' })).toBe(resumed);
    expect(rescued(resumed, { kind: 'smaller-context', contextLength: 512 })).toMatchObject({
      contextLength: 512,
      resume: null,
    });
    expect(rescued(resumed, { kind: 'wasm' })).toMatchObject({ device: 'wasm', resume: null });
  });
});
