import type { Span } from '../verdict.ts';

/** Where the thinking behind a wrong answer went wrong. Several may hold of one answer. */
export const BUCKETS = [
  /** The thinking came to the gold and left it again. */
  'gold-abandoned',
  /** The answer is a number of the passage, from another row or year. */
  'wrong-row-or-year',
  /** A number that stands neither in the passage nor in the question, and that no written step gives. */
  'not-in-passage',
  /** "12 × 3 = 35" */
  'false-step',
  /** The tokens ran out. */
  'budget',
] as const;
export type Bucket = (typeof BUCKETS)[number];

export interface Finding {
  readonly bucket: Bucket;
  /** The place in the output. */
  readonly span: Span;
  /** As it is written there. */
  readonly text: string;
  /** For `false-step`: what the left side comes to. */
  readonly right?: string;
}
