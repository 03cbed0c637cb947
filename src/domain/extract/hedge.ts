/** Words between two candidates that offer both: "12 or 15", 可能是12，也可能是15. */
const OR =
  /^(?: ?[a-z]{1,12}\b| ?[\u4e00-\u9fff]{1,3}?)?[ ,，、;；.。?？/]{0,4}(?:\bor\b|\bmaybe\b|\bperhaps\b|\bpossibly\b|\balternatively\b|或者?是?|还是|抑或|亦或|也可能是?|也许是?|又或者?)[ a-z,，]{0,24}(?:可能|也许|大概)?是?[ ：:]{0,2}$/i;
/** Words that only list: two values where one was asked for. */
const AND =
  /^(?: ?[a-z]{1,12}| ?[\u4e00-\u9fff]{1,2})?(?: ?[,，、&;；] ?| and | ?[和及与] ?| ?[,，] ?and | (?:to|through) | ?[至到~–] ?)$/i;

/** Whether the text between two candidates offers both without a choice. `direct`: inside one commitment. */
export function isHedge(between: string, direct: boolean): boolean {
  if (between.length > 48) return false;
  return OR.test(between) || (direct && AND.test(between));
}

/** A choice after a hedge: "12 or 15, but I think 15". */
const CHOICE =
  /(?:\bbut\b|\bmost likely\b|\bi (?:choose|pick|think|would say|'d say|go with)\b|\bfinally\b|\bso\b|\btherefore\b|所以|因此|但|更可能|最可能|我选|最终|最后)[^\n]{0,40}$/i;

export function isChoice(between: string): boolean {
  return CHOICE.test(between.slice(-80));
}
