import type { Note } from '../../verdict.ts';
import { type Amount, negated } from './amount.ts';
import type { Expected } from './expected.ts';
import { ZERO, atMost } from './rational.ts';
import type { NumberToken } from './tokens.ts';

const LOSS_BEFORE =
  /(?:净?亏损?(?!减少|收窄|缩小|下降|幅)|\b(?:net |a )?loss(?:es)? (?:of|was|were|is|amounted to|totall?ed|:))[^\d\n，。；;]{0,10}$/i;
const LOSS_BEHIND = /^[ ]?(?:的)?净?亏损(?!减少|收窄)|^ (?:net )?loss\b/i;
/** Asked first, of every number. */
const MAY_LOSE = /亏|loss/i;
const NO_LOSS = /扭亏|减亏|没有亏|无亏|未亏|亏损(?:减少|收窄|缩小|下降)|\bno (?:net )?loss/i;
const ASKS_LOSS = /亏损|\bloss\b/i;

/**
 * The amount with the sign that its surroundings give it. Parentheses make a negative only where a table could have
 * written them: for money and rates. A loss is negative, unless the question itself asks for the loss: then a positive
 * gold is its size.
 */
export function settleSign(
  text: string,
  token: NumberToken,
  amount: Amount,
  expected: Exclude<Expected, { kind: 'date' | 'range' }>,
  question: string,
): { readonly amount: Amount; readonly notes: readonly Note[] } {
  const isTable = expected.kind === 'money' || expected.kind === 'percent' || expected.kind === 'points';
  if (token.negativeBy === 'parentheses') {
    return isTable
      ? { amount, notes: [{ code: 'sign-from-parentheses', params: {} }] }
      : { amount: negated(amount), notes: [] };
  }
  const isPositive = !atMost(amount.value, ZERO);
  const before = text.slice(Math.max(0, token.start - 28), token.start);
  const behind = text.slice(token.end, token.end + 12);
  const isInBrackets = isPositive && isTable && before.endsWith('(') && behind.startsWith(')');
  if (isInBrackets && text.trim() === text.slice(token.start - 1, token.end + 1)) {
    return { amount: negated(amount), notes: [{ code: 'sign-from-parentheses', params: {} }] };
  }
  const isLoss =
    (MAY_LOSE.test(before) || MAY_LOSE.test(behind)) &&
    (LOSS_BEFORE.test(before) || LOSS_BEHIND.test(behind)) &&
    !NO_LOSS.test(before);
  const takesSign = expected.kind === 'money' || expected.kind === 'plain' || expected.kind === 'unknown';
  if (!isPositive || !isLoss || !takesSign) return { amount, notes: [] };
  const wantsSize = ASKS_LOSS.test(question) && atMost(ZERO, expected.value);
  return wantsSize
    ? { amount, notes: [] }
    : { amount: negated(amount), notes: [{ code: 'sign-from-word', params: {} }] };
}
