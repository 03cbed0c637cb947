/** Says that there is no answer. Folded text. */
const ABSTAINS = new RegExp(
  [
    String.raw`\b(?:cannot|can't|can not|could not|couldn't|unable to|not able to|not possible to|impossible to) (?:be )?(?:answer|determin|find|found|calculat|say|tell|infer|know)`,
    String.raw`\b(?:i )?(?:do not|don't|does not|doesn't|did not|didn't) (?:know|mention|say|state|specify|provide|contain|include|give|disclose|have (?:enough|sufficient|any))`,
    String.raw`(?:\b(?:not|never)|n't) (?:\w+ )?(?:clear (?:from|who|what|when|where|why|how|whether|which|if)|mentioned|stated|specified|provided|given|disclosed|found|available|answerable|enough information|sufficient information)\b`,
    String.raw`\bno (?:answer|information|mention|data)\b|\bunanswerable\b|\bunknown\b|\binsufficient (?:information|data)\b|\bn/a\b|\bi'?m not sure\b|\bnot sure\b`,
    String.raw`没有?(?:\S{0,4})?(?:提到|提及|提供|说明|交代|说|给出|披露|答案|相关|足够|记载|写)|[未无](?:\S{0,2})?(?:提到|提及|提供|说明|交代|给出|披露|记载)|无法(?:\S{0,4})?(?:回答|确定|判断|得知|得出|计算|知道|作答|推断|获知)|不(?:知道|清楚|确定|详)|信息不足|不能(?:确定|回答|判断)|无从(?:得知|知晓)|无答案|不可回答|未知`,
  ].join('|'),
  'i',
);

/** "The Unknown Soldier", "Unknown Pleasures": a name. */
const NAMED_UNKNOWN = /\bUnknown [A-Z]/;

/** Index of the first abstention in a cleaned text, or -1. */
export function abstentionAt(text: string): number {
  const at = text.search(ABSTAINS);
  return at >= 0 && NAMED_UNKNOWN.test(text.slice(at, at + 9)) ? -1 : at;
}
