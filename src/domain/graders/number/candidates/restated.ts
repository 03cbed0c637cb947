import {
  absolute,
  atMost,
  divide,
  equal,
  multiply,
  powerOfTen,
  type Rational,
  rational,
  subtract,
} from '../reading/rational.ts';
import type { NumberToken, Token } from '../reading/tokens.ts';

/** Between a quantity and what it is said again as: "30 minutes, or 0.5 hours", "90 km. That's about 56 miles". */
const AGAIN =
  /^(?: (?:per|an?|each|every) [a-z]{3,5})?[,，.;。]? ?(?:or|=|i\.e\.,?|that is,?|that's|which is|[(（]|即|也就是|每月|每年)? ?(?:about |around |approximately |roughly |约|or )?$/i;
const SAYS_AGAIN = /or|=|i\.e|that|which|[(（]|即|也就是|每[月年]/i;
const PERIOD_BEHIND = /^ ?(?:per|an?|each|every|\/) ?(day|week|month|year)\b/i;
const PERIOD = /\b(?:per|an?|each|every) (day|week|month|year)\b|\b(daily|weekly|monthly|yearly|annual)/i;
const PERIODS: Readonly<Record<string, readonly [family: string, size: bigint]>> = {
  ...{ day: ['day', 1n], week: ['day', 7n], month: ['month', 1n], year: ['month', 12n] },
};
const ASKS_PERCENT = /percent|%|百分/i;

/** Without the numbers that only say their neighbour again in another unit: the one in the asked unit stays. */
export function withoutRestated(text: string, question: string, tokens: readonly Token[]): readonly Token[] {
  const dropped = new Set<Token>();
  let owner: NumberToken | null = null;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'number') owner = null;
    else if (owner !== null && saysAgain(text, tokens[i - 1], token) && isSame(text, question, owner, token)) {
      const isAsked = named(text, question, token) > named(text, question, owner);
      dropped.add(isAsked ? owner : token);
      if (isAsked) owner = token;
    } else owner = token;
  }
  return dropped.size === 0 ? tokens : tokens.filter((token) => !dropped.has(token));
}

function saysAgain(text: string, before: Token | undefined, token: NumberToken): boolean {
  if (before === undefined || token.start - before.end > 32) return false;
  const between = text.slice(before.end, token.start);
  return SAYS_AGAIN.test(between) && AGAIN.test(between);
}

function isSame(text: string, question: string, first: NumberToken, second: NumberToken): boolean {
  const ratio = ratioOf(text, question, first, second);
  if (ratio === null || first.amount === null || second.amount === null) return false;
  const value = multiply(first.amount.value, ratio);
  if (equal(value, second.amount.value)) return true;
  const half = divide(second.amount.place, rational(2n));
  return atMost(absolute(subtract(value, second.amount.value)), half) && second.amount.digits >= 2;
}

/** How many of the second's unit one of the first's is, or null where they are of different kinds or the same. */
function ratioOf(text: string, question: string, first: NumberToken, second: NumberToken): Rational | null {
  const [a, b] = [first.unit, second.unit];
  if (a.kind === 'measure' && b.kind === 'measure' && a.dimension === b.dimension)
    return equal(a.factor, b.factor) ? null : divide(a.factor, b.factor);
  if (a.kind === 'none' && b.kind === 'percent') return powerOfTen(2);
  if (a.kind === 'percent' && b.kind === 'none') return powerOfTen(-2);
  if (a.kind !== 'money' || b.kind !== 'money') return null;
  const [size, other] = [periodOf(text, first) ?? askedPeriod(question), periodOf(text, second)];
  if (size === undefined || other === undefined || size[0] !== other[0] || size[1] === other[1]) return null;
  return rational(other[1], size[1]);
}

function periodOf(text: string, token: NumberToken): readonly [string, bigint] | undefined {
  const behind = PERIOD_BEHIND.exec(text.slice(token.end, token.end + 16))?.[1];
  return behind === undefined ? undefined : PERIODS[behind.toLowerCase()];
}

function askedPeriod(question: string): readonly [string, bigint] | undefined {
  return PERIODS[PERIOD.exec(question)?.[1]?.toLowerCase() ?? ''];
}

/** How plainly the question names the unit of a number: 2 asked for, 1 used, 0 not at all. */
function named(text: string, question: string, { start, end, unit }: NumberToken): 0 | 1 | 2 {
  if (unit.kind === 'percent') return ASKS_PERCENT.test(question) ? 2 : 0;
  const name = /[a-z]+$/i.exec(text.slice(start, end))?.[0]?.replace(/s$/i, '') ?? '';
  if (name === '') return 0;
  if (new RegExp(String.raw`\b(?:many|in) ${name}s?\b`, 'i').test(question)) return 2;
  return new RegExp(String.raw`\d ?${name}s?\b`, 'i').test(question) ? 1 : 0;
}
