import { isAside, isShare, nounOf, plain } from './asides.ts';
import type { Asked } from './asked.ts';
import { isCheck } from './checks.ts';
import { type Offer, unitOf } from '../choice/offer.ts';
import { isSumOf } from './parts.ts';
import { isSupposed } from '../commitments/supposed.ts';

/** "3 of the 5 apples" */
const OF_WHOLE =
  /^ (?:[a-z]{1,12} ){0,3}(?:out of |of (?:the |those |these |all |her |his |their |its ){1,2})(?:[a-z]{1,12} )?$/i;
const PARTS = /其中|包括|分别(?:是|为)|\b(?:of which|including|consisting of|made up of)\b/i;
const NOTE_LINE = /(?:^|\n)[ \t>*_-]{0,4}(?:note|remark|n\.b\.|注意?|备注|说明|提示)[*_]{0,2} ?[:：][^\n]*$/i;
/** "= 36 for the 2 shirts", "=>>120 in two days", "= 18 more vlogs to complete the 72" */
const CIRCUMSTANCE =
  /\b(?:for|in|per|every|after|during|over|within|on|at|if|when|to (?!be\b)[a-z]{3,12}(?: the| all)?)(?: [a-z']{1,14}){0,5} ?[$€£]?$/i;
/** Words that say a further value, and no circumstance of the one before. */
const SAYS_MORE =
  /\b(?:total|sum|altogether|result|makes?|gives?|gets?|left|is|are|was|were|has|have|had|will|equals?|so|then|and|plus|need|needs|sold|sells?|pays?|paid|only)\b|[=;:]/i;
const IS_RESULT = /(?:=|>>) {0,2}[$€£]?$/;

/** "2 of whom are independent" */
const OF_THEM = /^ of (?:whom|which|them|these)\b/i;
/** "1,842 employees (2023: 1,790)", "(31 December 2023: 1,790)", （2023年12月31日：1,790） */
const OF_YEAR =
  /\d[^\d()（）\n]{0,24}[(（](?:(?:as )?(?:in|at|of|on) )?(?:\d{1,2} [a-z]{3,9} |[a-z]{3,9} \d{1,2}, )?(?:19|20)\d\d(?:年(?:末|底|\d{1,2}月(?:\d{1,2}日)?)?)?[:：,，]? ?$/i;
const DERIVED = /\b(average|difference|ratio)\b[^.\n]{0,40}$/i;
const REASON_SENTENCE = /^\W*(?:this|that|it) (?:comes from|is because|is since|follows from|is found)\b/i;
const BRINGS_MORE =
  /\b(?:so|then|therefore|thus|hence|left|remain\w*|more|total|altogether|needs?|makes?|gives?)\b|[=+×÷*/]/i;

/** All up to the sentence that a stretch ends in. */
const SENTENCE = /^(?:[^]*(?:[。！？；\n]|(?<!\bi\.e|e\.g)[.!?](?=\s))(?!\s*[(（]))?/;

/** How far before a number its sentence or bracket is looked at, in UTF-16 units. */
const REACH = 160;
/** How many numbers before it may be what it is a remark on, and how many remarks a text may end with. */
const NEAR = 12;

/**
 * The numbers up to the last one that is more than a remark on another: in "3 bolts (2 blue, 1 white)", 一共18只，其中9只鸡
 * and "Note: a bolt has 40 yards" what stands at the end is no answer. All of them where nothing else is left.
 */
export function upToRemarks<T>(text: string, offers: readonly Offer<T>[], asked: Asked): readonly Offer<T>[] {
  for (let at = offers.length - 1; at >= Math.max(0, offers.length - NEAR); at--) {
    const offer = offers[at];
    if (offer === undefined) break;
    const before = offers.slice(Math.max(0, at - NEAR), at);
    if (!isRemark(text, before, offer, offers.slice(at + 1, at + NEAR), asked)) return offers.slice(0, at + 1);
  }
  return offers;
}

function isRemark(
  text: string,
  before: readonly Offer[],
  offer: Offer,
  behind: readonly Offer[],
  asked: Asked,
): boolean {
  const last = before.at(-1);
  if (last === undefined) return false;
  const between = text.slice(last.end, offer.start);
  if (between.length < 40 && OF_WHOLE.test(between)) return true;
  const lead = text.slice(Math.max(0, offer.start - REACH), offer.start);
  if (isQualified(text, last, offer, asked)) return false;
  const start = offer.start - lead.length + (SENTENCE.exec(lead)?.[0].length ?? 0);
  const tail = text.slice(offer.end, offer.end + 40);
  if (isShare(offer, between, tail, asked) || OF_THEM.test(tail) || OF_YEAR.test(lead)) return true;
  const sentence = text.slice(start, offer.start);
  if (isSupposed(sentence, tail)) return true;
  const said = before.filter((o) => o.start >= start);
  const [first, ...more] = said;
  if (first !== undefined) {
    const noun = nounOf(text, offer);
    const aside = { lead: sentence, said: [first, ...more], offer, between, noun, behind: tail } as const;
    if (isAside(aside, asked) || ((noun !== asked.counted || noun === '') && isSumOf(text, said, [offer, ...behind])))
      return true;
  }
  return (
    isCheck(sentence, before, offer, asked) ||
    isOther(sentence, asked) ||
    isUncounted(sentence, offer) ||
    isBehindResult(text, before, said, offer, asked) ||
    NOTE_LINE.test(lead) ||
    isPart(before, offer, lead) ||
    isCircumstance(text, before, offer) ||
    isInBracket(text, before, offer, behind)
  );
}

/** "His average is 35", "This comes from 2,500 bikes": said of the answer, where no such thing is asked for. */
function isOther(sentence: string, asked: Asked): boolean {
  if (REASON_SENTENCE.test(sentence)) return true;
  const derived = DERIVED.exec(sentence)?.[1]?.toLowerCase();
  return derived !== undefined && asked.sentence !== '' && !asked.comparison && !asked.rate && !asked.share;
}

/** "(2,500 × 20)" and "The calculation is 14 - 5": how the answer was found, not computed again. */
function isUncounted(sentence: string, { value }: Offer): boolean {
  return value.startsWith('?') && (/[(（][^)）]*$/.test(sentence) || /\bcalculation\b|算式/i.test(sentence));
}

/** "= 17. Ken had 17 at first, and has 9 now": behind the result said again, only what the question gave. */
function isBehindResult(
  text: string,
  before: readonly Offer[],
  said: readonly Offer[],
  offer: Offer,
  asked: Asked,
): boolean {
  if (!asked.givens.has(plain(offer)) || nounOf(text, offer) === asked.counted) return false;
  const result = before.findLast((o) => IS_RESULT.test(text.slice(Math.max(0, o.start - 4), o.start)));
  const again = said.find((o) => o.value === result?.value && o !== result);
  if (again === undefined || asked.givens.has(plain(again))) return false;
  return !BRINGS_MORE.test(text.slice(again.end, offer.start));
}

/** "3 directors, 2 of whom are independent", where the independent ones are asked for. */
function isQualified(text: string, owner: Offer, offer: Offer, asked: Asked): boolean {
  if (asked.qualifiers.length === 0) return false;
  const before = text.slice(Math.max(0, owner.start - 24), offer.start).toLowerCase();
  const behind = text.slice(offer.end, offer.end + 40).toLowerCase();
  return asked.qualifiers.some((word) => behind.includes(word) && !before.includes(word));
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
