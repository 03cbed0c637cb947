import { describe, expect, test } from 'vitest';
import type { Decoding } from '../../src/engines/transformers/worker/decoding.ts';
import { keptPrefix, LEAST_SHARED, rotationLimit } from '../../src/engines/transformers/worker/keptPrefix.ts';

/** Decodings that only tell what was done to them. */
function stage(crops = true): { readonly start: () => Decoding; readonly log: string[]; alive: () => number } {
  const log: string[] = [];
  let made = 0;
  let ended = 0;
  const start = (): Decoding => {
    const name = `d${(made += 1)}`;
    return {
      next: () => Promise.reject(new Error('no model here')),
      crop(length) {
        log.push(`${name} cropped to ${length}`);
        return crops;
      },
      end() {
        ended += 1;
        log.push(`${name} ended`);
        return Promise.resolve();
      },
    };
  };
  return { start, log, alive: () => made - ended };
}

const tokens = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => from + i);
const passage = tokens(100);

describe('a prompt after another', () => {
  test('begins where they part, by token', async () => {
    const { start, log, alive } = stage();
    const prefix = keptPrefix(start, Infinity);
    const first = await prefix.start([...passage, 901, 902]);
    await prefix.keep(first.decoding, [...passage, 901, 902, 5]);
    const second = await prefix.start([...passage, 901, 777, 778]);
    expect(second).toEqual({ decoding: first.decoding, reused: 101 });
    expect(log).toEqual(['d1 cropped to 101']);
    expect(alive()).toBe(1);
  });

  test('computes its last token even where all of it is there', async () => {
    const { start } = stage();
    const prefix = keptPrefix(start, Infinity);
    await prefix.keep((await prefix.start(passage)).decoding, [...passage, 7, 8]);
    expect((await prefix.start(passage)).reused).toBe(99);
  });

  test.each([
    ['shares too little', tokens(LEAST_SHARED - 1), Infinity, true],
    ['is of a model that cannot forget', tokens(90), Infinity, false],
    ['is longer than its model rotates alike', tokens(90), 120, true],
  ])('that %s is read whole, and what was kept is given back', async (_, shared, longest, crops) => {
    const { start, log, alive } = stage(crops);
    const prefix = keptPrefix(start, longest);
    await prefix.keep((await prefix.start(passage)).decoding, passage);
    const second = await prefix.start([...shared, ...tokens(60, 5_000)]);
    expect(second.reused).toBe(0);
    expect(log.at(-1)).toBe('d1 ended');
    expect(alive()).toBe(1);
  });

  test('finds nothing after an answer that was not kept', async () => {
    const { start } = stage();
    const prefix = keptPrefix(start, Infinity);
    await prefix.keep((await prefix.start(passage)).decoding, passage);
    const failed = await prefix.start([...passage, 1]);
    await failed.decoding.end();
    expect((await prefix.start([...passage, 2])).reused).toBe(0);
  });

  test('is read whole where there is no memory for the copy', async () => {
    const { start, alive } = stage();
    const prefix = keptPrefix(start, Infinity);
    const { decoding } = await prefix.start(passage);
    const full = {
      ...decoding,
      crop(): boolean {
        throw new RangeError('Array buffer allocation failed');
      },
    };
    await prefix.keep(full, passage);
    expect((await prefix.start([...passage, 1])).reused).toBe(0);
    expect(alive()).toBe(1);
  });
});

test('nothing is kept where reuse is switched off', async () => {
  const { start, alive } = stage();
  const prefix = keptPrefix(start, 0);
  await prefix.keep((await prefix.start(passage)).decoding, passage);
  expect(alive()).toBe(0);
});

test('long rotations are known by their names', () => {
  const longrope = { rope_scaling: { type: 'longrope' }, original_max_position_embeddings: 4096 };
  expect(rotationLimit(longrope)).toBe(4096);
  expect(rotationLimit({ ...longrope, rope_scaling: { rope_type: 'longrope' } })).toBe(4096);
  expect(rotationLimit({ rope_scaling: null })).toBe(Infinity);
  expect(rotationLimit({ rope_scaling: { type: 'llama3' }, original_max_position_embeddings: 8192 })).toBe(Infinity);
});
