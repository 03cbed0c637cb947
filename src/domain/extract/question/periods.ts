import type { Offer } from '../choice/offer.ts';

/** Words that say of which period a number is where no year does, one line a period. */
const PERIODS: readonly RegExp[] = [
  /本年度?|今年|本期|当期|本财年|\bthis year\b|\bcurrent (?:year|period)\b/gi,
  /上年度?|去年|上期|前一年|上一年|上财年|\b(?:last|prior|previous|preceding) (?:year|period)\b|\ba year earlier\b/gi,
  /全年|\bfull[- ]year\b|\bwhole year\b/gi,
  /上半年|\bfirst half\b|\bH1\b/gi,
  /下半年|\bsecond half\b|\bH2\b/gi,
  /(?:第一|一|首)季度?|\bfirst quarter\b|\bQ1\b/gi,
  /(?:第二|二)季度?|\bsecond quarter\b|\bQ2\b/gi,
  /(?:第三|三)季度?|\bthird quarter\b|\bQ3\b/gi,
  /(?:第四|四)季度?|\bfourth quarter\b|\bQ4\b/gi,
];
const REACH = 48;

/** The candidates of the one period that the question names, or all where it names none or the text names no other. */
export function ofPeriod<T>(text: string, question: string, offers: readonly Offer<T>[]): readonly Offer<T>[] {
  const asked = PERIODS.flatMap((period, i) => (question.search(period) >= 0 ? [i] : []));
  if (asked.length !== 1) return offers;
  const labels = offers.map((offer, i) =>
    periodBefore(text, Math.max(offers[i - 1]?.end ?? 0, offer.start - REACH), offer),
  );
  if (labels.every((label) => label === null || label === asked[0])) return offers;
  const kept = offers.filter((_, i) => labels[i] === asked[0]);
  return kept.length > 0 ? kept : offers;
}

/** The period named last between `start` and the candidate. */
function periodBefore(text: string, start: number, offer: Offer): number | null {
  const stretch = text.slice(start, offer.start);
  let last: { readonly at: number; readonly period: number } | null = null;
  for (const [period, pattern] of PERIODS.entries()) {
    const at = [...stretch.matchAll(pattern)].at(-1)?.index ?? -1;
    if (at >= 0 && (last === null || at > last.at)) last = { at, period };
  }
  return last?.period ?? null;
}
