import type { SuiteDraft } from '#app';
import { suiteProblemSentence } from '../parts/suiteProblemWords.ts';

/** What is wrong at one place of a suite, or below it; '' where nothing is. */
export function problemAt(draft: SuiteDraft, path: string): string {
  const found = draft.problems.find((problem) => isAtOrBelow(problem.path, path));
  return found === undefined ? '' : suiteProblemSentence(found);
}

export function isAtOrBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}
