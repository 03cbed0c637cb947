/**
 * Does this device compute right? The embedded model's logits and tokens are known (native ONNX Runtime, float32), for
 * prompts shorter and longer than 32 tokens: the known defect of narrow subgroups begins at 32.
 */
import type { SelfTest } from '#domain';
import { bestToken } from '../../sampling/index.ts';
import type { ModelFiles } from '../../worker/files.ts';
import type { LanguageModel } from './languageModel.ts';

/**
 * Absolute, in logits. Correct devices differ by the order of their sums: measured 1e-4 on WASM and on WebGPU's software
 * adapter, and the stored logits are rounded to 5e-5. Wrong kernels were off by 1 to 5. Two hundred times the one, a
 * fiftieth of the other.
 */
export const TOLERANCE = 0.02;

/** Greedy steps checked after each prompt: decoding uses other kernels than the prompt does. */
const STEPS = 3;

/** Stands for a logit that was no number: results are stored and shared as JSON, which has no infinity. */
const LARGEST_DIFFERENCE = 1e9;

const SHORT_BELOW = 32;
const LONG_FROM = 40;

interface GoldenCase {
  readonly promptIds: readonly number[];
  readonly greedyIds: readonly number[];
  /** Difference between the two best logits at each step. */
  readonly gap: readonly number[];
  /** The first step's best: token id, logit. */
  readonly firstLogits: readonly (readonly [number, number])[];
}

/** What a test needs of a model. */
type Starts = Pick<LanguageModel, 'start'>;

export async function runSelfTest(model: Starts, files: ModelFiles): Promise<SelfTest> {
  // Written by tools/embedded-model and part of this site: not data from outside.
  const { cases } = JSON.parse(await files.text('golden.json')) as { readonly cases: readonly GoldenCase[] };
  const byLength = [...cases].sort((a, b) => a.promptIds.length - b.promptIds.length);
  const short = byLength.find((c) => c.promptIds.length < SHORT_BELOW);
  const long = byLength.find((c) => c.promptIds.length >= LONG_FROM);
  const chosen = [short, long].filter((c) => c !== undefined);
  if (chosen.length < 2) throw new Error('golden.json lacks a short or a long prompt');

  let maxDifference = 0;
  let sameTokens = true;
  for (const golden of chosen) {
    const outcome = await check(model, golden);
    maxDifference = Math.max(maxDifference, outcome.difference);
    sameTokens &&= outcome.sameTokens;
  }
  const kind = sameTokens && maxDifference <= TOLERANCE ? 'valid' : 'invalid';
  return { kind, cases: chosen.length, maxDifference: Math.min(maxDifference, LARGEST_DIFFERENCE) };
}

async function check(model: Starts, golden: GoldenCase): Promise<{ difference: number; sameTokens: boolean }> {
  const ids = [...golden.promptIds];
  const decoding = model.start();
  let difference = 0;
  let sameTokens = true;
  try {
    for (const [step, expected] of golden.greedyIds.slice(0, STEPS).entries()) {
      const { logits } = await decoding.next(ids);
      const id = bestToken(logits);
      if (step === 0) difference = largestDifference(logits, golden.firstLogits);
      // Where two tokens are nearly equal, a correct device may take the other one.
      if (id !== expected && (golden.gap[step] ?? 0) > 2 * TOLERANCE) sameTokens = false;
      ids.push(expected);
    }
    // Questions on one passage go on from the middle of the prompt before: that, too, is another kernel.
    if (golden.promptIds.length >= LONG_FROM && decoding.crop(golden.promptIds.length >> 1)) {
      const { logits } = await decoding.next(golden.promptIds);
      difference = Math.max(difference, largestDifference(logits, golden.firstLogits));
    }
  } finally {
    await decoding.end();
  }
  return { difference, sameTokens };
}

/** For a logit that is not a number at all: no stored or sent text can hold an infinity. */
const NO_NUMBER = 1e6;

function largestDifference(logits: Float32Array, golden: readonly (readonly [number, number])[]): number {
  const differences = golden.map(([id, value]) => Math.abs((logits[id] ?? NaN) - value));
  return Math.max(...differences.map((d) => (Number.isFinite(d) ? d : NO_NUMBER)));
}
