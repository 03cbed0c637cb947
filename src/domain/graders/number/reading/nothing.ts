import { exactAmount } from './amount.ts';
import { ZERO } from './rational.ts';
import type { NumberToken, Token } from './tokens.ts';
import { NO_UNIT } from '../units/unitNames.ts';

/**
 * Says that there is none of what was asked for: "She has no coins left.", "None.", 一个也没有. Only as a statement of its
 * own: "5 cakes with no eggs left" says five.
 */
const NOTHING = new RegExp(
  [
    String.raw`(?<=^\s{0,3})(?:none|nothing|zero)(?: (?:is|are|was|were))?(?: (?:left|remaining|at all))?(?=[.!]?\s*$)`,
    String.raw`\b(?:ha(?:s|ve|d)|there (?:is|are|was|were|will be)|(?:is|are) left with) (?:no|zero) (?:more )?(?:[a-z]{2,15} ){1,2}(?:left(?: over)?|remaining)(?=[.!]?\s*$)`,
    String.raw`(?:^|[.!,]\s)(?:so,? |therefore,? )?no (?:[a-z]{2,15} ){1,2}(?:are|is|were|was|will be) left(?=[.!]?\s*$)`,
    String.raw`一[个只枚本张支块元颗条位件]?[也都]?(?:没有|不剩|没剩)[了下]?(?=[。！]?\s*$)|(?:^|[。，：]|就|已经?)没有剩下?(?:任何)?[\u4e00-\u9fff]{0,6}(?=[。！]?\s*$)`,
  ].join('|'),
  'i',
);
const MAY_SAY_NOTHING = /\bno(?:ne|thing)?\b|zero|没/i;
/** How much of the end is looked at, in UTF-16 units: it is the last thing that is said. */
const END = 80;

/** The numbers of a text, with a zero where it ends by saying that there is none. */
export function withNothing(text: string, tokens: readonly Token[]): readonly Token[] {
  const from = Math.max(0, text.length - END);
  const end = text.slice(from);
  const found = MAY_SAY_NOTHING.test(end) ? NOTHING.exec(end) : null;
  if (found === null) return tokens;
  const start = from + found.index;
  const none: NumberToken = {
    kind: 'number',
    start,
    end: start + found[0].length,
    amount: exactAmount(ZERO),
    unit: NO_UNIT,
    scaleWords: false,
    contradiction: false,
    negativeBy: null,
    role: 'value',
  };
  return [...tokens.filter((t) => t.end <= start), none];
}
