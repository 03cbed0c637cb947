import type { Offer } from '../choice/offer.ts';
import type { Sentences } from '../text/sentences.ts';

/** A year that the text names; `end` is where what belongs to it may start. */
export interface YearMark {
  readonly start: number;
  readonly end: number;
  readonly year: number;
}

/** A sentence with more candidates than this is a list or a loop: pairing it with years says nothing. */
const MOST = 40;

/** The year before the one that is spoken of, unnamed: "the previous year", 上年. */
export const PRIOR = -1;

const COMPARED =
  /(?:[与较比同从自]|相比于?|[不有][同别]于|[高低多少]于|\b(?:(?:compared (?:with|to)|versus|vs\.?|than|unlike)(?: (?:in|for))?|over|since)|\b(?:up|down|rose|risen|grew|grown|fell|fallen|increas\w+|decreas\w+|declin\w+|growth|changed?)\b(?:[^.,;\n]|\.\d){0,24}\bfrom)\s?$/i;
/** "higher than 48.1% in 2023" */
const OF_COMPARED =
  /\b(?:than|versus|vs\.?|compared (?:with|to)|(?:up|down) from) [^\s，,。；;]{1,20}(?: (?:thousand|million|billion))? (?:in|for) $/i;
/** Behind the year of a base, however near the number is: 较2023年增长至X, "from 2023 to X", "higher than in 2023: X". */
const BASE_BEHIND =
  /^年?度?(?:同期)?(?:大幅|略有?|显著|同比)?(?:增|减|上升|下降|提高|提升|上涨|下跌|下滑|升至|降至|[高低多少])|^ to (?!(?:fy ?)?(?:19|20)\d\d)/i;
const THAN = /\bthan(?: (?:in|for))? $/i;
const PRIOR_BEFORE =
  /(?:上年|去年|上一年|前一年|同期|\b(?:last|prior|previous|preceding) year|\byear before|\bup from|\bdown from|\bcompared (?:with|to)|\bversus|\bfrom)[^\d\n。；;，,]{0,16}$/i;
const CLAUSE_MARK = /[，；;、()（）]|, |\bcompared\b|\bversus\b|\bwhile\b|\bwhereas\b|\|/g;

/**
 * The year that each candidate is said of, or null. Within a sentence, as many years as candidates pair up in order
 * (that covers "X in 2024 from Y in 2023", 2024年X，2023年Y, "2024 and 2023 … X and Y respectively"); otherwise the
 * nearest year of the clause counts, then the last one before. A line of years heads the lines below it.
 */
export function labelYears(
  text: string,
  sentences: Sentences,
  years: readonly YearMark[],
  offers: readonly Offer[],
): ReadonlyMap<Offer, number | null> {
  const labels = new Map<Offer, number | null>();
  const clauses = [...text.matchAll(CLAUSE_MARK)].map((m) => m.index);
  let header: readonly YearMark[] = [];
  let [nextYear, nextOffer] = [0, 0];
  for (let i = 0; i < sentences.count; i++) {
    const end = sentences.end(i);
    const here: YearMark[] = [];
    const said: Offer[] = [];
    for (let y = years[nextYear]; y !== undefined && y.start < end; y = years[++nextYear]) here.push(y);
    for (let o = offers[nextOffer]; o !== undefined && o.start < end; o = offers[++nextOffer]) said.push(o);
    if (said.length === 0) {
      if (here.length > 0) header = here;
      continue;
    }
    if (said.length > MOST || here.length > MOST) continue;
    if (areBehind(text, here, said)) {
      pairUp(here, said, labels);
      continue;
    }
    const marks = here.filter((y) => !isComparison(text, y, said));
    if (marks.length === 0 && header.length === said.length) pairUp(header, said, labels);
    else if (marks.length === said.length) pairUp(marks, said, labels);
    else for (const offer of said) labels.set(offer, nearest(text, clauses, marks, offer, said));
  }
  return labels;
}

/** "RMB58bn in 2024 vs RMB51bn in 2023": each candidate has its year right behind it. */
function areBehind(text: string, marks: readonly YearMark[], offers: readonly Offer[]): boolean {
  return (
    marks.length === offers.length &&
    marks.length > 1 &&
    offers.every((o, k) => /^ (?:in|for) (?:FY ?)?$/i.test(text.slice(o.end, marks[k]?.start).slice(0, 10)))
  );
}

function pairUp(marks: readonly YearMark[], offers: readonly Offer[], labels: Map<Offer, number | null>): void {
  offers.forEach((offer, k) => labels.set(offer, marks[k]?.year ?? null));
}

/** "Compared with 2023, revenue rose to X": 2023 is not the year of X unless X follows at once. */
function isComparison(text: string, mark: YearMark, offers: readonly Offer[]): boolean {
  const before = text.slice(Math.max(0, mark.start - 48), mark.start);
  if (!COMPARED.test(before) && !OF_COMPARED.test(before)) return false;
  const follows = offers.find((o) => o.start >= mark.end);
  if (follows === undefined) return true;
  const between = text.slice(mark.end, Math.min(follows.start, mark.end + 16));
  if (BASE_BEHIND.test(between) || (THAN.test(before) && /^ ?[:：]/.test(between))) return true;
  return !/^[^，,。；;\n]{0,8}$/.test(between);
}

function nearest(
  text: string,
  clauses: readonly number[],
  marks: readonly YearMark[],
  offer: Offer,
  said: readonly Offer[],
): number | null {
  const clause = countBelow(clauses, offer.start);
  const before = marks.filter((m) => m.start < offer.start);
  const inClause = marks.filter((m) => countBelow(clauses, m.start) === clause);
  const close = inClause.filter((m) => m.start < offer.start).at(-1) ?? inClause.find((m) => m.start > offer.start);
  const stretch = text.slice(Math.max(0, offer.start - 40), offer.start);
  if (said.length > 1 && close === undefined && PRIOR_BEFORE.test(stretch)) return PRIOR;
  if (said.length > 1 && close !== undefined && close.start < offer.start && PRIOR_BEFORE.test(stretch)) {
    const between = said.some((o) => o.start > close.start && o.start < offer.start);
    if (between) return PRIOR;
  }
  return (close ?? before.findLast((m) => !isClosedOff(text.slice(m.end, offer.start))))?.year ?? null;
}

/** "（2023年为A），其中…": a year in brackets says nothing of what follows them. */
function isClosedOff(between: string): boolean {
  const close = between.search(/[)）]/);
  return close >= 0 && !/[(（]/.test(between.slice(0, close));
}

/** How many of the sorted numbers are below `limit`. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
