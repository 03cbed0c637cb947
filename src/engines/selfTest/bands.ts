/** What is known of builds: computed by tools/self-test/bands.py with native ONNX Runtime, and stored with the page. */
import type { ModelRef } from '#domain';
import stored from './bands.json';
import type { Tolerance } from './compare.ts';
import type { TextScores } from './score.ts';
import texts from './texts.json';

export interface Band {
  readonly texts: readonly TextScores[];
  readonly tolerance: Tolerance;
}

/** Weights are named by their content, so a build is recognised wherever its files come from. */
export function bandOf({ files }: Pick<ModelRef, 'files'>): Band | null {
  if (stored.texts !== texts.version) return null;
  const here = new Set(files.map(({ sha256 }) => sha256));
  return stored.builds.find(({ weights }) => weights.every((hash) => here.has(hash))) ?? null;
}
