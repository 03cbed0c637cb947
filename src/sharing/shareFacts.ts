import { metricsOf, type Metrics, type SharedRun } from '#domain';

/**
 * The figures of the text that is copied with a link, so that it can be read without clicking. The sentence is
 * `share_text` in messages/{en,zh}/share.json; names of model, suite and machine stand in the run itself.
 */
export interface ShareFacts extends Metrics {
  readonly noAnswer: number;
  readonly truncated: number;
  readonly unscored: number;
  readonly pending: number;
  /** While decoding; null where nothing was decoded. */
  readonly tokensPerSecond: number | null;
}

export function shareFacts({ counts, decodedTokens, decodeMs }: SharedRun): ShareFacts {
  return {
    ...metricsOf(counts),
    noAnswer: counts.noAnswer,
    truncated: counts.truncated,
    unscored: counts.unscored,
    pending: counts.pending,
    tokensPerSecond: decodeMs > 0 && decodedTokens > 0 ? (decodedTokens * 1000) / decodeMs : null,
  };
}
