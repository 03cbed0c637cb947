/** What can be wrong with one entry of a file. Each has its sentence: `import_problem_<code with _ for ->`. */
export const IMPORT_PROBLEM_CODES = [
  /** Params: detail (the parser's own words). */
  'not-json',
  /** JSON that is neither a list nor has one under "data". */
  'no-list',
  /** The file ends inside this entry: a bracket or a quote is missing. */
  'unfinished',
  /** Params: most (characters). Usually a quote that is never closed. */
  'entry-too-long',
  /** A cell that begins with a quote goes on after the quote that ends it: quotes inside one must be doubled. */
  'quotes',
  /** Params: expected, received. */
  'cells',
  /** Characters that could not be decoded (U+FFFD): the file is not in the encoding that it seems to be in. */
  'bad-characters',
  /** A key that every object inherits (`__proto__`, …). */
  'forbidden-key',
  /** Params: field. */
  'field-missing',
  /** Params: field, expected. */
  'field-wrong',
  /** Params: field, most. */
  'too-long',
  /** Params: value, field. */
  'not-a-number',
  /** Params: value. */
  'not-a-date',
  /** Params: value. */
  'not-a-range',
  /** Params: value (the unit, or the part of it that no grader knows). */
  'unknown-unit',
  'unknown-scale',
  'unknown-currency',
  /** A conversation of several messages where one question is asked. */
  'several-messages',
  /** GSM8K: no "#### 18" at the end. */
  'no-final-answer',
  /** SQuAD: neither an answer nor marked as impossible. */
  'no-answer',
  /** Params: value, most (the last letter). */
  'not-a-choice',
  'too-few-choices',
  /** Params: value. */
  'unknown-language',
  /** TAT-QA: an answer of several spans has no grader. */
  'multi-span',
  /** TAT-QA. Params: value. */
  'unknown-answer-type',
  /** TAT-QA: a scale (params: value) and no currency in sight, so that nobody knows what is counted. */
  'scale-without-currency',
  /** promptfoo: an assertion that is no expected answer. Params: value (its type). */
  'assertion',
  /** promptfoo: several assertions of which each must hold. */
  'several-assertions',
] as const;

export type ImportProblemCode = (typeof IMPORT_PROBLEM_CODES)[number];

export interface ImportProblem {
  readonly code: ImportProblemCode;
  /** Where in the entry: "paragraphs[3].qas[0]"; "" for the whole entry. */
  readonly at: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A problem with its place in the file: the line on which the entry begins, from 1. */
export interface PlacedProblem extends ImportProblem {
  readonly line: number;
}

/** Most characters of a file that a problem quotes. */
const QUOTE = 60;

export function importProblem(
  code: ImportProblemCode,
  params: Readonly<Record<string, string>> = {},
  at = '',
): ImportProblem {
  const short = Object.entries(params).map(([name, text]) => [name, quoted(text)] as const);
  return { code, at, params: Object.fromEntries(short) };
}

function quoted(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > QUOTE ? `${line.slice(0, QUOTE)}…` : line;
}
