/** Scores against what is known of the same weights. */
import type { BuildTest, BuildTestFigures } from '#domain';
import type { TextScores } from './score.ts';

export interface Tolerance {
  /** Of the mean log-likelihood per token of one text, in nats. */
  readonly mean: number;
  /** Of one token's log-likelihood, in nats. */
  readonly worst: number;
  /** Share of places where the best token must be the known one; the rest may be ties. */
  readonly agreement: number;
}

/**
 * For two devices of which nothing is known. Wide: builds that round activations to 8 bits on processors and not on GPUs
 * ("accuracy_level" 4) differ by design, and wrong kernels are off by whole nats.
 */
export const BETWEEN_DEVICES: Tolerance = { mean: 0.05, worst: 1, agreement: 0.9 };

/** Stands for a figure that was no number: records are JSON, which has no infinity. */
const NO_NUMBER = 1e6;

export function compareScores(
  found: readonly TextScores[],
  known: readonly TextScores[],
  against: BuildTestFigures['against'],
  tolerance: Tolerance,
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
  const right =
    meanDifference <= tolerance.mean && worstDifference <= tolerance.worst && agreement >= tolerance.agreement;
  return { kind: right ? 'valid' : 'invalid', against, tokens, meanDifference, worstDifference, agreement };
}

function size(difference: number): number {
  return Number.isFinite(difference) ? Math.min(Math.abs(difference), NO_NUMBER) : NO_NUMBER;
}
