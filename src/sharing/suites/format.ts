import type { DecodedSuite, Gold, Language, Suite } from '#domain';
import type { ImportProblem } from './problem.ts';

/** How a file is cut into entries: a JSON list, a JSON value on each line, rows of cells. */
export type Layout = 'json' | 'jsonl' | 'csv';

/** What a column may stand for, where a person says so. */
export const ROLES = ['question', 'answer', 'passage', 'choices', 'unit', 'language', 'id'] as const;
export type Role = (typeof ROLES)[number];
export type Columns = Readonly<Partial<Record<Role, string>>>;

/** A question as a file holds it, before it is an item of a suite. */
export interface Question {
  /** As the file writes it; null: none. */
  readonly id: string | null;
  /** Null: found out from the text. */
  readonly language: Language | null;
  readonly passage: string | null;
  readonly question: string;
  readonly gold: Gold;
  /** The texts of the options, without letters. */
  readonly choices?: readonly string[];
  /** A worked solution, to be shown beside the gold. */
  readonly solution?: string;
  readonly tags: readonly string[];
}

export type Outcome =
  { readonly ok: true; readonly question: Question } | { readonly ok: false; readonly problem: ImportProblem };

/** The beginning of a file. */
export interface Sample {
  readonly layout: Layout;
  readonly text: string;
  /** The first entries: JSON values, or rows as lists of cells. */
  readonly entries: readonly unknown[];
}

/** What a person decides before a file is read. */
export interface ReadChoice {
  readonly columns: Columns;
  /** `Gold.unit` of answers without a column for it; null: numbers are plain numbers, all else is text. */
  readonly unit: string | null;
}

export interface EntryFormat {
  readonly kind: 'entries';
  readonly id: string;
  readonly layouts: readonly Layout[];
  /** Which prompt its items are asked with, and how the suite is filed. */
  readonly asks: 'reading' | 'figures' | 'mathematics' | 'choice' | 'plain';
  readonly suiteKind: Suite['kind'];
  /** The columns that a person may set; empty: the format knows where everything stands. */
  readonly roles: readonly Role[];
  /** Whether the beginning of a file looks like this format. */
  fits(sample: Sample): boolean;
  /** Names of the columns where the first row is no head but an entry; null: the first row is the head. */
  headless?(firstRow: readonly string[]): readonly string[] | null;
  /** The questions of one entry, each read or with what is wrong with it. Never throws. */
  read(entry: unknown, choice: ReadChoice): Iterable<Outcome>;
}

/** A file that is a suite already. */
export interface WholeFormat {
  readonly kind: 'whole';
  readonly id: string;
  readonly layouts: readonly ['json'];
  fits(sample: Sample): boolean;
  decode(json: unknown): DecodedSuite;
}

export type SuiteFormat = EntryFormat | WholeFormat;

export function good(question: Omit<Question, 'tags'> & { readonly tags?: readonly string[] }): Outcome {
  return { ok: true, question: { tags: [], ...question } };
}

export function bad(problem: ImportProblem): Outcome {
  return { ok: false, problem };
}
