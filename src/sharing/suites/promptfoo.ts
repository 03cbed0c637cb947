import { bad, good, type EntryFormat, type Outcome, type ReadChoice } from './format.ts';
import { goldOf } from './gold.ts';
import { importProblem } from './problem.ts';

/** A column of promptfoo's own: `__expected`, `__expected1`, `__metric`, `__description`, … */
const OWN = /^__/;
const EXPECTED = /^__expected\d*$/;

/**
 * promptfoo's test cases as CSV: variables in columns, the assertion in `__expected`. "equals: x" (or just "x") and
 * "contains: x" name an answer, which our graders compare more strictly than promptfoo: after normalisation and never
 * by containment. Other assertions (javascript, llm-rubric, regex, …) name no answer.
 */
export const promptfoo = {
  kind: 'entries',
  id: 'promptfoo',
  layouts: ['csv'],
  asks: 'plain',
  suiteKind: 'custom',
  roles: ['question', 'passage', 'unit', 'language'],
  fits: ({ entries: [head] }) => Array.isArray(head) && head.some((cell) => EXPECTED.test(String(cell).trim())),
  *read(entry, choice) {
    yield outcome(new Map(Object.entries(entry as Readonly<Record<string, string>>)), choice);
  },
} as const satisfies EntryFormat;

function outcome(cells: ReadonlyMap<string, string>, { columns, unit }: ReadChoice): Outcome {
  const questionColumn = columns.question ?? [...cells.keys()].find((name) => !OWN.test(name)) ?? 'question';
  const question = cells.get(questionColumn)?.trim() ?? '';
  if (question === '') return bad(importProblem('field-missing', { field: questionColumn }, questionColumn));
  const expected = [...cells].filter(([name, cell]) => EXPECTED.test(name.trim()) && cell.trim() !== '');
  const [first, second] = expected;
  if (first === undefined) return bad(importProblem('field-missing', { field: '__expected' }, '__expected'));
  if (second !== undefined) return bad(importProblem('several-assertions', {}, second[0]));
  const answers = answersOf(first[1].trim());
  if (!answers.ok) return bad(importProblem('assertion', { value: answers.type }, first[0]));
  const [answer = '', ...more] = answers.texts;
  const ownUnit = columns.unit === undefined ? '' : (cells.get(columns.unit)?.trim() ?? '');
  const gold = goldOf(answer, ownUnit === '' ? unit : ownUnit, more);
  if (!gold.ok) return bad(gold.problem);
  const passage = columns.passage === undefined ? '' : (cells.get(columns.passage)?.trim() ?? '');
  return good({ id: null, language: null, passage: passage === '' ? null : passage, question, gold: gold.gold });
}

type Answers = { readonly ok: true; readonly texts: readonly string[] } | { readonly ok: false; readonly type: string };

/** promptfoo's words for assertions of one line ("type: value", "type(threshold): value"). */
const ASSERTION = /^(not-)?([a-z][a-z-]*)(?:\([\d.]+\))?:\s*([\s\S]*)$/;
const KNOWN =
  /^(?:equals|contains|icontains|contains-any|icontains-any|contains-all|icontains-all|starts-with|regex|is-json|contains-json|is-xml|is-sql|javascript|fn|eval|python|file|webhook|similar|llm-rubric|grade|factuality|model-graded-.*|answer-relevance|context-.*|rouge-n|bleu|levenshtein|latency|cost|perplexity.*|classifier|moderation|select-best|is-.*|contains-.*)$/;

function answersOf(cell: string): Answers {
  // Without a value after it, a type stands alone: "is-json".
  if (/^(?:not-)?(?:is|contains)-(?:json|xml|sql|html)$/.test(cell)) return { ok: false, type: cell };
  const [, not, type = '', value = ''] = ASSERTION.exec(cell) ?? [];
  // "Note: closed" is an answer with a colon, not an assertion.
  if (!KNOWN.test(type)) return { ok: true, texts: [cell] };
  const answer = value.trim();
  if (not !== undefined || answer === '') return { ok: false, type: `${not ?? ''}${type}` };
  if (type === 'equals' || type === 'contains' || type === 'icontains') return { ok: true, texts: [answer] };
  if (type !== 'contains-any' && type !== 'icontains-any') return { ok: false, type };
  const texts = answer.split(',').map((text) => text.trim());
  return { ok: true, texts: texts.filter((text) => text !== '') };
}
