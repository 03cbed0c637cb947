import { describe, expect, it } from 'vitest';
import { failure, FailureError, type BuildTest, type Device, type Environment, type ModelCard } from '#domain';
import { loadCured, type Place } from '../../src/app/cure.ts';
import { otherBuilds } from '../../src/app/otherBuilds.ts';
import { says, scriptedEngine } from '../../src/engines/scripted/index.ts';
import { runnerStage } from '../fixtures/runnerStage.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';
import { until } from '../fixtures/until.ts';

const ref = runHeader('.').spec.model;
function card(quantisation: string): ModelCard {
  const build = { engine: 'transformers', quantisation };
  return { ref: { ...ref, source: 'hub', build }, contextLength: 100, parameters: null, bytes: 1 };
}
const q4 = card('q4');
const q4f16 = card('q4f16');

const figures = { against: 'band', tokens: 9, meanDifference: 0, worstDifference: 0, agreement: 1 } as const;
const right: BuildTest = { kind: 'valid', ...figures };
const wrong: BuildTest = { kind: 'invalid', ...figures, worstDifference: 3 };

/** An engine whose builds are wrong where the test says so; counts what is in memory. */
function machine(isWrong: (place: Place) => boolean, fails: (place: Place) => boolean = () => false) {
  const seen = { loads: [] as string[], alive: 0, most: 0 };
  const load = async ({ model, device }: Place) => {
    seen.loads.push(`${model.ref.build.quantisation} ${device}`);
    if (fails({ model, device })) throw new FailureError(failure('out-of-memory', 'no room'));
    const buildTest = isWrong({ model, device }) ? wrong : right;
    const engine = scriptedEngine({ answer: () => says('x'), environment: { device, buildTest } });
    const request = { model: model.ref, device, onProgress: () => undefined };
    const loaded = await engine.load(request, new AbortController().signal);
    seen.alive += 1;
    seen.most = Math.max(seen.most, seen.alive);
    const dispose = loaded.dispose.bind(loaded);
    return Object.assign(loaded, {
      dispose: () => {
        seen.alive -= 1;
        return dispose();
      },
    });
  };
  return { load, seen };
}

const asked = { model: q4f16, device: 'webgpu' as Device };
const never = new AbortController().signal;

describe('a build that fails its test', () => {
  it('is left as it is where it passes', async () => {
    const { load, seen } = machine(() => false);
    const used = await loadCured(asked, { load, otherBuilds: () => [q4] }, never);
    expect(seen.loads).toEqual(['q4f16 webgpu']);
    expect(used.environment.cures).toBeUndefined();
  });

  it('is replaced by another build at hand, which the record says', async () => {
    const { load, seen } = machine(({ model }) => model === q4f16);
    const used = await loadCured(asked, { load, otherBuilds: () => [q4] }, never);
    expect([used.model, used.device]).toEqual([q4, 'webgpu']);
    expect(used.environment.cures).toEqual([{ kind: 'other-build', insteadOf: q4f16.ref.build }]);
    expect(used.environment.buildTest).toEqual(right);
    expect(seen).toMatchObject({ loads: ['q4f16 webgpu', 'q4 webgpu'], alive: 1, most: 1 });
  });

  it('goes to the processor where every build is wrong on the GPU, or does not load', async () => {
    const { load, seen } = machine(
      ({ device }) => device === 'webgpu',
      ({ model, device }) => model === q4 && device === 'webgpu',
    );
    const used = await loadCured(asked, { load, otherBuilds: () => [q4] }, never);
    expect([used.model, used.device]).toEqual([q4f16, 'wasm']);
    expect(used.environment.cures).toEqual([{ kind: 'wasm' }]);
    expect(seen).toMatchObject({ loads: ['q4f16 webgpu', 'q4 webgpu', 'q4f16 wasm'], alive: 1, most: 1 });
  });

  it('is loaded as it was asked for where nothing helps', async () => {
    const { load, seen } = machine(() => true);
    const used = await loadCured(asked, { load, otherBuilds: () => [q4] }, never);
    expect([used.model, used.device, used.environment.buildTest]).toEqual([q4f16, 'webgpu', wrong]);
    expect(seen).toMatchObject({ alive: 1, most: 1 });
  });

  it('knows other builds of the same model only, 32 bits first', () => {
    const elsewhere = { ...q4, ref: { ...q4.ref, id: 'another' } };
    const fp16 = card('fp16');
    expect(otherBuilds(q4f16, [fp16, q4f16, elsewhere, q4])).toEqual([q4, fp16]);
  });
});

function stage(environment: Partial<Environment>) {
  return runnerStage(scriptedEngine({ answer: () => says('x'), environment }));
}

describe('what nothing cures', () => {
  const request = { model: q4, suite: sampleSuite(), device: 'wasm', limit: null, resume: null } as const;

  it('is not run unless a person says so', async () => {
    const { runner, store } = stage({ device: 'wasm', buildTest: wrong });
    const done = runner.start([request]);
    await until(() => runner.active?.state.kind === 'doubtful');
    expect(await store.listHeaders()).toEqual([]);
    runner.decide(runner.active?.key ?? '', false);
    await done;
    expect(runner.jobs[0]?.state).toEqual({ kind: 'cancelled' });
    expect(await store.listHeaders()).toEqual([]);
  });

  it('is asked about once in a queue, and its scores are marked', async () => {
    const { runner, store } = stage({ device: 'wasm', buildTest: wrong });
    const done = runner.start([request, { ...request, limit: 1 }]);
    await until(() => runner.active?.state.kind === 'doubtful');
    runner.decide(runner.active?.key ?? '', true);
    await done;
    const headers = await store.listHeaders();
    expect(headers).toHaveLength(2);
    for (const { environment } of headers) expect(environment.buildTest?.kind).toBe('invalid');
  });

  it('can be stopped while it is asked about', async () => {
    const { runner } = stage({ device: 'wasm', buildTest: wrong });
    const done = runner.start([request]);
    await until(() => runner.active?.state.kind === 'doubtful');
    runner.stop();
    await done;
    expect(runner.jobs[0]?.state).toEqual({ kind: 'cancelled' });
  });
});
