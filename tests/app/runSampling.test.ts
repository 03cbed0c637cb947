import { describe, expect, it } from 'vitest';
import type { Catalogue, ModelCard, ThinkingWish } from '#domain';
import { loadCatalogue } from '#catalog';
import { CatalogueState } from '../../src/app/catalogue.svelte.ts';
import { RunSampling } from '../../src/app/runSampling.svelte.ts';
import type { RunSetup } from '../../src/app/setup.svelte.ts';
import { runHeader } from '../fixtures/runs.ts';

const { ref } = { ref: runHeader('.').spec.model };
const embedded: ModelCard = { ref, contextLength: 100, parameters: null, bytes: 1 };
const qwen: ModelCard = { ...embedded, ref: { ...ref, id: 'Qwen/Qwen3-0.6B', source: 'hub' } };

function subject(load: () => Promise<Catalogue> = loadCatalogue, wish?: ThinkingWish): RunSampling {
  const thinking = wish === undefined ? {} : { wish };
  return new RunSampling(new CatalogueState(load), { models: [qwen], thinking } as unknown as RunSetup);
}

async function recommended(sampling: RunSampling): Promise<RunSampling> {
  sampling.choose('recommended');
  while (sampling.catalogue.kind === 'loading') await new Promise((resolve) => setTimeout(resolve, 1));
  return sampling;
}

describe('RunSampling', () => {
  it('makes a run for each seed, from a known one on', () => {
    const sampling = subject();
    sampling.choose('own');
    sampling.repeats = 3;
    sampling.choice.seed = 10;
    expect(sampling.samplingsOf(embedded).map((s) => (s.kind === 'sampled' ? s.seed : null))).toEqual([10, 11, 12]);
  });

  it('takes the makers’ values for thinking, and is greedy once where they name none', async () => {
    const sampling = await recommended(subject(loadCatalogue, { mode: 'on', budget: 100 }));
    sampling.repeats = 2;
    expect(sampling.samplingsOf(qwen)).toMatchObject([
      { kind: 'sampled', temperature: 0.6, topP: 0.95, topK: 20, seed: 1 },
      { kind: 'sampled', temperature: 0.6, topP: 0.95, topK: 20, seed: 2 },
    ]);
    expect(sampling.samplingsOf(embedded)).toEqual([{ kind: 'greedy' }]);
  });

  it('lets nothing start while the makers’ values are not known', async () => {
    const never = subject(() => new Promise(() => undefined));
    never.choose('recommended');
    expect(never.valid).toBe(false);
    const failing = await recommended(subject(() => Promise.reject(new Error('offline'))));
    expect([failing.catalogue.kind, failing.valid]).toEqual(['failed', false]);
    failing.choose('own');
    expect(failing.valid).toBe(true);
  });

  it.each([
    ['repeats', null],
    ['repeats', 0],
    ['repeats', 33],
    ['repeats', 1.5],
    ['seed', null],
    ['seed', -1],
    ['seed', 2 ** 32],
    ['temperature', 0],
    ['temperature', null],
    ['topP', 1.1],
    ['topK', 0.5],
  ] as const)('refuses %s %s', (field, value) => {
    const sampling = subject();
    sampling.choose('own');
    expect(sampling.valid).toBe(true);
    if (field === 'repeats') sampling.repeats = value;
    else if (field === 'seed') sampling.choice.seed = value;
    else sampling.choice.set(field, value);
    expect(sampling.valid).toBe(false);
  });
});
