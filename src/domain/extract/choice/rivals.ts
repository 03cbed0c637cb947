import type { Committed } from '../commitments/commitments.ts';
import { type Offer, unitOf } from './offer.ts';

/** "18 to 20", 12至15, "18~20", 12个到15个: between two values that leave the answer open. */
const RANGE = /^(?: ?[\u4e00-\u9fff])? {0,2}(?:~{1,2}|[–—]{1,2}|--|至|到|(?:up )?to|through) {0,2}[$€£]?$/i;
/** "rose from 12 to 15": the last is the value. "Anywhere from 12 to 15" is a range. */
const CHANGES = /(?<!\b(?:anywhere|somewhere|rang\w{1,3}) )\bfrom (?:about |the )?[$€£]?$/i;

/** 12和15都有可能, 有12和15两种可能: what makes a list of two an offer of both. */
const LISTED = /^(?: ?[\u4e00-\u9fff])? ?(?:and|&|[,，、和与跟及]) ?[$€£]?$/i;
const BOTH_BEHIND =
  /^(?: ?[\u4e00-\u9fff])? ?(?:[都均皆]|(?:这)?[两二]种|are both\b|both\b|are (?:equally |all )?(?:possible|valid|right|correct|plausible)\b)/i;
/** 介于12和15之间, "between 12 and 15" */
const BETWEEN = /(?:\bbetween|\beither|介于|处于|在) ?$/i;

/** "…, but 20 is also possible", 但15也说得通 */
const ALSO_BEHIND =
  /^(?: ?[\u4e00-\u9fff])? ?(?:(?:is|are|would be|could be|may be|might be|seems?) (?:also|equally|just as) |also (?:works|fits|is )|也(?:说得通|可以|可能|有可能|行得通|行|对|成立|合理|讲得通))/i;

/** "If it rains …; if not …", 第一种理解下…，第二种…, 一说…，一说…: each value has its own case. */
const CASE_OPENS =
  /(?:^|[,，。.;；:：\n]) ?(?:(?:and|or|but|then|而|但|那么)? ?(?:if|when|assuming|in the (?:first|second|other) case|on (?:the )?\w{3,9}days?|如果|若|假如|假设|按照?|第[一二]种|一说|一种|另一种|[有另]一?种?说法)|(?:既|也|又)?可以)[^,，。.;；\n]{0,24}[,，]?[^,，。.;；\d\n]{0,24}$/i;
/** "18 if it rains, 26 if it doesn't" */
const CASE_FOLLOWS = /^[^,，.。;；\n]{0,16} (?:if|when|for|otherwise)\b/i;
const NEXT_CASE = /^[^,，.。;；\n]{0,16} (?:if|when|for) [^,，.。;；\n\d]{1,24}(?:[,;]| and| or| but)[^\d\n.]{0,10}$/i;

/** Words of which commitments are made, to see what else stands between two of them. */
const COMMITTING =
  /\b(?:the|final|answers?|ans|boxed|is|are|it|its|could|might|may|also|be|possibly|maybe|json)\b|答案|可能|是|为/gi;
const OR = /^(?:(?:either )?or|(?:or )?alternatively|或者?|也|或者?也)$/i;
const AND = /^(?:and|和|与|及)$/i;

const LONGEST = 60;

/** The candidate that is offered along with the chosen one, so that neither is the answer; or null. */
export function rivalOf<T>(
  text: string,
  commitments: readonly Committed[],
  offers: readonly Offer<T>[],
  chosen: Offer<T>,
): Offer<T> | null {
  const strong = chosen.weak ? offers : offers.filter((o) => !o.weak);
  const at = strong.indexOf(chosen);
  const [before, after] = [strong[at - 1], strong[at + 1]];
  if (before !== undefined && areRivals(text, commitments, before, chosen)) return before;
  const follows = after !== undefined && areRivals(text, commitments, chosen, after);
  return follows ? after : null;
}

function areRivals(text: string, commitments: readonly Committed[], first: Offer, second: Offer): boolean {
  if (first.value === second.value || second.start - first.end > LONGEST || second.start < first.end) return false;
  const gap = text.slice(first.end, second.start);
  const lead = text.slice(Math.max(0, first.start - LONGEST), first.start);
  const behind = text.slice(second.end, second.end + 32);
  const isList = LISTED.test(gap);
  return (
    (RANGE.test(gap) && ['', unitOf(second)].includes(unitOf(first)) && !CHANGES.test(lead)) ||
    (isList && (BOTH_BEHIND.test(behind) || BETWEEN.test(lead))) ||
    ((isList || gap === ' ') && isEmpty(lead) && isEmpty(behind)) ||
    (!/[.。\n]/.test(gap) && ALSO_BEHIND.test(behind)) ||
    (CASE_OPENS.test(lead) && CASE_OPENS.test(gap)) ||
    (NEXT_CASE.test(gap) && CASE_FOLLOWS.test(behind)) ||
    areAlternatives(commitments, first, second, gap)
  );
}

/** Two commitments with no more than "or" between them: "\boxed{18} or \boxed{20}", "Answer: 18\nor\nAnswer: 20". */
function areAlternatives(commitments: readonly Committed[], first: Offer, second: Offer, gap: string): boolean {
  if (!isCommitted(commitments, first)) return false;
  const words = wordsBetween(gap);
  return OR.test(words) || (AND.test(words) && isCommitted(commitments, second));
}

function isCommitted(commitments: readonly Committed[], { start }: Offer): boolean {
  return commitments.some((c) => c.start <= start && start < c.end);
}

function isEmpty(around: string): boolean {
  return !/[\p{L}\p{N}]/u.test(around);
}

function wordsBetween(gap: string): string {
  return gap
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(COMMITTING, ' ')
    .replace(/ +/g, ' ')
    .trim();
}
