import type { Offer } from '../../../extract/choice/offer.ts';
import type { Judgement } from '../../report.ts';
import type { Judged, Reading } from './candidates.ts';
import { type DateRead, readCompactDate } from '../reading/dates.ts';
import type { Expected } from '../expected.ts';
import { looksLikeYear } from './roles.ts';
import { isAlone, type Token } from '../reading/tokens.ts';

type ExpectedDate = Extract<Expected, { kind: 'date' }>;

/** Dates as candidates. One that is not a full day counts only where no full day is offered. */
export function dateCandidates(reading: Reading, expected: ExpectedDate): Judged<DateRead> {
  const dates = reading.tokens.flatMap((token) => dateOf(reading.text, token));
  const full = dates.filter((d) => isFull(d.item));
  return {
    offers: full.length > 0 ? full : dates,
    years: [],
    questionYears: [],
    lastCounts: false,
    rowsCount: true,
    discarded: [],
    judge: (offer) => judge(offer.item, expected),
  };
}

function dateOf(text: string, token: Token): readonly Offer<DateRead>[] {
  const { start } = token;
  const date = token.kind === 'date' ? token.date : (readCompactDate(text, start) ?? partOfDate(text, token));
  if (date === null) return [];
  const item = isOpened(text, start, date) ? { ...date, ambiguous: true } : date;
  const value = `${item.year}-${item.month}-${item.day}${item.ambiguous ? '?' : ''}`;
  return [{ start, end: item.end, item, value, tier: 0, weak: false }];
}

const GOES_ON =
  /^[ ]?(?:至|到|或者?|~|–|—|-|(?:to|or|until|till|through)\b)[ ]?(?:\d{1,2}[ ]?[月日号]|[一二三四五六七八九十]{1,3}[月日号]|\d{1,2}(?:st|nd|rd|th)\b|(?:the )?[A-Z][a-z]{2,8} \d)/;

/** The days before the last one of several: "30 or 31 December 2024", "from 15 to 17 May 2024". */
const COMES_FROM =
  /(?<![\d.,])(?:(?:[A-Z][a-z]{2,8} )?\d{1,2}(?:st|nd|rd|th)?) ?(?:-|–|—|~|to|and|or|&|until|through) ?(?:the )?$/;

/** "2024年3月5日至8日", "March 5, 2024 or March 6": the day is one of several, of which not all are whole dates. */
function isOpened(text: string, start: number, date: DateRead): boolean {
  if (!isFull(date)) return false;
  return (
    GOES_ON.test(text.slice(date.end, date.end + 24)) ||
    COMES_FROM.test(text.slice(Math.max(0, start - 30), start)) ||
    LATER_OR_EARLIER.test(text.slice(Math.max(0, start - 24), start)) ||
    BEFORE_OR_BEHIND.test(text.slice(date.end, date.end + 4))
  );
}

/** "the day after 15 May 2024", 2024年5月15日之前: another day than the one named. "On or before" is a term. */
const LATER_OR_EARLIER =
  /(?<!\b(?:on|at) or )\b(?:before|after|prior to|(?<!\bno(?:t|) )(?:later|earlier) than)(?: the)? $/i;
const BEFORE_OR_BEHIND = /^ ?(?:[之以][前后]|之间)/;

/** A year, or figures like 12/31 and 12/31/24 that leave the year or the century open, or a number alone. */
function partOfDate(text: string, token: Token): DateRead | null {
  if (token.kind !== 'number') return null;
  const isYear = looksLikeYear(text, token);
  if (!isYear && !isAlone(text, token) && !/^\d{1,4}[-/.]\d/.test(text.slice(token.start, token.end))) return null;
  const year = isYear ? Number(text.slice(token.start, token.end)) : null;
  return { year, month: null, day: null, ambiguous: false, end: token.end };
}

function isFull(date: DateRead): boolean {
  return date.year !== null && date.month !== null && date.day !== null;
}

function judge(date: DateRead, expected: ExpectedDate): Judgement {
  if (date.ambiguous) return { right: false, reason: 'wrong-value', notes: [{ code: 'ambiguous-date', params: {} }] };
  if (!isFull(date)) return { right: false, reason: 'wrong-value', notes: [{ code: 'incomplete-date', params: {} }] };
  const right = date.year === expected.year && date.month === expected.month && date.day === expected.day;
  return right ? { right, notes: [{ code: 'exact', params: {} }] } : { right, reason: 'wrong-value', notes: [] };
}
