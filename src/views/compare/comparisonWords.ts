import type { Caution, Decision, Incomparable, PairedComparison } from '#domain';
import { formatNumber, formatPercent, m } from '#i18n';
import { points } from '../results/runWords.ts';

/** What else differs, as a sentence each. */
export const CAUTIONS: Readonly<Record<Caution, () => string>> = {
  'other-engine': m.caution_other_engine,
  'other-device': m.caution_other_device,
  'other-variant': m.caution_other_variant,
  'other-budget': m.caution_other_budget,
  'other-thinking': m.caution_other_thinking,
  'other-sampling': m.caution_other_sampling,
  'one-draw': m.caution_one_draw,
  'other-quantisation': m.caution_other_quantisation,
  'other-renderer': m.caution_other_renderer,
  'self-test-not-valid': m.caution_self_test,
  'unscored-items': m.caution_unscored,
  unfinished: m.caution_unfinished,
};

interface Words {
  readonly what: () => string;
  readonly cure: () => string;
}

export const REFUSALS: Readonly<Record<Incomparable | 'same-run', Words>> = {
  'other-suite': { what: m.compare_other_suite, cure: m.compare_other_suite_cure },
  'no-common-items': { what: m.compare_no_common, cure: m.compare_no_common_cure },
  'same-run': { what: m.compare_same_run, cure: m.compare_same_run_cure },
};

/** The comparison as one plain sentence; `first`, `second`: names of the two runs. */
export function conclusionSentence(
  result: PairedComparison,
  first: string,
  second: string,
  decision: Pick<Decision, 'by' | 'conclusion' | 'detectable'> = { ...result, by: 'items' },
): string {
  const n = formatNumber(result.n);
  const least = points(decision.detectable);
  const better = (winner: string, loser: string): string => {
    const said = { winner, loser, n, points: points((result.firstCorrect - result.secondCorrect) / result.n) };
    return decision.by === 'items'
      ? m.compare_better({ ...said, p: pValue(result.p) })
      : m.compare_better_passages(said);
  };
  switch (decision.conclusion) {
    case 'first-better':
      return better(first, second);
    case 'second-better':
      return better(second, first);
    case 'not-distinguishable':
      return m.compare_not_distinguishable({ n, points: least });
    case 'same-verdicts':
      return m.compare_same_verdicts({ n, points: least });
  }
}

/** p to three places; what would round to nothing says so. */
export function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}

/** A difference with its sign: "+6.3", "−12.5". */
export function signedPoints(share: number): string {
  const sign = share > 0 ? '+' : share < 0 ? '−' : '±';
  return `${sign}${formatNumber(Math.abs(share) * 100, 1)}`;
}

/** "19 of 32 (59.4%)". */
export function rightOf(correct: number, n: number): string {
  return m.compare_right_of({
    correct: formatNumber(correct),
    n: formatNumber(n),
    accuracy: formatPercent(n === 0 ? 0 : correct / n),
  });
}
