import type { RunHeader } from '../run.ts';
import { buildPair } from './builds.ts';

/** A run to set beside another one. */
export interface Partner {
  readonly run: RunHeader;
  /** The same model in another quantisation. */
  readonly otherBuild: boolean;
}

/**
 * The other runs of the same suite, the most telling first: the same model in another quantisation with as little else
 * different as there is, then all others. Among equals the order of `headers` stays.
 */
export function partnersOf(header: RunHeader, headers: readonly RunHeader[]): readonly Partner[] {
  return headers
    .filter(({ id, spec }) => id !== header.id && spec.suite.hash === header.spec.suite.hash)
    .map((run) => ({ run, pair: buildPair(header, run) }))
    .sort((a, b) => (a.pair?.besides.length ?? Infinity) - (b.pair?.besides.length ?? Infinity) || 0)
    .map(({ run, pair }) => ({ run, otherBuild: pair !== null }));
}
