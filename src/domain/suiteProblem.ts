import type { BaseIssue } from 'valibot';

/** What can be wrong with a suite that someone brings. Each has its sentence: `suite_problem_<code with _ for ->`. */
export const SUITE_PROBLEM_CODES = [
  /** A required field is not there. */
  'missing',
  /** Params: expected, received. */
  'wrong-type',
  /** A field that this schema does not know: a slip of the pen, or a file of a later version. */
  'unknown-key',
  /** A key that every object inherits (`__proto__`, `constructor`, …): never needed, and dangerous. */
  'forbidden-key',
  /** Not one of the values that are allowed here. Params: expected, received. */
  'not-allowed',
  'empty',
  /** Params: most, received. */
  'too-long',
  'too-many',
  /** Nested deeper than any suite. */
  'too-deep',
  /** Params: expected, received. */
  'out-of-range',
  /** An id has other characters than letters, digits, '.', '_', '-'. */
  'bad-id',
  /** Params: id. */
  'duplicate-id',
  'passage-missing',
  /** Params: language. */
  'template-missing',
  /** Params: placeholder. */
  'placeholder-missing',
  /** The proof speaks of a passage and the item has none. Params: kind. */
  'proof-needs-passage',
  /** Aliases are spans: only a gold with unit "text" has them. */
  'aliases-without-text',
  /** No grader knows what the gold counts. Params: received (the unit, its scale or its currency). */
  'unknown-unit',
  'unknown-scale',
  'unknown-currency',
] as const;

export type SuiteProblemCode = (typeof SUITE_PROBLEM_CODES)[number];

export interface SuiteProblem {
  /** Where: "items[3].gold.value"; "" for the whole file. */
  readonly path: string;
  readonly code: SuiteProblemCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Codes of valibot's issue types; a type that is not listed here is a wrong type. */
const CODE_OF: Readonly<Record<string, SuiteProblemCode>> = {
  literal: 'not-allowed',
  picklist: 'not-allowed',
  variant: 'not-allowed',
  non_empty: 'empty',
  min_length: 'empty',
  max_bytes: 'too-long',
  integer: 'out-of-range',
  min_value: 'out-of-range',
  max_value: 'out-of-range',
  regex: 'bad-id',
};

/** Most characters of a foreign value that a problem quotes. */
const QUOTE = 60;

export function problemOf(issue: BaseIssue<unknown>): SuiteProblem {
  const received = issue.received.length > QUOTE ? `${issue.received.slice(0, QUOTE)}…` : issue.received;
  const path = pathOf((issue.path ?? []).map((part) => part.key));
  const code = codeOf(issue);
  if (code === 'too-long' || code === 'too-many') {
    return { path, code, params: { most: String(issue.requirement), received } };
  }
  return { path, code, params: { expected: issue.expected ?? '', received } };
}

function codeOf(issue: BaseIssue<unknown>): SuiteProblemCode {
  if (issue.type === 'max_length') return Array.isArray(issue.input) ? 'too-many' : 'too-long';
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown-key';
  if (issue.kind === 'schema' && issue.received === 'undefined') return 'missing';
  return CODE_OF[issue.type] ?? 'wrong-type';
}

/** ["items", 3, "gold"] → "items[3].gold". */
export function pathOf(keys: readonly unknown[]): string {
  return keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
