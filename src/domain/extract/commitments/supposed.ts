const IN_BRACKET = /[(（][^)）]*$/;
const SUPPOSES = /\b(?:would|if|alternative(?:ly)?|instead|otherwise)\b|如果|若是|假如/i;
const SUPPOSES_BEHIND = /^[^)）\n.]{0,24}\b(?:would be|if)\b|^ ?(?:sure|certain|confiden\w+)\b/i;
/** "Alternatively, …", "If older, 14", "with a cost of $8 it would be $18", "If she sold only 9, she would …". */
const OTHER_CASE =
  /^\W*alternative(?:ly)?\b|^\W*if(?: [a-z]+){1,3}, ?[$€£¥]?$|\b(?:with|without|if)\b[^.\n]{0,40}\bit would be [$€£¥]?$|^\W*if\b[^.\n]*\bonly\b[^.\n]*\bwould\b|如果只[^。\n]*[则就]/i;

/**
 * Whether a number behind another stands for what is not the case. `sentence`: its own up to it; `tail`: what follows.
 * A bare "if … would" is no sign: solutions are told so.
 */
export function isSupposed(sentence: string, tail: string): boolean {
  const bracket = IN_BRACKET.exec(sentence)?.[0];
  if (bracket !== undefined && (SUPPOSES.test(bracket) || SUPPOSES_BEHIND.test(tail))) return true;
  return OTHER_CASE.test(sentence);
}
