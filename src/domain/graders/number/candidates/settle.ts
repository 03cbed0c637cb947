import type { Note } from '../../../verdict.ts';
import { type Amount, negated } from '../reading/amount.ts';
import type { ExpectedNumber } from '../compare.ts';
import { atMost, type Rational, ZERO } from '../reading/rational.ts';
import type { NumberToken } from '../reading/tokens.ts';

const LOSS_BEFORE =
  /(?:净?亏损?(?!减少|收窄|缩小|下降|幅)|赔了|净流出|净支出|\bnet (?:cash )?outflows? (?:of|was|:)|\b(?:net |a )?loss(?:es)?(?: (?:before|after)(?: income)? tax(?:es|ation)?)?(?: for the (?:year|period))?(?: (?:of|was|were|is|amounted to|totall?ed)| ?:))[^\d\n，。；;]{0,10}$/i;
const LOSS_BEHIND = /^[ ]?(?:的)?净?亏损(?!减少|收窄)|^ (?:net )?loss\b/i;
/** Asked first, of every number. */
const MAY_LOSE = /[亏赔]|lo(?:ss|st)|净流出|净支出|outflow/i;
/** Of money only: apples that are lost are counted. */
const MONEY_LOST = /\blost (?:about |approximately |nearly )?$/i;
const NO_LOSS = /扭亏|减亏|没有亏|无亏|未亏|亏损(?:减少|收窄|缩小|下降)|\b(?:no|not a) (?:net )?loss/i;
const FALL_BEFORE =
  /(?:(?:下降|减少|下跌|降低|下滑|跌|缩减|收缩|负增长)(?:了|幅度?为|率为|约|近|为){0,2}|\b(?:decreas\w{0,4}|declin\w{0,4}|fell|fallen|dropp?\w{0,3}|reduc\w{0,5}|shr[aiu]nk|contracted|lower|down|fall) (?:of |by )?(?:about |approximately |some |nearly )?)$/i;
const FALL_BEHIND = /^ (?:decrease|decline|drop|fall|reduction|lower|down)\b|^的?(?:降幅|跌幅)/i;
/** Also for a change, whose sign says which way it went. */
const ASKS_RISE =
  /增长|增加|上升|提高|上涨|变[动化]|增减|增[速幅]|涨跌|\b(?:increase|rise|rose|grow|grew|growth|gain|change)/i;
const ASKS_FALL = /下降|减少|下跌|降低|下滑|跌|\b(?:decrease|decline|fall|fell|drop|reduc|lower)/i;
const BELOW_ZERO = /^ ?(?:degrees?|°|℃)?(?: (?:celsius|fahrenheit|[cf]))? ?below (?:zero|freezing)/i;
/** Brackets that stand alone in a cell or as the answer: elsewhere they hold a remark. */
const OPENS_VALUE = /(?:^|[\n|是为:：=]|\b(?:is|was|of))\s*[(（]$/i;
const BELOW_ZERO_LENGTH = 36;
/** "loss before income tax for the year amounted to RMB" */
const LOSS_LENGTH = 56;
/** As accountants write a negative before it. Before a rate it is an arrow. */
const MINUS_SIGN = /[△▲] ?$/;
const ASKS_LOSS = /亏损|净流出|净支出|\boutflow|\blo(?:ss|se|st|sing)\b/i;

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
  const isMoney = expected.kind === 'money';
  const isMinus = isMoney && MINUS_SIGN.test(before);
  if (isMinus || isFall(expected, before, behind, question) || isBelowZero(text, token)) {
    return { amount: negated(amount), notes: [{ code: 'sign-from-word', params: {} }] };
  }
  const takesSign = isMoney || expected.kind === 'plain' || expected.kind === 'unknown';
  const lossBefore = text.slice(Math.max(0, token.start - LOSS_LENGTH), token.start);
  if (!takesSign || !isLoss(lossBefore, behind, isMoney)) return { amount, notes: [] };
  const wantsSize = ASKS_LOSS.test(question) && atMost(ZERO, expected.value);
  return wantsSize
    ? { amount, notes: [] }
    : { amount: negated(amount), notes: [{ code: 'sign-from-word', params: {} }] };
}

function isLoss(before: string, behind: string, isMoney: boolean): boolean {
  if (!MAY_LOSE.test(before) && !MAY_LOSE.test(behind)) return false;
  const isLost = LOSS_BEFORE.test(before) || LOSS_BEHIND.test(behind) || (isMoney && MONEY_LOST.test(before));
  return isLost && !NO_LOSS.test(before);
}

/** "下降了3.25%" is −3.25 % of growth; where the fall itself is asked for, a positive gold is its size. */
function isFall(expected: ExpectedNumber, before: string, behind: string, question: string): boolean {
  if (expected.kind !== 'percent' && expected.kind !== 'points') return false;
  if (!FALL_BEFORE.test(before) && !FALL_BEHIND.test(behind)) return false;
  return isNegative(expected.value) || (ASKS_RISE.test(question) && !ASKS_FALL.test(question));
}

function isBelowZero(text: string, { end }: NumberToken): boolean {
  return /[ °℃]/.test(text[end] ?? '') && BELOW_ZERO.test(text.slice(end, end + BELOW_ZERO_LENGTH));
}

function isNegative(value: Rational): boolean {
  return value.n < 0n;
}
