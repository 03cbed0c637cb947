import { expect, test } from 'vitest';
import { chooseBuild, type RunHeader } from '#domain';
import { loadCatalogue } from '#catalog';
import { loadedBefore } from '../../src/app/loadedBefore.ts';
import { sampleHeader } from '../fixtures/sampleRun.ts';

const { models, engines } = await loadCatalogue();
const model = models.find(({ name }) => name === 'SmolLM2-135M-Instruct')!;
const build = model.builds.find(({ id }) => id === 'HuggingFaceTB/SmolLM2-135M-Instruct:q4')!;

/** A run of this build with an answer, on the adapter of `probe`. */
const run = sampleHeader({ verdicts: 'c..' });
const { adapter } = run.environment;
const webgpu = { ...adapter!, maxBindingBytes: 2 ** 30, software: false };
const loaded = (header: RunHeader, device: typeof webgpu | null = webgpu) =>
  loadedBefore([header], { webgpu: device })(model, build);

test('a run that answered on this adapter shows that its build loads here', () => {
  expect(loaded(run)).toBe(true);
});

test.each<[string, RunHeader]>([
  ['that answered nothing', { ...run, verdicts: 'u..' }],
  ['from a file', { ...run, origin: 'imported' }],
  ['on another adapter', { ...run, environment: { ...run.environment, adapter: { ...adapter!, vendor: 'amd' } } }],
  ['on the processor', { ...run, environment: { ...run.environment, device: 'wasm', adapter: null } }],
  [
    'of another build',
    {
      ...run,
      spec: { ...run.spec, model: { ...run.spec.model, build: { engine: 'transformers', quantisation: 'q8' } } },
    },
  ],
  ['of another model', { ...run, spec: { ...run.spec, model: { ...run.spec.model, id: 'someone/else' } } }],
])('a run %s does not', (_, header) => {
  expect(loaded(header)).toBe(false);
});

test('without an adapter a run on the processor does', () => {
  const onProcessor: RunHeader = { ...run, environment: { ...run.environment, device: 'wasm', adapter: null } };
  expect(loaded(onProcessor, null)).toBe(true);
  expect(loaded(run, null)).toBe(false);
});

test('what loaded here is chosen', () => {
  const context = { device: { webgpu }, engines, statedMiB: null, loadedHere: loadedBefore([run], { webgpu }) };
  expect(chooseBuild(model, context)).toMatchObject({ ok: true, choice: { build: { id: build.id } } });
});
