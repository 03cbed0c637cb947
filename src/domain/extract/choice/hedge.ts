/** Words that may stand between a hedge and its candidate. */
const TO_VALUE =
  "[ ,，:：\"'*$]{0,3}(?:(?:about|approximately|around|even|maybe|possibly|perhaps|it|is|it's|as|the|a|an|also|be|[a-z] ?=|约|大约|就?是|为|大概)[ ,]{0,2}){0,4}$";

/** Offers what follows beside what stands before: "12 or 15", 可能是12，也可能是15. */
const OR = new RegExp(
  String.raw`(?:\bor\b|\balternatively\b|\b(?:could|might|may) also be\b|或者?|还是|抑或|亦或|也可能|也有可能|也许|又或者?|要不然?|不然|也有人(?:说|认为|觉得))${TO_VALUE}`,
  'i',
);
/** Offers what follows only where the candidate before is offered in the same way: "maybe 12, maybe 15". */
const MAYBE = new RegExp(
  String.raw`(?:\bmaybe\b|\bperhaps\b|\bpossibly\b|\b(?:could|might|may) be\b|可能|也许|要么|或许)${TO_VALUE}`,
  'i',
);
/** "18, maybe 20" */
const MAYBE_AT_ONCE = /^(?: ?[\u4e00-\u9fff])? ?[,，;；?？]? ?(?:maybe|perhaps|possibly|可能|也许|或许)/i;
/** 不是12就是15, 非12即15 */
const IF_NOT = /(?:不是|非) ?$/;
const THEN_IT_IS = /^[^,，。；\n\d]{0,3}[,，]? ?(?:就是|便是|即是?|则是) ?$/;

/** Whether two candidates are offered as one of two, though the first stands behind a "not". */
export function isOneOf(lead: string, between: string): boolean {
  return THEN_IT_IS.test(between) && IF_NOT.test(lead);
}

/** Only lists: two values where one was asked for. */
const AND =
  /^(?: ?[a-z]{1,12}| ?[\u4e00-\u9fff]{1,2})?(?: ?[,，、&;；] ?| and | ?[和及与] ?| ?[,，] ?and | (?:to|through) | ?[至到~–] ?)$/i;

const LONGEST = 48;

interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Whether two neighbouring candidates are offered without a choice. `listed`: a mere list counts as well, as it does
 * inside one commitment.
 */
export function offersBoth(text: string, first: Place, second: Place, listed: boolean): boolean {
  if (second.start - first.end > LONGEST || second.start < first.end) return false;
  const between = text.slice(first.end, second.start);
  const lead = text.slice(Math.max(0, first.start - LONGEST), first.start);
  return (
    OR.test(between) ||
    (MAYBE.test(between) && (listed || MAYBE.test(lead) || MAYBE_AT_ONCE.test(between))) ||
    (listed && AND.test(between)) ||
    isOneOf(lead, between)
  );
}

/** A choice after a hedge: "12 or 15, but I think 15". */
const CHOICE =
  /(?:\bbut\b|\bmost likely\b|\bi (?:choose|pick|think|would say|'d say|go with)\b|\bfinally\b|\bso\b|\btherefore\b|所以|因此|但|更可能|最可能|我选|最终|最后)(?![^\n]*(?:\b(?:also|either|maybe)\b|也))[^\n]{0,40}$/i;

export function isChoice(between: string): boolean {
  return CHOICE.test(between.slice(-80));
}
