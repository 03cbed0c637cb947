import { absolute, add, atMost, equal, multiply, rational, subtract, ZERO } from '../reading/rational.ts';
import type { NumberToken } from '../reading/tokens.ts';

const IN_BRACKETS = /^ ?[(（](?:about |approximately |or |i\.e\. |=|≈|~|约|合|约合|即)? ?$/i;
const HALF = rational(1n, 2n);

/**
 * Without one of two numbers that say the same in two units, "1.5 km (0.93 miles)": where one of them is right the
 * other, which agrees with it as far as it shows, takes nothing away from it.
 */
export function withoutRestatements(
  text: string,
  tokens: readonly NumberToken[],
  isRight: (token: NumberToken) => boolean,
): readonly NumberToken[] {
  const dropped = new Set<NumberToken>();
  for (const [i, second] of tokens.entries()) {
    const first = tokens[i - 1];
    if (first === undefined || !isRestated(text, first, second)) continue;
    if (isRight(first)) dropped.add(second);
    else if (isRight(second)) dropped.add(first);
  }
  return dropped.size === 0 ? tokens : tokens.filter((token) => !dropped.has(token));
}

function isRestated(text: string, first: NumberToken, second: NumberToken): boolean {
  const [a, b] = [first.unit, second.unit];
  if (a.kind !== 'measure' || b.kind !== 'measure' || a.dimension !== b.dimension) return false;
  if (second.start - first.end > 18 || !/[)）]/.test(text[second.end] ?? '')) return false;
  if (first.amount === null || second.amount === null || !IN_BRACKETS.test(text.slice(first.end, second.start)))
    return false;
  // "210 minutes (3 hours)": one digit agrees with too much.
  const isCoarse = Math.min(first.amount.digits, second.amount.digits) < 2;
  const apart = subtract(multiply(first.amount.value, a.factor), multiply(second.amount.value, b.factor));
  const places = add(multiply(first.amount.place, a.factor), multiply(second.amount.place, b.factor));
  return equal(apart, ZERO) || (!isCoarse && atMost(absolute(apart), multiply(places, HALF)));
}
