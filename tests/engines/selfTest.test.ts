import { describe, expect, test } from 'vitest';
import { modelFiles } from '../../src/engines/worker/files.ts';
import type { LanguageModel } from '../../src/engines/transformers/worker/languageModel.ts';
import { runSelfTest, TOLERANCE } from '../../src/engines/transformers/worker/selfTest.ts';

const golden = [10, 50].map((length) => ({
  promptIds: Array.from({ length }, (_, i) => i),
  greedyIds: [3, 1, 2],
  gap: [5, 0.01, 5],
  firstLogits: [
    [3, 9],
    [1, 4],
  ],
}));

const files = modelFiles(
  { kind: 'blobs', files: { 'golden.json': new Blob([JSON.stringify({ cases: golden })]) } },
  { files: null, onBytes: () => undefined },
);

/** A device that answers with the golden tokens and logits, but for what the test changes. */
function device(
  wrong: {
    shift?: (promptLength: number) => number;
    token?: (step: number) => number;
    /** Added to the logits of a prompt of which a part was in the cache already. */
    reused?: number;
  } = {},
): Pick<LanguageModel, 'start'> {
  return {
    start() {
      let step = 0;
      let promptLength = 0;
      let moved = 0;
      return {
        next(ids) {
          if (step === 0) promptLength = ids.length;
          const id = wrong.token?.(step) ?? golden[0]?.greedyIds[step] ?? 0;
          const first = id === 3 ? [0, 4, 0, 9] : [0, 0, 0, 0].map((_, i) => (i === id ? 9 : 0));
          const logits = new Float32Array(first).map((x) => x + (wrong.shift?.(promptLength) ?? 0) + moved);
          step += 1;
          return Promise.resolve({ logits });
        },
        crop() {
          step = 0;
          moved = wrong.reused ?? 0;
          return true;
        },
        end: () => Promise.resolve(),
      };
    },
  };
}

describe('the self-test', () => {
  test('finds a device valid that computes the known logits, a little apart', async () => {
    const result = await runSelfTest(device({ shift: () => TOLERANCE / 2 }), files);
    expect(result).toMatchObject({ kind: 'valid', cases: 2 });
  });

  test('finds one invalid whose logits are off for the long prompt only', async () => {
    const result = await runSelfTest(device({ shift: (length) => (length >= 32 ? 0.5 : 0) }), files);
    expect(result).toEqual({ kind: 'invalid', cases: 2, maxDifference: 0.5 });
  });

  test('finds one invalid that goes wrong where a prompt begins in the middle', async () => {
    const result = await runSelfTest(device({ reused: 0.5 }), files);
    expect(result).toMatchObject({ kind: 'invalid', maxDifference: 0.5 });
  });

  test('finds one invalid that decodes another token', async () => {
    expect((await runSelfTest(device({ token: (step) => (step === 2 ? 7 : ([3, 1][step] ?? 0)) }), files)).kind).toBe(
      'invalid',
    );
  });

  test('forgives another token where the two best were nearly equal', async () => {
    expect((await runSelfTest(device({ token: (step) => [3, 7, 2][step] ?? 0 }), files)).kind).toBe('valid');
  });

  test('finds one invalid whose logits are no numbers, with a difference that can be stored', async () => {
    const result = await runSelfTest(device({ shift: () => NaN }), files);
    expect(result).toEqual({ kind: 'invalid', cases: 2, maxDifference: 1e6 });
  });
});
