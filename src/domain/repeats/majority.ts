import { majority } from '../statistics/index.ts';
import { wilson, type Interval } from '../statistics/wilson.ts';

/** One item's answers, by repeat, as keys: equal keys are the same answer. Null: no answer, which does not vote. */
export type AnswerKeys = readonly (string | null)[];

/** The key of every right answer: what the gold accepts is one answer, however it is written. */
export const RIGHT = 'right';

export interface MajorityFigures {
  readonly items: readonly MajorityItem[];
  /** Items of which the answer that most repeats gave is right. */
  readonly correct: number;
  readonly accuracy: number;
  /** Wilson 95 % over the items. */
  readonly interval: Interval;
  /** The chance that two repeats give the same answer to one item; null for one repeat. */
  readonly agreement: number | null;
}

export interface MajorityItem {
  readonly correct: boolean;
  /** Votes for the winner. 0 where nobody answered. */
  readonly votes: number;
  /** Place of the repeat that gave the winning answer first; null where nobody answered. */
  readonly by: number | null;
}

/** The vote on each item. Null where there is no item. */
export function majorityFigures(items: readonly AnswerKeys[]): MajorityFigures | null {
  if (items.length === 0) return null;
  const votes = items.map((keys): MajorityItem => {
    const winner = majority(keys);
    const by = winner === null ? null : keys.indexOf(winner);
    return { correct: winner === RIGHT, votes: keys.filter((key) => key !== null && key === winner).length, by };
  });
  const correct = votes.filter((item) => item.correct).length;
  const agreements = items.flatMap((keys) => agreementOf(keys) ?? []);
  return {
    items: votes,
    correct,
    accuracy: correct / items.length,
    interval: wilson(correct, items.length),
    agreement: agreements.length === 0 ? null : agreements.reduce((a, b) => a + b, 0) / agreements.length,
  };
}

/** Of all pairs of repeats, the share that gave the same answer; giving none is the same as giving none. */
function agreementOf(keys: AnswerKeys): number | null {
  if (keys.length < 2) return null;
  const counts = new Map<string | null, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  return [...counts.values()].reduce((sum, n) => sum + pairs(n), 0) / pairs(keys.length);
}
