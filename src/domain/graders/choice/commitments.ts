import { findCommitments } from '../../extract/commitments/commitments.ts';
import type { Mapped } from '../../extract/text/mapped.ts';
import type { Sentences } from '../../extract/text/sentences.ts';
import type { Commitment } from '../../verdict.ts';

/** A place where the model says which option it takes. Ranges are of the cleaned text. */
export interface ChoiceCommitment {
  readonly kind: Commitment;
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

/** What is said of options only; the letter itself or an option's text follows, or stands before. */
const BEFORE =
  /(?:(?<![不别勿])(?:[故应我该]选择?|(?:选择|选)(?!项))|正确(?:的)?选项[是为]?|选项[是为])\s?[:：]?\s?|\b(?:i |i'd |i would )?(?:choose|select|pick|go with)\s(?:option |choice )?|\b(?:correct|right|best) (?:option|choice)(?: is|:)\s?(?:option )?/gi;
const BEHIND =
  /(?<![A-Za-z])(?:option |choice |选项 ?)?[(（]?[A-J][)）]?(?: is (?:the )?(?:correct|right|best|answer)| 是?(?:正确|对)|(?:选?项)?(?:是|为)?(?:正确|对)(?!不))/g;
/** An "A:" at the start of a line is the letter here, not "answer:". */
const LETTER_A = /(?:^|\n)[ \t]{0,4}A[:：]\s*$/;

/** The commitments in order of the text. Where two overlap the later one is nearer to its letter. */
export function choiceCommitments(
  visible: string,
  mapped: Mapped,
  text: string,
  sentences: Sentences,
): readonly ChoiceCommitment[] {
  const general = findCommitments(visible, { ...mapped, text }, sentences).filter(
    (c) => c.kind !== 'phrase' || !LETTER_A.test(text.slice(Math.max(0, c.start - 8), c.start)),
  );
  const own: ChoiceCommitment[] = [];
  for (const match of text.matchAll(BEFORE)) {
    const start = match.index + match[0].length;
    own.push({ kind: 'phrase', start, end: sentences.endAt(start), closed: false });
  }
  for (const match of text.matchAll(BEHIND)) {
    own.push({ kind: 'phrase', start: match.index, end: match.index + match[0].length, closed: true });
  }
  return [...general, ...own].sort((a, b) => a.start - b.start || a.end - b.end);
}
