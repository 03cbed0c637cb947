import type { Failure } from '#domain';
import type { Inspected, Writing } from './inspect.ts';
import type { ImportOptions, Previewed, ReadSuite } from './read.ts';

/** One order at a time: a page that wants something else ends the worker and starts another. */
export type Order =
  | { readonly kind: 'inspect'; readonly file: Blob; readonly writing: Writing }
  | { readonly kind: 'preview'; readonly file: Blob; readonly options: ImportOptions }
  | { readonly kind: 'read'; readonly file: Blob; readonly options: ImportOptions };

export interface Answers {
  readonly inspect: Inspected;
  readonly preview: readonly Previewed[];
  readonly read: ReadSuite;
}

export type FromImporter =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'done'; readonly answer: Answers[keyof Answers] }
  | { readonly kind: 'failed'; readonly failure: Failure };
