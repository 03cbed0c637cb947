import type { Note } from '../../verdict.ts';
import { type Amount, negated } from './amount.ts';
import type { ExpectedNumber } from './compare.ts';
import { atMost, type Rational, ZERO } from './rational.ts';
import type { NumberToken } from './tokens.ts';

const LOSS_BEFORE =
  /(?:净?亏损?(?!减少|收窄|缩小|下降|幅)|\b(?:net |a )?loss(?:es)? (?:of|was|were|is|amounted to|totall?ed|:))[^\d\n，。；;]{0,10}$/i;
const LOSS_BEHIND = /^[ ]?(?:的)?净?亏损(?!减少|收窄)|^ (?:net )?loss\b/i;
/** Asked first, of every number. */
const MAY_LOSE = /亏|loss/i;
const NO_LOSS = /扭亏|减亏|没有亏|无亏|未亏|亏损(?:减少|收窄|缩小|下降)|\bno (?:net )?loss/i;
const FALL_BEFORE =
  /(?:(?:下降|减少|下跌|降低|下滑|跌|缩减|收缩)(?:了|幅度?为|率为|约|近){0,2}|\b(?:decreas\w{0,4}|declin\w{0,4}|fell|fallen|dropp?\w{0,3}|reduc\w{0,5}|lower|down|fall) (?:of |by )?(?:about |approximately |some |nearly )?)$/i;
const ASKS_RISE = /增长|增加|上升|提高|上涨|\b(?:increase|rise|rose|grow|grew|growth|gain)/i;
const ASKS_FALL = /下降|减少|下跌|降低|下滑|跌|\b(?:decrease|decline|fall|fell|drop|reduc|lower)/i;
const BELOW_ZERO = /^ ?(?:degrees?|°|℃)?(?: (?:celsius|fahrenheit|[cf]))? ?below (?:zero|freezing)/i;
/** Brackets that stand alone in a cell or as the answer: elsewhere they hold a remark. */
const OPENS_VALUE = /(?:^|[\n|是为:：=]|\b(?:is|was|of))\s*[(（]$/i;
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
  expected: ExpectedNumber,
  question: string,
): { readonly amount: Amount; readonly notes: readonly Note[] } {
  const isTable = expected.kind === 'money' || expected.kind === 'percent' || expected.kind === 'points';
  if (token.negativeBy === 'parentheses') {
    return isTable
      ? { amount, notes: [{ code: 'sign-from-parentheses', params: {} }] }
      : { amount: negated(amount), notes: [] };
  }
  if (amount.value.n <= 0n) return { amount, notes: [] };
  const before = text.slice(Math.max(0, token.start - 28), token.start);
  const behind = text.slice(token.end, token.end + 12);
  if (isTable && behind.startsWith(')')) {
    const isAll = before.endsWith('(') && text.trim() === text.slice(token.start - 1, token.end + 1);
    if (isAll || (isNegative(expected.value) && OPENS_VALUE.test(before)))
      return { amount: negated(amount), notes: [{ code: 'sign-from-parentheses', params: {} }] };
  }
  if (isFall(expected, before, question) || BELOW_ZERO.test(behind)) {
    return { amount: negated(amount), notes: [{ code: 'sign-from-word', params: {} }] };
  }
  const takesSign = expected.kind === 'money' || expected.kind === 'plain' || expected.kind === 'unknown';
  if (!takesSign || !isLoss(before, behind)) return { amount, notes: [] };
  const wantsSize = ASKS_LOSS.test(question) && atMost(ZERO, expected.value);
  return wantsSize
    ? { amount, notes: [] }
    : { amount: negated(amount), notes: [{ code: 'sign-from-word', params: {} }] };
}

function isLoss(before: string, behind: string): boolean {
  if (!MAY_LOSE.test(before) && !MAY_LOSE.test(behind)) return false;
  return (LOSS_BEFORE.test(before) || LOSS_BEHIND.test(behind)) && !NO_LOSS.test(before);
}

/** "下降了3.25%" is −3.25 % of growth; where the fall itself is asked for, a positive gold is its size. */
function isFall(expected: ExpectedNumber, before: string, question: string): boolean {
  if ((expected.kind !== 'percent' && expected.kind !== 'points') || !FALL_BEFORE.test(before)) return false;
  return isNegative(expected.value) || (ASKS_RISE.test(question) && !ASKS_FALL.test(question));
}

function isNegative(value: Rational): boolean {
  return value.n < 0n;
}
