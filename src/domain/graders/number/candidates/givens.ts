import { valueKey } from '../reading/rational.ts';
import type { Token } from '../reading/tokens.ts';

/** The values of the numbers that a question gives, as an offer's value has them without its unit. */
export function givensOf(tokens: readonly Token[]): ReadonlySet<string> {
  return new Set(tokens.flatMap((t) => (t.kind === 'number' && t.amount !== null ? [valueKey(t.amount.value)] : [])));
}
