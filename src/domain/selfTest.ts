/** Whether what was loaded computes right here: the device by the embedded model, the build by itself. */
import type { Environment } from './engine.ts';
import type { Build, ModelSource } from './model.ts';

/**
 * A loaded build has read fixed texts, and the probability of each of their tokens was compared with what is known of
 * the same weights elsewhere.
 */
export type BuildTest =
  | ({ readonly kind: 'valid' } & BuildTestFigures)
  | ({ readonly kind: 'invalid' } & BuildTestFigures)
  /** Not compared with anything, and why. */
  | { readonly kind: 'unverified'; readonly reason: UntestedReason; readonly detail: string };

export interface BuildTestFigures {
  /** `band`: figures that ship with the page. `wasm`: the same files, computed on the processor a moment before. */
  readonly against: 'band' | 'wasm';
  /** Tokens whose probability was compared. */
  readonly tokens: number;
  /** Difference of the mean log-likelihood per token, in nats. */
  readonly meanDifference: number;
  /** The largest difference of one token's log-likelihood, in nats. */
  readonly worstDifference: number;
  /** Share of the places where the most probable token is the known one. */
  readonly agreement: number;
}

export const UNTESTED_REASONS = [
  /** Nothing is known of these weights, and there is no second engine for them that would do it in seconds. */
  'no-reference',
  /** The texts become other tokens than those whose probabilities are known: another tokenizer. */
  'other-tokens',
  /** The test itself failed; `detail` says how. */
  'could-not-run',
] as const;
export type UntestedReason = (typeof UNTESTED_REASONS)[number];

/** What was done by itself because a test had failed; the run was made that way from its first item on. */
export type Cure =
  | { readonly kind: 'without-subgroups' }
  /** Another build of the same model was taken. */
  | { readonly kind: 'other-build'; readonly insteadOf: Build }
  /** The processor was taken instead of the GPU. */
  | { readonly kind: 'wasm' };

export type TestVerdict = 'valid' | 'invalid' | 'unverified';

/**
 * What may be said of scores from this environment. A device that is right with the embedded model may still be wrong
 * with another build, so without a test of the build nothing is valid but the embedded model itself.
 */
export function testVerdict(
  { selfTest, buildTest }: Pick<Environment, 'selfTest' | 'buildTest'>,
  source: ModelSource,
): TestVerdict {
  if (selfTest.kind === 'invalid' || buildTest?.kind === 'invalid') return 'invalid';
  if (buildTest !== undefined) return buildTest.kind;
  return selfTest.kind === 'valid' && source === 'embedded' ? 'valid' : 'unverified';
}
