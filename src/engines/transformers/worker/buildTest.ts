/** The loaded build's own test: it reads fixed texts, and what it makes of them is compared with what is known. */
import type { BuildTest, ModelRef } from '#domain';
import { bandOf } from '../../selfTest/bands.ts';
import { compareScores } from '../../selfTest/compare.ts';
import { scoreTexts, type Scorer, type TextScores } from '../../selfTest/score.ts';
import { engineFailure } from './failures.ts';

export interface TestedBuild {
  readonly test: BuildTest;
  /** Where nothing is known of the build: for a comparison with another device. */
  readonly scores?: readonly TextScores[];
}

/** A failure of the device is thrown; any other failure of the test says nothing about what the build computes. */
export async function testBuild(model: Scorer, ref: ModelRef): Promise<TestedBuild> {
  try {
    const scores = await scoreTexts(model);
    const band = bandOf(ref);
    if (band === null) return { test: { kind: 'unverified', reason: 'no-reference', detail: '' }, scores };
    return { test: compareScores(scores, band.texts, 'band', band.tolerance) };
  } catch (thrown) {
    const { code, detail } = engineFailure(thrown);
    if (code === 'device-lost' || code === 'out-of-memory') throw thrown;
    return { test: { kind: 'unverified', reason: 'could-not-run', detail: `${code}: ${detail}` } };
  }
}
