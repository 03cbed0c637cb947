import type { Offer } from '../choice/offer.ts';

const ASKS_TOTAL =
  /总|合计|共计|一共|全部|全程|加起来|\b(?:total|altogether|in all|overall|whole|entire)\b|\bdo(?:es)? (?:it|this|that) (?:all )?(?:take|cost|last)\b/i;
const TOTAL = /总|合计|共计|一共|加起来|\b(?:total|altogether|in all|overall)\b/i;
const EQUALS = /= ?[*$¥￥]{0,4}(?:RMB|HK\$|US\$|CNY)? ?[*]{0,2}$/i;
const NUMBER = /\d[\d,]*(?:\.\d+)?/g;
/** How far before its result a sum is looked for. */
const REACH = 120;

/**
 * "原料1,200元 … 总成本：1,200 + 800 = 2,000元": the result of the last sum, where the question asks for a total and
 * all that was said before are the parts that were added.
 */
export function summedUp<T>(text: string, offers: readonly Offer<T>[], question: string): Offer<T> | null {
  if (offers.length < 3 || !ASKS_TOTAL.test(question)) return null;
  const at = offers.findLastIndex((o, i) => addedUp(text, o, offers[i - 1]) !== null);
  const [sum, behind] = [offers[at], offers.length - 1 - at];
  if (sum === undefined || at < 2 || behind > 1) return null;
  const lead = addedUp(text, sum, offers[at - 1]) ?? '';
  const saysTotal =
    TOTAL.test(lead) || TOTAL.test(/^[^.。\n,，]{0,24}/.exec(text.slice(sum.end, sum.end + 24))?.[0] ?? '');
  const added = new Set(lead.match(NUMBER));
  const parts = offers.slice(0, at).flatMap((o) => text.slice(o.start, o.end).match(NUMBER) ?? ['?']);
  return saysTotal && parts.every((part) => added.has(part)) ? sum : null;
}

/** The line before `offer`, where it ends with a sum. */
function addedUp(text: string, offer: Offer, before: Offer | undefined): string | null {
  const lead = text.slice(Math.max(before?.end ?? 0, offer.start - REACH), offer.start);
  if (!lead.includes('+') || !EQUALS.test(lead)) return null;
  return lead.slice(lead.lastIndexOf('\n') + 1);
}
