import type { Besides, Decision, Divergence, PairedComparison, Parting, Places, Share } from '#domain';
import { formatNumber, formatPercent, getLocale, m } from '#i18n';
import { points } from '../results/runWords.ts';
import { CAUTIONS, pValue } from './comparisonWords.ts';

/** What else differs between two builds, as a sentence each. */
export const BESIDES: Readonly<Record<Besides, () => string>> = {
  'other-engine': CAUTIONS['other-engine'],
  'other-device': CAUTIONS['other-device'],
  'other-variant': CAUTIONS['other-variant'],
  'other-budget': CAUTIONS['other-budget'],
  'other-thinking': CAUTIONS['other-thinking'],
  'other-sampling': CAUTIONS['other-sampling'],
  'one-draw': CAUTIONS['one-draw'],
  'other-renderer': CAUTIONS['other-renderer'],
  'other-revision': m.divergence_other_revision,
  'other-template': m.divergence_other_template,
};

const NO_TOKENS: Readonly<Record<NonNullable<Divergence['noTokens']>, () => string>> = {
  'other-tokenizer': m.divergence_other_tokenizer,
  'unknown-tokenizer': m.divergence_unknown_tokenizer,
  'no-ids': m.divergence_no_ids,
};

/** One build against another. `from`, `to`: the engines' words for the quantisations, the finer one first. */
export interface Change {
  readonly from: string;
  readonly to: string;
  /** `to` has fewer bits and nothing else differs: what changed is its doing. */
  readonly alone: boolean;
  /** Right only in `from`; right only in `to`. */
  readonly worse: number;
  readonly better: number;
  readonly n: number;
  /** Accuracy of `to` minus that of `from`, as a share. */
  readonly gain: number;
  readonly p: number;
  readonly conclusion: PairedComparison['conclusion'];
}

/** `fromFirst`: the first run is the finer one. */
export function changeOf(
  result: PairedComparison,
  decision: Decision,
  quantisations: readonly [string, string],
  { fromFirst, alone }: { readonly fromFirst: boolean; readonly alone: boolean },
): Change {
  const flips = [result.onlyFirst, result.onlySecond] as const;
  const gain = (result.secondCorrect - result.firstCorrect) / result.n;
  return {
    from: quantisations[fromFirst ? 0 : 1],
    to: quantisations[fromFirst ? 1 : 0],
    alone,
    worse: flips[fromFirst ? 0 : 1],
    better: flips[fromFirst ? 1 : 0],
    n: result.n,
    gain: fromFirst ? gain : -gain,
    p: result.p,
    conclusion: decision.conclusion,
  };
}

/** What it comes to, in plain words: answers, accuracy, where the outputs part. */
export function changeSentences(change: Change, { answers, places }: Divergence): string {
  const sentences = [answersSentence(change, answers), accuracySentence(change), placesSentence(places)];
  // A Chinese full stop has its own space.
  return sentences.join(getLocale() === 'zh' ? '' : ' ');
}

function answersSentence({ from, to, alone, worse, better, n }: Change, answers: Share | null): string {
  const said = { coarse: to, fine: from, worse: formatNumber(worse), better: formatNumber(better) };
  if (answers === null) return m.divergence_flips_only({ ...said, n: formatNumber(n) });
  const of = { coarse: to, fine: from, n: formatNumber(answers.n) };
  if (answers.count === 0) return alone ? m.divergence_unchanged(of) : m.divergence_none_differ(of);
  // A flip is a changed answer, because all right answers are one.
  const otherwise = formatNumber(answers.count - worse - better);
  const changed = { ...said, ...of, changed: formatNumber(answers.count), otherwise };
  return alone ? m.divergence_changed(changed) : m.divergence_differ(changed);
}

function accuracySentence({ conclusion, gain }: Change): string {
  if (conclusion === 'same-verdicts') return m.divergence_equal();
  if (conclusion === 'not-distinguishable') return m.divergence_even();
  return gain < 0 ? m.divergence_lost({ points: points(gain) }) : m.divergence_gained({ points: points(gain) });
}

function placesSentence(places: Places | null): string {
  if (places === null) return m.divergence_parts_nowhere();
  return places.by === 'token'
    ? m.divergence_parts_token(placeWords(places))
    : m.divergence_parts_character(placeWords(places));
}

function placeWords({ items, median, least, most }: Places) {
  return {
    items: formatNumber(items),
    // Half a token, where two items share the middle.
    median: formatNumber(median, Number.isInteger(median) ? 0 : 1),
    least: formatNumber(least),
    most: formatNumber(most),
  };
}

interface Figure {
  readonly id: 'answers' | 'outputs' | 'flips' | 'places' | 'p';
  readonly term: string;
  readonly value: string;
}

/** The five figures. */
export function changeFigures(
  { worse, better, p }: Change,
  { answers, outputs, places, noTokens }: Divergence,
): readonly Figure[] {
  const flips = { worse: formatNumber(worse), better: formatNumber(better) };
  return [
    ...(answers === null ? [] : [{ id: 'answers', term: m.divergence_answers(), value: shareWords(answers) } as const]),
    ...(outputs === null ? [] : [{ id: 'outputs', term: m.divergence_outputs(), value: shareWords(outputs) } as const]),
    { id: 'flips', term: m.divergence_flips(), value: m.divergence_flips_value(flips) },
    {
      id: 'places',
      term: noTokens === null ? m.divergence_first_token() : m.divergence_first_character(),
      value: places === null ? m.divergence_no_place() : m.divergence_place(placeWords(places)),
    },
    { id: 'p', term: m.compare_p(), value: `p ${pValue(p)}` },
  ];
}

/** What has to be known of the figures; empty: nothing. */
export function divergenceNotes({ noTokens, unseen }: Divergence): readonly string[] {
  return [
    ...(noTokens === null ? [] : [NO_TOKENS[noTokens]()]),
    ...(unseen === 0 ? [] : [m.divergence_unseen({ count: formatNumber(unseen) })]),
  ];
}

/** "12 of 120 (10.0%; 95% 5.8% to 16.7%)". */
export function shareWords({ count, n, interval }: Share): string {
  return m.divergence_share({
    count: formatNumber(count),
    n: formatNumber(n),
    share: formatPercent(count / n),
    low: formatPercent(interval.low),
    high: formatPercent(interval.high),
  });
}

/** Where the outputs to one item part. */
export function partingWords(parting: Parting): string {
  switch (parting.kind) {
    case 'same':
      return m.parting_same();
    case 'unseen':
      return m.parting_unseen();
    case 'token':
      return m.parting_token({ place: formatNumber(parting.shared + 1) });
    case 'character':
      return m.parting_character({ place: formatNumber(parting.shared + 1) });
  }
}
