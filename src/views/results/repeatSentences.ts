import type { Again, RepeatsDetail } from '#app';
import type { MajorityFigures, RepeatFigures } from '#domain';
import { formatNumber, formatPercent, m } from '#i18n';

/** What repeats come to, as plain sentences, the most important one first. Empty where nothing was scored. */
export function repeatSentences({ repeats, figures, majority, again, suite }: RepeatsDetail): readonly string[] {
  const known = figures === null ? [] : [...figuresOf(figures, suite !== null), ...votesOf(figures, majority)];
  const greedy = repeats.runs[0]?.spec.sampling.kind === 'greedy';
  return [
    ...known,
    ...(figures?.repeats === 1 ? [greedy ? m.repeats_greedy() : m.repeats_one()] : []),
    ...again.map(againWords),
    ...(repeats.unfinished.length === 0 ? [] : [m.repeats_unfinished({ count: repeats.unfinished.length })]),
  ];
}

function figuresOf(figures: RepeatFigures, suiteKnown: boolean): readonly string[] {
  const n = formatNumber(figures.items.length);
  const shown = {
    mean: formatPercent(figures.mean),
    n,
    error: formatNumber(figures.error * 100, 1),
    low: formatPercent(figures.interval.low, 0),
    high: formatPercent(figures.interval.high, 0),
  };
  const several = figures.repeats > 1;
  const last = figures.pass.at(-1);
  return [
    several ? m.repeats_mean({ ...shown, repeats: figures.repeats }) : m.repeats_mean_one(shown),
    ...(several ? [m.repeats_range({ least: formatPercent(figures.least), most: formatPercent(figures.most) })] : []),
    ...(several ? [sources(figures)] : []),
    ...(suiteKnown && figures.clusters < figures.items.length
      ? [m.repeats_passages({ count: formatNumber(figures.clusters) })]
      : []),
    ...(several && last !== undefined
      ? [m.repeats_pass({ k: last.k, any: formatPercent(last.any), all: formatPercent(last.all) })]
      : []),
    ...(several ? [consistency(figures)] : []),
    ...(figures.leftOut === 0 ? [] : [m.repeats_left_out({ count: figures.leftOut })]),
  ];
}

function sources({ drawing, sometimes }: RepeatFigures): string {
  if (drawing === null || sometimes === 0) return m.repeats_no_spread();
  return m.repeats_sources({ drawing: formatPercent(drawing, 0), items: formatPercent(1 - drawing, 0) });
}

function consistency({ always, sometimes, never }: RepeatFigures): string {
  return m.repeats_consistency({
    always: formatNumber(always),
    sometimes: formatNumber(sometimes),
    never: formatNumber(never),
  });
}

function votesOf(figures: RepeatFigures, majority: MajorityFigures | null): readonly string[] {
  if (figures.repeats < 2) return [];
  if (majority === null) return [m.repeats_majority_missing()];
  const { correct, accuracy, interval, agreement } = majority;
  return [
    m.repeats_majority({
      correct: formatNumber(correct),
      n: formatNumber(figures.items.length),
      accuracy: formatPercent(accuracy),
      low: formatPercent(interval.low, 0),
      high: formatPercent(interval.high, 0),
    }),
    ...(agreement === null ? [] : [m.repeats_agreement({ share: formatPercent(agreement, 0) })]),
  ];
}

function againWords({ first, both, equal }: Again): string {
  const said = { both: formatNumber(both), equal: formatNumber(equal) };
  const { sampling } = first.spec;
  if (sampling.kind === 'greedy') {
    return both === equal ? m.repeats_again_greedy_all(said) : m.repeats_again_greedy_some(said);
  }
  const seed = sampling.seed;
  return both === equal ? m.repeats_again_all({ ...said, seed }) : m.repeats_again_some({ ...said, seed });
}
