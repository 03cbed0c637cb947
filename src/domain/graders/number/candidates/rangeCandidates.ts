import type { Offer } from '../../../extract/choice/offer.ts';
import type { Judgement } from '../../report.ts';
import type { Judged, Reading } from './candidates.ts';
import type { Expected } from '../expected.ts';
import { readRange, type RangeToken } from './ranges.ts';
import { equal, show } from '../reading/rational.ts';
import { isYear } from './years.ts';
import { markReferences } from './roles.ts';

type ExpectedRange = Extract<Expected, { kind: 'range' }>;

/** Ranges as candidates. A lone number counts only where no range is offered, and then it is wrong. */
export function rangeCandidates(reading: Reading, expected: ExpectedRange): Judged<RangeToken> {
  const tokens = markReferences(reading.text, reading.tokens).filter(
    (t) => t.kind === 'number' && t.role === 'value' && !isYear(reading.text, t),
  );
  const found = readRange(reading.text, tokens);
  const ranges = found.filter((r) => r.bounds !== null);
  return {
    offers: (ranges.length > 0 ? ranges : found).map(offerOf),
    years: [],
    questionYears: [],
    lastCounts: false,
    rowsCount: true,
    discarded: [],
    judge: (offer) => judge(offer.item, expected),
  };
}

function offerOf(range: RangeToken): Offer<RangeToken> {
  const { start, end, bounds } = range;
  const value = bounds === null ? `?${start}` : `${show(bounds.low)}..${show(bounds.high)}`;
  return { start, end, item: range, value, tier: 0, weak: false };
}

function judge({ bounds }: RangeToken, expected: ExpectedRange): Judgement {
  if (bounds === null) return { right: false, reason: 'wrong-value', notes: [{ code: 'not-a-range', params: {} }] };
  const right = equal(bounds.low, expected.low) && equal(bounds.high, expected.high);
  return right ? { right, notes: [{ code: 'exact', params: {} }] } : { right, reason: 'wrong-value', notes: [] };
}
