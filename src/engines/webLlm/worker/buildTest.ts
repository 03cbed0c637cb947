/** The loaded build's own test, where its figures are stored with the page; nothing else has the same weights. */
import type { BuildTest, ModelRef } from '#domain';
import { bandOf } from '../../selfTest/bands.ts';
import { compareScores } from '../../selfTest/compare.ts';
import { scoreTexts, type Scorer } from '../../selfTest/score.ts';
import { webLlmFailure } from './failures.ts';

/**
 * Reading the texts takes a decode step for each token, so it is done only where there is something to compare it with.
 * A failure of the device is thrown; any other failure of the test says nothing about what the build computes.
 */
export async function testBuild(model: Scorer, ref: ModelRef, onStart: () => void): Promise<BuildTest> {
  const band = bandOf(ref);
  if (band === null) return { kind: 'unverified', reason: 'no-reference', detail: '' };
  onStart();
  try {
    return compareScores(await scoreTexts(model), band.texts, 'band', band.tolerance);
  } catch (thrown) {
    const { code, detail } = webLlmFailure(thrown);
    if (code === 'device-lost' || code === 'out-of-memory') throw thrown;
    return { kind: 'unverified', reason: 'could-not-run', detail: `${code}: ${detail}` };
  }
}
