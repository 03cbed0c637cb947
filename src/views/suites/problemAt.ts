import type { SuiteDraft } from '#app';
import type { SuiteProblem } from '#domain';
import { formatNumber, m } from '#i18n';
import { suiteProblemSentence } from '../parts/suiteProblemWords.ts';

/** What is wrong at one place of a suite, or below it, in words for its field; '' where nothing is. */
export function problemAt(draft: SuiteDraft, path: string): string {
  const found = draft.problems.find((problem) => isAtOrBelow(problem.path, path));
  return found === undefined ? '' : suiteProblemSentence({ ...found, path: fieldOf(found.path) });
}

/** What is wrong and where, as the editor calls its places: "Item 9, Question". */
export function editorSentence(problem: SuiteProblem): string {
  const [, index] = /^items\[(\d+)\]/.exec(problem.path) ?? [];
  const field = fieldOf(problem.path);
  if (index === undefined) return suiteProblemSentence({ ...problem, path: field });
  const item = m.editor_item({ n: formatNumber(Number(index) + 1) });
  return suiteProblemSentence({ ...problem, path: [item, field].join(m.list_separator()) });
}

/** Labels of the editor's fields, by the last key of their place. */
const FIELDS: Readonly<Record<string, () => string>> = {
  question: m.editor_question,
  value: m.question_gold,
  unit: m.question_unit,
  id: m.editor_id,
  solution: m.editor_solution,
  passage: m.editor_passage,
  text: m.editor_passage,
  choices: m.editor_choices,
  licence: m.editor_licence,
  maxTokens: m.editor_max_tokens,
};

/** The label of the field at this place, or the place itself where it has none. */
function fieldOf(path: string): string {
  const key = /([A-Za-z]+)(?:\[\d+\])?$/.exec(path)?.[1] ?? '';
  return Object.hasOwn(FIELDS, key) ? (FIELDS[key]?.() ?? path) : path;
}

export function isAtOrBelow(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}
