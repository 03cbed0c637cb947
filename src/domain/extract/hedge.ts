/** Words that may stand between a hedge and its candidate. */
const TO_VALUE =
  "[ ,，:：\"'*$]{0,3}(?:(?:about|approximately|around|even|maybe|possibly|perhaps|it|is|it's|as|the|a|an|also|be|约|大约|是|为|大概)[ ,]{0,2}){0,4}$";

/** Offers what follows beside what stands before: "12 or 15", 可能是12，也可能是15. */
const OR = new RegExp(
  String.raw`(?:\bor\b|\balternatively\b|\b(?:could|might|may) also be\b|或者?|还是|抑或|亦或|也可能|也许|又或者?)${TO_VALUE}`,
  'i',
);
/** Offers what follows only where the candidate before is offered in the same way: "maybe 12, maybe 15". */
const MAYBE = new RegExp(
  String.raw`(?:\bmaybe\b|\bperhaps\b|\bpossibly\b|\b(?:could|might|may) be\b|可能|也许|要么|或许)${TO_VALUE}`,
  'i',
);
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
  return OR.test(between) || (MAYBE.test(between) && (listed || MAYBE.test(lead))) || (listed && AND.test(between));
}

/** A choice after a hedge: "12 or 15, but I think 15". */
const CHOICE =
  /(?:\bbut\b|\bmost likely\b|\bi (?:choose|pick|think|would say|'d say|go with)\b|\bfinally\b|\bso\b|\btherefore\b|所以|因此|但|更可能|最可能|我选|最终|最后)(?![^\n]*\b(?:also|either)\b)[^\n]{0,40}$/i;

export function isChoice(between: string): boolean {
  return CHOICE.test(between.slice(-80));
}
