import type { Failure } from '#domain';
import type { Inspection } from './inspect.ts';
import type { ImportOptions, Previewed, ReadSuite } from './read.ts';

/** One order at a time: a page that wants something else ends the worker and starts another. */
export type Order =
  | { readonly kind: 'inspect'; readonly file: Blob }
  | { readonly kind: 'preview'; readonly file: Blob; readonly options: ImportOptions }
  | { readonly kind: 'read'; readonly file: Blob; readonly options: ImportOptions };

export interface Answers {
  readonly inspect: Inspection;
  readonly preview: readonly Previewed[];
  readonly read: ReadSuite;
}

export type FromImporter =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'done'; readonly answer: Answers[keyof Answers] }
  | { readonly kind: 'failed'; readonly failure: Failure };
