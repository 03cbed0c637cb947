const NOT_BEFORE =
  /(?:\b(?:do not|don't|doesn't) (?:think|believe)(?: that)? (?:it'?s|it is|this is|that'?s|the answer is)|不(?:认为|觉得)(?:答案)?是|\b(?:not|never|n't|cannot be|can't be|rather than|instead of|no longer|other than|nor|neither|without|as opposed to|different from|(?:is|was) (?:anything|all) but|mistake to (?:say|think|answer|assume|claim)(?: that)?(?: it'?s| it is)?)\b|n't(?: be)?)(?: (?:be|equal(?: to)?|exactly|the|a|an|simply|to|at|as|[a-z]{1,8}'?s?))?[ "'“$¥:]{0,3}$|(?:不(?:可能)?是|并非|而非|不同于|不等于|不会是|不应该?是|不能是|不为|不该是|绝非|排除)["'“「 ]{0,2}(?:约|大约)?$/i;
const ONLY = /\bnot (?:only|just|even|less|more)\b[^,.]{0,16}$/i;
const NOT_BEHIND =
  /^["'”」]?(?: [a-z]{1,12})?[ ,，]{0,2}(?:which |that )?(?:(?:is|was) (?:wrong|incorrect|false|not (?:right|correct|the answer)|what (?:you|one|we)(?:'d| would| will)? get (?:if|when))|would be (?:wrong|incorrect|too (?:low|high|much|many|few|little))|not(?=[.!]))|^[ ,，]{0,2}(?:(?:这|那)?(?:个|种)?(?:答案|结果|说法)?(?:是)?(?:不对|不正确|错的|错误)|不是(?:答案|正确))/i;
/** "12? No, 15": asked and answered. */
const REFUSED_BEHIND = /^ ?[?？][ "”]{0,2}(?:no\b|nope\b|not\b|不|没)/i;

/** A piece of each of the words above, asked first, because they are asked of every candidate. */
const MAY_DENY = /n[o'e]|but|opposed|different|mistake|cannot|can't|than|instead|without|不|非|排除/i;
const MAY_REFUSE = /wrong|what|would|incorrect|false|not|[不错]/i;

/** Whether the candidate at `[start, end)` is said not to be the answer. Looks at a bounded stretch on both sides. */
export function isNegated(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 32), start);
  if (MAY_DENY.test(before) && NOT_BEFORE.test(before) && !ONLY.test(before)) return true;
  const behind = text.slice(end, end + 32);
  return (MAY_REFUSE.test(behind) && NOT_BEHIND.test(behind)) || REFUSED_BEHIND.test(behind);
}
