import { exactAmount, type Amount } from '../reading/amount.ts';
import { add, atMost, divide, multiply, negate, type Rational } from '../reading/rational.ts';
import { looksLikeYear } from './roles.ts';
import type { NumberToken, Token } from '../reading/tokens.ts';

/** Between the parts of one quantity: "18元5角", "18 dollars and 50 cents", "3小时零5分". */
const BETWEEN_PARTS = /^(?:[ \u2009]?(?:and|又|零)?[ \u2009]?|, )$/;
const LONGEST_BETWEEN = 5;

/** Joins the parts of compound quantities: 3 hours 30 minutes is one token of 3.5 hours. */
export function joinCompounds(text: string, tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const whole =
      last?.kind !== 'number' || token.kind !== 'number'
        ? null
        : partsTouch(text, last, token)
          ? joinPair(last, token)
          : joinScales(text, last, token);
    if (whole === null) joined.push(token);
    else joined[joined.length - 1] = whole;
  }
  return joined;
}

function partsTouch(text: string, large: NumberToken, small: NumberToken): boolean {
  if (large.unit.kind !== 'measure' && large.unit.kind !== 'money') return false;
  return small.start - large.end <= LONGEST_BETWEEN && BETWEEN_PARTS.test(text.slice(large.end, small.start));
}

function joinPair(large: NumberToken, small: NumberToken): NumberToken | null {
  const ratio = factorBetween(large, small);
  if (ratio === null || large.amount === null || small.amount === null || small.negativeBy !== null) return null;
  const part = multiply(small.amount.value, ratio);
  const value = add(large.amount.value, large.negativeBy === null ? part : negate(part));
  const place = multiply(small.amount.place, ratio);
  const amount: Amount = { ...exactAmount(value), place, digits: large.amount.digits + small.amount.digits };
  return { ...large, end: small.end, amount };
}

/** "58 billion 159 million 881 thousand yuan": each scale holds what is less than the one before. */
function joinScales(text: string, large: NumberToken, small: NumberToken): NumberToken | null {
  if (!large.scaleWords || !small.scaleWords || large.unit.kind !== 'none' || small.negativeBy !== null) return null;
  if (large.amount === null || small.amount === null || text.slice(large.end, small.start) !== ' ') return null;
  if (atMost(large.amount.scale, small.amount.value) || atMost(large.amount.scale, small.amount.scale)) return null;
  const value = add(large.amount.value, large.negativeBy === null ? small.amount.value : negate(small.amount.value));
  const digits = large.amount.digits + small.amount.digits;
  return { ...small, start: large.start, amount: { ...small.amount, value, digits }, negativeBy: large.negativeBy };
}

/** What one unit of `small` is in units of `large`, where it is a smaller unit of the same kind. */
function factorBetween(large: NumberToken, small: NumberToken): Rational | null {
  if (large.unit.kind === 'none' || small.unit.kind !== large.unit.kind || small.scaleWords || large.scaleWords)
    return null;
  // Most neighbours have the same unit: items of a list.
  if (small.unit.factor === large.unit.factor) return null;
  if (small.unit.kind === 'measure' && large.unit.kind === 'measure') {
    if (small.unit.dimension !== large.unit.dimension || small.unit.dimension === 'count') return null;
  }
  if (small.unit.kind === 'money' && large.unit.kind === 'money') {
    const { currencies } = large.unit;
    if (!small.unit.currencies.some((c) => currencies.includes(c))) return null;
  }
  const ratio = divide(small.unit.factor, large.unit.factor);
  return ratio.n < ratio.d ? ratio : null;
}

/** A counted thing may stand behind each number: "16 eggs - 3 eggs = 13 eggs", "16个 - 3个 = 13个". */
const OPERATOR =
  /^[ \u2009]{0,3}(?:[a-z]{1,15}|[\u4e00-\u9fff]{1,3})?[)） ]{0,3}(?:[-+*/×÷–^]|x(?= ))[ \u2009]{0,3}[(（]?$/i;
/** What is added has its own label: "商品收入48千元 + 服务收入9千元 = 57千元". */
const LABELLED_PLUS = /^ {0,3}\+ {0,3}[\u4e00-\u9fffa-z ]{1,20}[：:]? {0,3}$/i;
const EQUALS = /^[ \u2009]{0,3}(?:[a-z]{1,15}|[\u4e00-\u9fff]{1,3})?[)） ]{0,3}[=≈][ \u2009]{0,3}[(（]?$/i;
/** "18 plus 8", "18 eggs times 2", "18 over 2" at the end of a sentence; "18 over 2 weeks" and "up 18 over 2023" are no calculations. */
const WORD_OPERATOR = /^(?: [a-z]{1,15})? (?:plus|minus|times|multiplied by|divided by) [$€£]?$|^ less [$€£]?$/i;
const OVER = /^ over $/i;
/** Operators that were read as a unit and as a sign. */
const TIMES = /\btimes$/i;
const MINUS = /^minus\b/i;
/** A difference, unless a sum of it is told: "18 more than 8, i.e. 26". */
const MORE = /^ (?:more|less|fewer) than [$€£]?$/i;
const TOLD = /^,? (?:i\.e\.|that is|so|which (?:is|makes?|gives|equals)),? [^\d\n.]{0,12}\d/i;
/** What a calculation in words comes to: "18 minus 4, which is 14". */
const WORD_EQUALS =
  /^(?: [a-z]{1,15})?,? (?:which |that )?(?:is|are|equals?|makes?|gives?|so|i\.e\.)(?: [a-z]{1,10}){0,2},? [$€£]?$/i;
/** Asked first: a piece of each of the above. */
const MAY_LINK = /[-+*/×÷–^x=≈]|plus|minus|times|by|less|than|over/i;

/**
 * Marks the operands of calculations. In "16 - 3 - 4 = 9" only 9 is a value; in "18 = 3 × 6" it is 18: the last side
 * that is a single number. A calculation without any such side ("3 + 22") has no value: it is not ours to compute.
 */
export function markOperands(text: string, tokens: readonly Token[]): readonly Token[] {
  const marked = [...tokens];
  let at = 0;
  while (at < tokens.length) {
    let end = at;
    const sides: number[][] = [[at]];
    for (; end + 1 < tokens.length; end++) {
      const link = linkOf(text, tokens[end], tokens[end + 1], (sides.at(-1)?.length ?? 0) > 1);
      if (link === null) break;
      if (link === 'equals') sides.push([end + 1]);
      else sides.at(-1)?.push(end + 1);
    }
    if (end > at) {
      const single = sides.filter((side) => side.length === 1).at(-1)?.[0];
      for (let i = at; i <= end; i++) {
        const token = marked[i];
        if (token?.kind !== 'number') continue;
        if (single === undefined) marked[i] = { ...token, amount: null };
        else if (i !== single) marked[i] = { ...token, role: 'operand' };
      }
    }
    at = end + 1;
  }
  return marked;
}

/** `isCalculation`: an operator stands before `left`, so that words may be its equals sign. */
function linkOf(
  text: string,
  left: Token | undefined,
  right: Token | undefined,
  isCalculation: boolean,
): 'operator' | 'equals' | null {
  if (left?.kind !== 'number' || right?.kind !== 'number' || right.start - left.end > 24) return null;
  const gap = text.slice(left.end, right.start).replaceAll('\\', '');
  if (isCalculation && WORD_EQUALS.test(gap)) return 'equals';
  if (gap.trim() !== '' && !MAY_LINK.test(gap)) return null;
  if (EQUALS.test(gap)) return 'equals';
  const isOperator =
    OPERATOR.test(gap) ||
    LABELLED_PLUS.test(gap) ||
    WORD_OPERATOR.test(gap) ||
    (MORE.test(gap) && TOLD.test(text.slice(right.end, right.end + 32))) ||
    (OVER.test(gap) &&
      right.unit.kind === 'none' &&
      !looksLikeYear(text, right) &&
      /^\.?\s*$/.test(text.slice(right.end, right.end + 3)));
  const isWord =
    gap === ' ' &&
    (TIMES.test(text.slice(left.start, left.end)) || MINUS.test(text.slice(right.start, right.start + 6)));
  return isOperator || isWord || (gap === '' && right.negativeBy === 'sign') ? 'operator' : null;
}
