import { divergenceOf, tokenizersOf, type AnsweredPair, type Divergence } from '#domain';
import type { ComparedItem } from './comparison.ts';
import type { RunDetail } from './results.svelte.ts';

/**
 * How far two runs say the same, over the items that both scored. Fetches the graders, which alone know when two answers
 * are one; rejects where they cannot be fetched.
 */
export async function divergenceOfRuns(
  runs: readonly [RunDetail, RunDetail],
  rows: readonly ComparedItem[],
): Promise<Divergence> {
  const { answerKey } = await import('#domain/grading');
  const pairs = rows.flatMap(({ pair, item, records: [first, second] }): AnsweredPair[] => {
    if (first === null || second === null || pair.letters.some((letter) => letter === '.' || letter === 'u')) return [];
    const keys =
      item === null ? {} : { keys: [answerKey(first.verdict, item), answerKey(second.verdict, item)] as const };
    return [{ pair, records: [first, second], ...keys }];
  });
  const records = pairs.map((pair) => pair.records);
  return divergenceOf(pairs, tokenizersOf([runs[0].header.spec.model, runs[1].header.spec.model], records));
}
