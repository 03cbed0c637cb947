import type { Offer } from './offer.ts';

/** What follows only says of what, or of which parts, the number before it is. */
const OF_WHOLE = /^ (?:[a-z]{1,12} )?(?:out )?of (?:the |those |all )(?:[a-z]{1,12} )?$/i;
const PARTS = /其中|包括|分别(?:是|为)|\b(?:of which|including|consisting of|made up of)\b/i;
const NOTE_LINE = /(?:^|\n)[ \t>*_-]{0,4}(?:note|remark|n\.b\.|注意?|备注|说明|提示)[*_]{0,2} ?[:：][^\n]*$/i;

/** How far before a number the start of its sentence or bracket is looked for. */
const REACH = 160;

/**
 * The numbers that are more than a remark on another one: "3 bolts (2 blue, 1 white)", 一共18只，其中9只鸡, "3 of the 5
 * apples", "Note: a bolt has 40 yards". All of them where nothing else is left.
 */
export function withoutRemarks<T>(text: string, offers: readonly Offer<T>[]): readonly Offer<T>[] {
  const kept = offers.filter((offer, i) => i === 0 || !isRemark(text, offers, i));
  return kept.length > 0 ? kept : offers;
}

function isRemark(text: string, offers: readonly Offer[], at: number): boolean {
  const [offer, before] = [offers[at], offers[at - 1]];
  if (offer === undefined || before === undefined) return false;
  const between = text.slice(before.end, offer.start);
  if (between.length < 40 && OF_WHOLE.test(between)) return true;
  const lead = text.slice(Math.max(0, offer.start - REACH), offer.start);
  if (NOTE_LINE.test(lead)) return true;
  const clause = lead.slice(Math.max(lead.lastIndexOf('\n'), lead.lastIndexOf('。'), lead.lastIndexOf('. ')) + 1);
  const parts = clause.search(PARTS);
  if (
    parts >= 0 &&
    offers.some(
      (o, i) => i < at && o.end <= offer.start - (clause.length - parts) && o.start >= offer.start - clause.length,
    )
  )
    return true;
  return isInBracket(text, offers, at);
}

/** A list of parts, or the same quantity in another unit, in brackets right behind another number. */
function isInBracket(text: string, offers: readonly Offer[], at: number): boolean {
  const offer = offers[at];
  if (offer === undefined) return false;
  const lead = text.slice(Math.max(0, offer.start - REACH), offer.start);
  const open = offer.start - lead.length + Math.max(lead.lastIndexOf('('), lead.lastIndexOf('（'));
  const close = text.slice(offer.end, offer.end + REACH).search(/[)）]/);
  if (open < offer.start - lead.length || /[)）\n=]/.test(text.slice(open, offer.start)) || close < 0) return false;
  const end = offer.end + close;
  const inside = offers.filter((o) => o.start > open && o.end <= end);
  const owner = offers.filter((o) => o.end <= open).at(-1);
  if (
    owner === undefined ||
    /[=\n]/.test(text.slice(open, end)) ||
    !/^[^\d\n.。;；=]{0,24}$/.test(text.slice(owner.end, open))
  )
    return false;
  return inside.length > 1 || (unitOf(offer) !== '' && unitOf(offer) === unitOf(owner));
}

/** The unit's kind, which ends the key of an offered quantity. */
function unitOf({ value }: Offer): string {
  return /[a-z]+$/.exec(value)?.[0] ?? '';
}
