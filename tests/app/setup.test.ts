import { describe, expect, it } from 'vitest';
import type { ModelCard } from '#domain';
import { Models } from '../../src/app/models.svelte.ts';
import type { ModelLibrary } from '../../src/app/ports.ts';
import { RunSetup } from '../../src/app/setup.svelte.ts';
import { Suites } from '../../src/app/suites.svelte.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const embedded: ModelCard = { ref: runHeader('.').spec.model, contextLength: 100, parameters: null, bytes: 1 };
const other: ModelCard = { ...embedded, ref: { ...embedded.ref, id: 'other' } };
const library: Pick<ModelLibrary, 'list'> = { list: () => Promise.resolve([embedded, other]) };

async function stage(): Promise<{ setup: RunSetup; hashes: readonly string[] }> {
  const models = new Models(library as ModelLibrary);
  const suites = new Suites([]);
  const hashes = ['one', 'two', 'three'].map((id) => suites.add({ ...sampleSuite(), id }).hash);
  await models.refresh();
  return { setup: new RunSetup(models, suites), hashes };
}

describe('RunSetup', () => {
  it('begins with the first model and the first suite', async () => {
    const { setup, hashes } = await stage();
    expect(setup.models).toEqual([embedded]);
    expect(setup.suites.map(({ hash }) => hash)).toEqual(hashes.slice(0, 1));
  });

  it('adds to the first choice, in the order of the list, and takes away down to nothing', async () => {
    const { setup, hashes } = await stage();
    setup.toggleModel(other.ref, true);
    expect(setup.models).toEqual([embedded, other]);
    setup.toggleModel(embedded.ref, false);
    setup.toggleModel(other.ref, false);
    expect(setup.models).toEqual([]);
    setup.toggleSuite(hashes[2] ?? '', true);
    setup.toggleSuite(hashes[1] ?? '', true);
    expect(setup.suites.map(({ hash }) => hash)).toEqual(hashes);
  });

  it('choosing one leaves no other, and forgets the limit of the suites before', async () => {
    const { setup, hashes } = await stage();
    setup.limit = 2;
    setup.chooseSuite(hashes[1] ?? '');
    setup.chooseModel(other.ref);
    expect(setup.suites.map(({ hash }) => hash)).toEqual([hashes[1]]);
    expect(setup.models).toEqual([other]);
    expect(setup.limit).toBeNull();
  });
});
