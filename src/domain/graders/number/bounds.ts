import type { NumberToken } from './tokens.ts';

/** "less than 18", 超过581亿元: only what the value is not. */
const BOUND_BEFORE =
  /(?:\b(?:less|more|fewer|greater|higher|lower|larger|smaller) than (?:about |approximately |the )?|(?:超过|不到|不足|少于|多于|大于|小于|未满)了?)$/i;
/** "half of 36", "20% of 90": what a part is taken of. */
const PART_BEFORE = /(?:\b(?:half|third|quarter|fourth|fifth|tenth)s?|%|\bpercent) of (?:the |all |those )?$/i;
/** √36, "log 18": the number that something is done to. */
const ARGUMENT_BEFORE = /(?:√|\b(?:sqrt|log|ln|sin|cos|tan)) {0,2}\(?$/i;
const TERM_BEFORE = /(?:(?<![A-Za-z])[a-z] ?[+*×÷^]|π ?[-+*/×÷^]?) ?$/i;
/** "18x", "18 + x", "18π", 582亿元的十分之一, 1990年代, "1990s". */
const TERM_BEHIND = /^(?: ?[-+*/×÷^] ?[a-z](?![A-Za-z])|[yznabei](?![A-Za-z\d])| ?π|x(?= ?[-+*/=^])|x[.。]?\s*$| ?√)/;
/** 1990年代, "1990s", 18多个 */
const VAGUE_BEHIND = /^[代多余]|^s\b/;
const PART_BEHIND = /^的(?:一半|(?:\d{1,3}|[一二三四五六七八九十百千万]{1,4})(?:分之|%|倍))/;

/** Asked first, because it is asked of every number: what the patterns above can touch it with. */
const MAY_STAND_BEFORE = /[a-z+*/×÷^√π过到足于满了]/i;
const MAY_STAND_BEHIND = /[-+*/×÷^ yznabeixπ√代多余s的]/;

/** Whether a number is not itself what is said, but a bound, a term of an expression or the whole of a part. */
export function isNotItself(text: string, { start, end }: NumberToken): boolean {
  return (
    (MAY_STAND_BEHIND.test(text[end] ?? '') && goesOn(text.slice(end, end + 12))) ||
    (text[end - 1] === 's' && /\d{3}0s$/.test(text.slice(start, end))) ||
    (MAY_STAND_BEFORE.test(text.slice(Math.max(0, start - 3), start)) &&
      isLed(text.slice(Math.max(0, start - 32), start)))
  );
}

function isLed(before: string): boolean {
  return [BOUND_BEFORE, PART_BEFORE, ARGUMENT_BEFORE, TERM_BEFORE].some((pattern) => pattern.test(before));
}

function goesOn(behind: string): boolean {
  return [VAGUE_BEHIND, TERM_BEHIND, PART_BEHIND].some((pattern) => pattern.test(behind));
}
