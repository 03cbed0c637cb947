import type { NumberToken } from '../reading/tokens.ts';

/** "less than 18", "at least 18", 超过581亿元, 至少18, "x ≥ 18": where a value may lie, or what it is not. */
const BOUND_BEFORE = new RegExp(
  [
    String.raw`\b(?:(?:less|more|fewer|greater|higher|lower|larger|smaller) than(?: or equal to)?|over|under|above|below|beyond|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|at (?:the )?(?:least|most)|(?:minimum|maximum) of) (?:about |approximately |the )?$`,
    // "adds up to 18" is a sum.
    String.raw`(?<!\b(?:add|sum|round|com|total|go|bring|tak|it|that|this|all|work|get)\w{0,4} )\bup to (?:about |the )?$`,
    String.raw`(?:超过|不到|不足|未满|超出|突破|[少多大小高低]于|[至最][少多])[了有是为要达]{0,2}$`,
    String.raw`(?:[≥≤≠±]|[<>!]=|\+/-) ?$`,
  ].join('|'),
  'i',
);
/** "x > 18", but not "->18", the "<<9*2=18>>18" of GSM8K, a tag (<b>18) or a quoted line of Markdown ("> 18"). */
const SIGN_BEFORE = /(?<![-=<>|])(?<!<\/?[a-z][\w-]{0,12})(?<!(?:^|\n)[ \t]{0,3}(?=> ))[<>] ?$/i;
/** "You need at least 18", 至少需要18: the least that is enough is what was asked for. */
const IS_ENOUGH =
  /\b(?:needs?|must|ha(?:s|ve) to|requires?)\b[^.\n]{0,20}\bat least (?:about )?$|(?:需要?|必须|要|得)\S{0,4}[至最]少[有是为要]?$|[至最]少(?:需要?|要)$/i;
const ASKS_BOUND =
  /\b(?:least|minimum|fewest|smallest|lowest|most|maximum|largest|greatest|highest|limit)\b|[至最][少多小大低高]|上限|下限/i;

/** "half of 36", "twice 18", "20% of 90": what a part or a multiple is taken of. */
const PART_BEFORE =
  /(?:\b(?:half|third|quarter|fourth|fifth|tenth)s?|%|\bpercent) of (?:the |all |those )?$|\b(?:twice|thrice|double|triple|quadruple)(?: of)? (?:the )?$/i;
/** √36, "log 18": the number that something is done to. */
const ARGUMENT_BEFORE = /(?:√|\b(?:sqrt|log|ln|sin|cos|tan)) {0,2}\(?$/i;
const TERM_BEFORE = /(?:(?<![A-Za-z])[a-z] ?[+*×÷^]|π ?[-+*/×÷^]?) ?$/i;
/** "18x", "18 + x", "18π", 582亿元的十分之一, 1990年代, "1990s". */
const TERM_BEHIND = /^(?: ?[-+*/×÷^] ?[a-z](?![A-Za-z])|[yznabei](?![A-Za-z\d])| ?π|x(?= ?[-+*/=^])|x[.。]?\s*$| ?√)/;
/** 1990年代, "1990s", 18多个 */
const VAGUE_BEHIND = /^[代多余]|^s\b/;
const PART_BEHIND = /^的(?:一半|(?:\d{1,3}|[一二三四五六七八九十百千万]{1,4})(?:分之|%|倍))/;
/** "18 or more", 18以上, "18+", "18 ± 2". */
const BOUND_BEHIND =
  /^(?:(?: [a-z]{1,12})? or (?:more|less|fewer|higher|greater|larger|lower|smaller|above|below|over|under)\b| and (?:up|above|over)\b|\+(?! ?(?:[\d$(√]|[a-z](?![a-z])))| ?(?:±|\+\/-)|[\u4e00-\u9fff]?(?:及?以[上下内]|之[上下内](?!和|积|差)))/i;
const RAISED_BEHIND = /^ (?:squared|cubed|doubled|tripled|halved)\b/i;

/** Asked first, because it is asked of every number: what the patterns above can touch it with. */
const MAY_STAND_BEFORE = /[a-z+*/×÷^√π<>≥≤≠±=\-过到足满于少多出破了有是为要达]/i;
const MAY_STAND_BEHIND = /[-+*/×÷^± yznabeixπ√s\u4e00-\u9fff]/;

/** Whether a question asks for a least or a greatest value: then "at least 18" is an answer to it. */
export function asksBound(question: string): boolean {
  return ASKS_BOUND.test(question);
}

/**
 * Whether a number is not itself what is said, but a term of an expression, the whole of a part or, where none is asked
 * for (`boundsCount`), a bound.
 */
export function isNotItself(text: string, { start, end }: NumberToken, boundsCount: boolean): boolean {
  return (
    (MAY_STAND_BEHIND.test(text[end] ?? '') && goesOn(text.slice(end, end + 24), boundsCount)) ||
    (text[end - 1] === 's' && /\d{3}0s$/.test(text.slice(start, end))) ||
    (MAY_STAND_BEFORE.test(text.slice(Math.max(0, start - 3), start)) &&
      isLed(text.slice(Math.max(0, start - 40), start), boundsCount))
  );
}

function isLed(before: string, boundsCount: boolean): boolean {
  const isBound = BOUND_BEFORE.test(before) || SIGN_BEFORE.test(before);
  return (
    (isBound && !boundsCount && !IS_ENOUGH.test(before)) ||
    [PART_BEFORE, ARGUMENT_BEFORE, TERM_BEFORE].some((pattern) => pattern.test(before))
  );
}

function goesOn(behind: string, boundsCount: boolean): boolean {
  return (
    (!boundsCount && BOUND_BEHIND.test(behind)) ||
    [VAGUE_BEHIND, TERM_BEHIND, PART_BEHIND, RAISED_BEHIND].some((pattern) => pattern.test(behind))
  );
}
