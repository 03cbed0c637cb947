import { plain } from './asides.ts';
import type { Asked } from './asked.ts';
import type { Offer } from '../choice/offer.ts';

/** The end of a clause, a calculation or an alternative: what follows is no statement about the number before it. */
const LEAVES_CLAUSE = /[，,。；;：:、（()）=≈+×÷*~\n]|或|还是|至|到|不是/;
/** 两人一共有, 5天共: what the number before is counted together for. */
const COUNTS_TOGETHER = /^[\u4e00-\u9fff]{0,3}(?:一共|总共|合计|共计?|相距)/;
/** Longest clause, in UTF-16 units, in which a condition is looked for. */
const REACH = 40;

/**
 * What a Chinese answer sentence states where it opens with a condition of the question: in 6小时行360千米 and
 * 两人一共有28颗糖 the last number of that clause which the question does not give. Null: the opening is the answer.
 */
export function behindCondition<T>(
  text: string,
  offers: readonly Offer<T>[],
  opening: Offer<T>,
  asked: Asked,
): Offer<T> | null {
  const stated = offers.findLast(
    (o) =>
      o.start >= opening.end &&
      o.start - opening.end < REACH &&
      o.value !== opening.value &&
      !asked.givens.has(plain(o)) &&
      isOneClause(text.slice(opening.end, o.start)),
  );
  if (stated === undefined) return null;
  const isGiven = asked.givens.has(plain(opening));
  return isGiven || COUNTS_TOGETHER.test(text.slice(opening.end, stated.start)) ? stated : null;
}

function isOneClause(between: string): boolean {
  return /^ ?[\u4e00-\u9fff]/.test(between) && !LEAVES_CLAUSE.test(between);
}
