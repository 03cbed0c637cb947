import type { BuildTest, Cure, UntestedReason } from '#domain';
import { formatNumber, formatPercent, m } from '#i18n';

/** The figures of a build's own test, or why there are none. */
export function buildTestFigures(test: BuildTest | undefined): string {
  if (test === undefined) return m.build_test_absent();
  if (test.kind === 'unverified') return UNTESTED_WORDS[test.reason](test.detail);
  const figures = {
    tokens: formatNumber(test.tokens),
    mean: test.meanDifference.toExponential(1),
    worst: test.worstDifference.toExponential(1),
    agreement: formatPercent(test.agreement),
  };
  return test.against === 'band' ? m.build_test_band(figures) : m.build_test_wasm(figures);
}

const UNTESTED_WORDS: Readonly<Record<UntestedReason, (detail: string) => string>> = {
  'no-reference': () => m.build_test_no_reference(),
  'other-tokens': () => m.build_test_other_tokens(),
  'could-not-run': (detail) => m.build_test_could_not_run({ detail }),
};

/** What was done by itself. */
export function cureWords(cure: Cure): string {
  switch (cure.kind) {
    case 'without-subgroups':
      return m.cure_without_subgroups();
    case 'other-build':
      return m.cure_other_build({ from: cure.insteadOf.quantisation });
    case 'wasm':
      return m.cure_wasm();
  }
}
