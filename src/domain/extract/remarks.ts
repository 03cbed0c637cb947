import type { Offer } from './offer.ts';

/** "3 of the 5 apples" */
const OF_WHOLE = /^ (?:[a-z]{1,12} )?(?:out )?of (?:the |those |all )(?:[a-z]{1,12} )?$/i;
const PARTS = /其中|包括|分别(?:是|为)|\b(?:of which|including|consisting of|made up of)\b/i;
const NOTE_LINE = /(?:^|\n)[ \t>*_-]{0,4}(?:note|remark|n\.b\.|注意?|备注|说明|提示)[*_]{0,2} ?[:：][^\n]*$/i;
/** "= 36 for the 2 shirts", "=>>120 in two days", "= 18 more vlogs to complete the 72" */
const CIRCUMSTANCE =
  /\b(?:for|in|per|every|after|during|over|within|on|at|if|when|to (?!be\b)[a-z]{3,12}(?: the| all)?)(?: [a-z']{1,14}){0,5} ?[$€£]?$/i;
/** Words that say a further value, and no circumstance of the one before. */
const SAYS_MORE =
  /\b(?:total|sum|altogether|result|makes?|gives?|gets?|left|is|are|was|were|has|have|had|will|equals?|so|then|and|plus|need|needs|sold|sells?|pays?|paid|only)\b|[=;:]/i;
const IS_RESULT = /(?:=|>>) {0,2}[$€£]?$/;

/** How far before a number its sentence or bracket is looked at, in UTF-16 units. */
const REACH = 160;
/** How many numbers before it may be what it is a remark on, and how many remarks a text may end with. */
const NEAR = 12;

/**
 * The numbers up to the last one that is more than a remark on another: in "3 bolts (2 blue, 1 white)", 一共18只，其中9只鸡
 * and "Note: a bolt has 40 yards" what stands at the end is no answer. All of them where nothing else is left.
 */
export function upToRemarks<T>(text: string, offers: readonly Offer<T>[]): readonly Offer<T>[] {
  for (let at = offers.length - 1; at >= Math.max(0, offers.length - NEAR); at--) {
    const offer = offers[at];
    if (offer === undefined) break;
    const before = offers.slice(Math.max(0, at - NEAR), at);
    if (!isRemark(text, before, offer, offers.slice(at + 1, at + NEAR))) return offers.slice(0, at + 1);
  }
  return offers;
}

function isRemark(text: string, before: readonly Offer[], offer: Offer, behind: readonly Offer[]): boolean {
  const last = before.at(-1);
  if (last === undefined) return false;
  const between = text.slice(last.end, offer.start);
  if (between.length < 40 && OF_WHOLE.test(between)) return true;
  const lead = text.slice(Math.max(0, offer.start - REACH), offer.start);
  return (
    NOTE_LINE.test(lead) ||
    isPart(before, offer, lead) ||
    isCircumstance(text, before, offer) ||
    isInBracket(text, before, offer, behind)
  );
}

function isPart(before: readonly Offer[], offer: Offer, lead: string): boolean {
  const clause = lead.slice(Math.max(lead.lastIndexOf('\n'), lead.lastIndexOf('。'), lead.lastIndexOf('. ')) + 1);
  const parts = clause.search(PARTS);
  const start = offer.start - clause.length;
  return parts >= 0 && before.some((o) => o.start >= start && o.end <= start + parts);
}

/** Behind the result of a calculation, in its sentence: when, for whom or for how many it is. */
function isCircumstance(text: string, before: readonly Offer[], offer: Offer): boolean {
  const result = before.findLast((o) => IS_RESULT.test(text.slice(Math.max(0, o.start - 4), o.start)));
  if (result === undefined || offer.start - result.end > 100) return false;
  const between = text.slice(result.end, offer.start);
  const said = CIRCUMSTANCE.exec(between)?.[0] ?? '';
  return said !== '' && !/[.\n]\s|[\n=]/.test(between) && !SAYS_MORE.test(said);
}

/** A list of parts, or the same quantity in another unit, in brackets right behind another number. */
function isInBracket(text: string, before: readonly Offer[], offer: Offer, behind: readonly Offer[]): boolean {
  const lead = text.slice(Math.max(0, offer.start - REACH), offer.start);
  const open = offer.start - lead.length + Math.max(lead.lastIndexOf('('), lead.lastIndexOf('（'));
  const close = text.slice(offer.end, offer.end + REACH).search(/[)）]/);
  if (open < offer.start - lead.length || close < 0) return false;
  const end = offer.end + close;
  const owner = before.findLast((o) => o.end <= open);
  if (owner === undefined || /[=\n]/.test(text.slice(open, end)) || /[)）]/.test(text.slice(open, offer.start)))
    return false;
  if (!/^[^\d\n.。;；=]{0,24}$/.test(text.slice(owner.end, open))) return false;
  const others = [...before, ...behind].filter((o) => o.start > open && o.end <= end);
  return others.length > 0 || (unitOf(offer) !== '' && unitOf(offer) === unitOf(owner));
}

/** The unit's kind, which ends the key of an offered quantity. */
function unitOf({ value }: Offer): string {
  return /[a-z]+$/.exec(value)?.[0] ?? '';
}
