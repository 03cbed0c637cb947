/** How one output was judged. Only `graded` with `correct: true` scores; `unscored` leaves the denominator. */

/** Why the engine stopped. `length`: the token budget was spent. A cancelled item has no verdict at all. */
export type FinishReason = 'stop' | 'length';

/** Half-open range of UTF-16 code units in the output, for highlighting. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type WrongReason =
  | 'wrong-value'
  /** The number stands in the passage, but in another row or year. */
  | 'wrong-row-or-year'
  /** Right digits, wrong scale or currency: 58.16亿 for 58.16 billion. */
  | 'wrong-scale'
  | 'wrong-unit'
  /** Several answers offered without a choice. */
  | 'hedge'
  | 'loop';

/** Why a candidate was not taken as the answer. */
export type RejectedBecause =
  'negated' | 'superseded' | 'other-key' | 'year' | 'before-commitment' | 'unit-of-measure' | 'reference';

export interface Candidate {
  readonly span: Span;
  /** The text of the span, as it stands in the output. */
  readonly text: string;
}

/** The steps of an explanation. One list for the type and for the schema of stored verdicts. */
export const NOTE_CODES = [
  'exact',
  /** Params: given, converted, unit, half (half of the last shown place, in `unit`), place (that place as written). */
  'converted',
  /** The same quantity in another scale or unit, to the last digit. Params: given, converted, unit. */
  'converted-exactly',
  'bare-number-read-in-unit',
  /** Params: digits. */
  'rounded-to-shown-digits',
  /** Params: those of `converted`, and digits. */
  'too-coarse',
  /** Params: given. */
  'explicit-other-currency',
  /** Params: given. */
  'explicit-other-scale',
  /** A unit of another kind than the one asked for: a percentage for an amount, points for a percentage. */
  'other-unit',
  'contradictory-unit',
  /** The number is said of another year or row than the one asked for. Params: key. */
  'other-key',
  'sign-from-word',
  'sign-from-parentheses',
  'normalised-text',
  'ambiguous-date',
  'incomplete-date',
  /** "1.2.3", "12:30", "3 + 22": something number-like that has no one value. */
  'unreadable-number',
  'not-a-range',
  /** Token overlap with the nearest right span. Params: metric ("SQuAD F1", "CMRC F1"), percent. */
  'overlap',
  'cut-at-new-example',
  'thinking-removed',
  'answer-before-the-cut',
  'abstained',
  'nothing-found',
] as const;

/** One step of the explanation; the sentence for each code stands in messages/{en,zh}/verdicts.json. */
export interface Note {
  readonly code: (typeof NOTE_CODES)[number];
  readonly params: Readonly<Record<string, string>>;
}

/** How the answer was committed, strongest first. */
export type Commitment = 'json' | 'boxed' | 'hashes' | 'phrase' | 'key' | 'last-number' | 'whole-output';

export interface Extraction {
  readonly answer: Candidate;
  readonly commitment: Commitment;
  readonly rejected: readonly (Candidate & { readonly because: RejectedBecause })[];
  readonly notes: readonly Note[];
}

export type Verdict =
  | ({ readonly kind: 'graded'; readonly correct: true } & Extraction)
  | ({ readonly kind: 'graded'; readonly correct: false; readonly reason: WrongReason } & Extraction)
  /** No candidate was offered, or the model abstained. */
  | {
      readonly kind: 'noAnswer';
      readonly reason: 'empty' | 'abstained' | 'nothing-found' | 'unclosed-thinking' | 'loop';
      readonly notes: readonly Note[];
    }
  /** Ran out of tokens before it committed to an answer. */
  | { readonly kind: 'truncated'; readonly where: 'thinking' | 'answer'; readonly notes: readonly Note[] }
  /** The engine failed: says nothing about the model. */
  | { readonly kind: 'unscored'; readonly failure: import('./failure.ts').Failure };

/** One letter for each outcome: a run's header packs its verdicts into a string of these, in the order of the items. */
export type VerdictLetter = 'c' | 'i' | 'n' | 't' | 'u' | '.';

export function verdictLetter(v: Verdict): Exclude<VerdictLetter, '.'> {
  switch (v.kind) {
    case 'graded':
      return v.correct ? 'c' : 'i';
    case 'noAnswer':
      return 'n';
    case 'truncated':
      return 't';
    case 'unscored':
      return 'u';
  }
}
