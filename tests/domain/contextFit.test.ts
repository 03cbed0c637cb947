import { describe, expect, test } from 'vitest';
import { builtInSuites } from '#catalog';
import { itemsBeyondContext, type Suite } from '#domain';
import { embeddedModel } from '#models';

async function suiteOf(id: string): Promise<Suite> {
  const entry = builtInSuites.find((suite) => suite.id === id);
  if (entry === undefined) throw new Error(`no suite ${id}`);
  return entry.load();
}

describe('what does not fit into the context', () => {
  test('39 questions of the reading suite on the embedded model, as its tokenizer counts them', async () => {
    expect(itemsBeyondContext(await suiteOf('reading'), embeddedModel)).toBe(39);
  });

  test('none of the short suites', async () => {
    for (const id of ['reading-short', 'mathematics-short']) {
      expect(itemsBeyondContext(await suiteOf(id), embeddedModel)).toBe(0);
    }
  });

  test('fewer with a larger context, none where it is not known, only those that are asked', async () => {
    const reading = await suiteOf('reading');
    const ref = { ...embeddedModel.ref, source: 'hub' } as const;
    const at = (contextLength: number): number => itemsBeyondContext(reading, { ref, contextLength });
    expect(at(1024)).toBeGreaterThan(at(2048));
    expect(at(32_768)).toBe(0);
    expect(at(0)).toBe(0);
    expect(itemsBeyondContext(reading, embeddedModel, { limit: 0 })).toBe(0);
  });

  test('a larger budget for the answer leaves less room', async () => {
    const mathematics = await suiteOf('mathematics-short');
    const model = { ...embeddedModel, contextLength: 300 };
    const plain = itemsBeyondContext(mathematics, model);
    expect(itemsBeyondContext(mathematics, model, { variant: 'step-by-step' })).toBeGreaterThan(plain);
  });
});
