import { describe, expect, it } from 'vitest';
import { failure, FailureError, GREEDY, repeatsFrom, type ModelCard, type Sampling, type Suite } from '#domain';
import { DeviceState } from '../../src/app/device.svelte.ts';
import type { JobRequest } from '../../src/app/job.ts';
import { Launcher, type Launch } from '../../src/app/launch.svelte.ts';
import type { DeviceProbe } from '../../src/app/ports.ts';
import type { Runner } from '../../src/app/runner.svelte.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const model: ModelCard = { ref: runHeader('.').spec.model, contextLength: 100, parameters: null, bytes: 1 };
const probe: DeviceProbe = {
  webgpu: null,
  crossOriginIsolated: true,
  threads: 2,
  browser: 'Chromium 156',
  os: 'Linux',
  recommended: { device: 'webgpu', because: 'gpu' },
};
const launch: Launch = {
  models: [model, model],
  suites: [() => Promise.resolve(sampleSuite())],
  device: 'auto',
  limit: 3,
};

function stage(
  busy = false,
  recommended: DeviceProbe['recommended'] = probe.recommended,
): { launcher: Launcher; queues: (readonly JobRequest[])[] } {
  const queues: (readonly JobRequest[])[] = [];
  const runner: Pick<Runner, 'busy' | 'start'> = {
    busy,
    start: (requests) => {
      queues.push(requests);
      return Promise.resolve(requests.length > 0);
    },
  };
  const device = new DeviceState(() => Promise.resolve({ ...probe, recommended }));
  return { launcher: new Launcher(runner as Runner, device), queues };
}

describe('Launcher', () => {
  it('waits for the probe, so that "auto" is not decided in ignorance', async () => {
    const { launcher, queues } = stage();
    await launcher.start(launch);
    expect(queues).toEqual([
      [
        { model, suite: sampleSuite(), device: 'webgpu', variant: 'plain', sampling: GREEDY, limit: 3, resume: null },
        { model, suite: sampleSuite(), device: 'webgpu', variant: 'plain', sampling: GREEDY, limit: 3, resume: null },
      ],
    ]);
  });

  it('takes the GPU for a build that runs nowhere else, whatever is recommended; what a person says stays', async () => {
    const { launcher, queues } = stage(false, { device: 'wasm', because: 'software-adapter' });
    const webLlm: ModelCard = {
      ...model,
      ref: { ...model.ref, build: { engine: 'web-llm', quantisation: 'q4f32_1' } },
    };
    await launcher.start({ ...launch, models: [model, webLlm] });
    await launcher.start({ ...launch, models: [webLlm], device: 'wasm' });
    expect(queues.map((queue) => queue.map(({ device }) => device))).toEqual([['wasm', 'webgpu'], ['wasm']]);
  });

  it('asks every model every suite, model after model, so that each is loaded once', async () => {
    const { launcher, queues } = stage();
    const other: ModelCard = { ...model, ref: { ...model.ref, name: 'Other' } };
    const second = { ...sampleSuite(), id: 'second' };
    const suites = [sampleSuite(), second].map((suite) => () => Promise.resolve(suite));
    await launcher.start({ ...launch, models: [model, other], suites });
    expect(queues[0]?.map((request) => [request.model, request.suite.id])).toEqual([
      [model, sampleSuite().id],
      [model, 'second'],
      [other, sampleSuite().id],
      [other, 'second'],
    ]);
  });

  it('asks in the chosen way where a suite offers it, else plainly', async () => {
    const { launcher, queues } = stage();
    const prompt = { withPassage: { en: '{passage} {question}' }, withoutPassage: { en: '{question}' } };
    const slow: Suite = { ...sampleSuite(), variants: [{ id: 'step-by-step', prompt, maxTokens: 400 }] };
    const suites = [slow, sampleSuite()].map((suite) => () => Promise.resolve(suite));
    await launcher.start({ ...launch, models: [model], suites, variant: 'step-by-step' });
    expect(queues[0]?.map((request) => request.variant)).toEqual(['step-by-step', 'plain']);
  });

  it('makes one run for each sampling, repeat after repeat of one suite, and numbers them', async () => {
    const { launcher, queues } = stage();
    const drawn: Sampling = {
      kind: 'sampled',
      temperature: 0.7,
      topP: 0.8,
      topK: 20,
      minP: 0,
      repetitionPenalty: 1,
      seed: 5,
    };
    const second = { ...sampleSuite(), id: 'second' };
    const suites = [sampleSuite(), second].map((suite) => () => Promise.resolve(suite));
    await launcher.start({ ...launch, models: [model], suites, samplings: () => repeatsFrom(drawn, 2) });
    expect(queues[0]?.map(({ suite, sampling, repeat }) => [suite.id, sampling, repeat])).toEqual([
      [sampleSuite().id, { ...drawn, seed: 5 }, { n: 1, of: 2 }],
      [sampleSuite().id, { ...drawn, seed: 6 }, { n: 2, of: 2 }],
      ['second', { ...drawn, seed: 5 }, { n: 1, of: 2 }],
      ['second', { ...drawn, seed: 6 }, { n: 2, of: 2 }],
    ]);
  });

  it('starts once for two clicks, and not at all while a queue is at work', async () => {
    const idle = stage();
    await Promise.all([idle.launcher.start(launch), idle.launcher.start(launch)]);
    expect(idle.queues).toHaveLength(1);
    const busy = stage(true);
    await busy.launcher.start(launch);
    expect(busy.queues).toEqual([]);
  });

  it('says why it cannot start, and forgets it with the next try', async () => {
    const { launcher, queues } = stage();
    const unreachable = failure('network', 'reading.json');
    await launcher.start({ ...launch, suites: [() => Promise.reject(new FailureError(unreachable))] });
    expect(launcher.problem).toEqual(unreachable);
    expect(launcher.preparing).toBe(false);
    await launcher.start(launch);
    expect(launcher.problem).toBeNull();
    expect(queues).toHaveLength(1);
  });

  it('names what a resumed run lacks', async () => {
    const { launcher } = stage();
    await launcher.resume(runHeader('c.'), () => Promise.resolve('model-missing'));
    expect(launcher.problem).toEqual(failure('model-missing', 'Embedded'));
    await launcher.resume(runHeader('c.'), () => Promise.resolve('suite-missing'));
    expect(launcher.problem).toEqual(failure('suite-missing', 's@1'));
  });

  it('goes on with several runs at once, as far as they can; a server has to be connected first', async () => {
    const { launcher, queues } = stage();
    const [first, second] = [runHeader('c.'), runHeader('c.', { id: 'second' })];
    const { spec } = second;
    const served = { ...second, spec: { ...spec, model: { ...spec.model, source: 'server' as const } } };
    const request = { model, suite: sampleSuite(), device: 'wasm', limit: null, resume: first } as const;
    await launcher.resumeAll([first, served], (header) =>
      Promise.resolve(header.id === 'second' ? 'model-missing' : request),
    );
    expect(queues).toEqual([[request]]);
    expect(launcher.problem).toEqual(failure('no-model', 'Embedded'));
  });
});
