/** Scores against what is known of the same weights. */
import type { BuildTest, BuildTestFigures } from '#domain';
import type { TextScores } from './score.ts';

interface Tolerance {
  /** Of the mean log-likelihood per token of one text, in nats. */
  readonly mean: number;
  /** Of one token's log-likelihood, in nats. */
  readonly worst: number;
  /** Share of places where the best token must be the known one; the rest may be ties. */
  readonly agreement: number;
}

/**
 * A band is computed in 32 bits on other kernels. `wasm` compares two devices of which nothing is known: builds that
 * round activations to 8 bits on processors and not on GPUs ("accuracy_level" 4) differ by design.
 */
const TOLERANCES = {
  f32: { mean: 0.001, worst: 0.01, agreement: 0.98 },
  f16: { mean: 0.02, worst: 0.3, agreement: 0.95 },
  wasm: { mean: 0.05, worst: 1, agreement: 0.9 },
} as const satisfies Record<string, Tolerance>;

/** By the width in which a build computes: "q4f16", "fp16" in 16 bits, all others in 32. */
function toleranceOf(quantisation: string, against: BuildTestFigures['against']): Tolerance {
  if (against === 'wasm') return TOLERANCES.wasm;
  return TOLERANCES[/f16|fp16/.test(quantisation) ? 'f16' : 'f32'];
}

/** Stands for a figure that was no number: records are JSON, which has no infinity. */
const NO_NUMBER = 1e6;

export function compareScores(
  found: readonly TextScores[],
  known: readonly TextScores[],
  against: BuildTestFigures['against'],
  quantisation: string,
): BuildTest {
  const pairs = found.map((text) => [text, known.find(({ id }) => id === text.id)] as const);
  const other = pairs.find(([text, reference]) => text.idsHash !== reference?.idsHash);
  if (other !== undefined) return { kind: 'unverified', reason: 'other-tokens', detail: other[0].id };

  let meanDifference = 0;
  let worstDifference = 0;
  let tokens = 0;
  let agreeing = 0;
  for (const [text, reference] of pairs) {
    const differences = text.logProbs.map((value, place) => value - (reference?.logProbs[place] ?? NaN));
    const mean = differences.reduce((sum, d) => sum + d, 0) / differences.length;
    meanDifference = Math.max(meanDifference, size(mean));
    worstDifference = Math.max(worstDifference, ...differences.map(size));
    tokens += differences.length;
    agreeing += text.best.filter((token, place) => token === reference?.best[place]).length;
  }
  const agreement = agreeing / tokens;
  const tolerance = toleranceOf(quantisation, against);
  const right =
    meanDifference <= tolerance.mean && worstDifference <= tolerance.worst && agreement >= tolerance.agreement;
  return { kind: right ? 'valid' : 'invalid', against, tokens, meanDifference, worstDifference, agreement };
}

function size(difference: number): number {
  return Number.isFinite(difference) ? Math.min(Math.abs(difference), NO_NUMBER) : NO_NUMBER;
}
