import type { Commitment } from '../../verdict.ts';
import { boxes } from './boxed.ts';
import { hashes } from './hashes.ts';
import { jsonAnswers, objectEnd } from './json.ts';
import { indexOfOriginal, type Mapped, originalSpan } from '../text/mapped.ts';
import { answersBefore, marked, phrases } from './phrases.ts';
import type { Sentences } from '../text/sentences.ts';

/** A place where the model says "this is the answer". Ranges are of the cleaned text. */
export interface Committed {
  readonly kind: Extract<Commitment, 'json' | 'boxed' | 'hashes' | 'phrase'>;
  readonly start: number;
  readonly end: number;
  /** Where the words stand that commit: in prose before `start`. */
  readonly opens: number;
  /** The unit that stands apart from the value, in another key of the same JSON object. */
  readonly unitText: string;
  /** The value is closed by a brace or a quote: nothing can be added to it. */
  readonly closed: boolean;
}

/** A commitment with ranges of the visible text, before it is mapped into the cleaned one. */
export interface VisibleCommitment {
  readonly start: number;
  readonly end: number;
  readonly unitText: string;
  readonly closed: boolean;
}

/** Earlier ones than these are superseded many times over, and a loop shows in as many. */
const MOST = 200;

/**
 * All commitments in the order of the text. Where one stands inside another ("the answer is \boxed{18}"), the
 * stronger one stands for both: JSON, box, hashes, phrase.
 */
export function findCommitments(visible: string, mapped: Mapped, sentences: Sentences): readonly Committed[] {
  const toClean =
    (kind: Committed['kind']) =>
    ({ start, end, unitText, closed }: VisibleCommitment): Committed => ({
      kind,
      start: indexOfOriginal(mapped, start),
      opens: indexOfOriginal(mapped, start),
      end: indexOfOriginal(mapped, end),
      unitText,
      closed,
    });
  const json = jsonAnswers(visible);
  // "explanation" and other keys of the same object say nothing against its answer.
  const objects = json.flatMap((c, i) => {
    const end = objectEnd(visible, c.end, json[i + 1]?.start ?? visible.length);
    return end > c.end ? [[c.end, end] as const] : [];
  });
  let next = 0;
  // Asked in the order of the text, three times over.
  const isExplained = (at: number): boolean => {
    if ((objects[next]?.[0] ?? 0) > at) next = 0;
    while (next < objects.length && (objects[next]?.[1] ?? 0) <= at) next++;
    return (objects[next]?.[0] ?? Infinity) <= at;
  };
  const strongestFirst: readonly Committed[] = [
    ...json.map(toClean('json')),
    ...boxes(visible).map(toClean('boxed')),
    ...hashes(mapped.text),
    ...[...phrases(mapped.text, sentences), ...answersBefore(mapped.text), ...marked(mapped.text)].filter(
      (c) => !isExplained(originalSpan(mapped, c.start, c.start).start),
    ),
  ];
  const rank: Readonly<Record<Committed['kind'], number>> = { json: 0, boxed: 1, hashes: 2, phrase: 3 };
  const inOrder = [...strongestFirst].sort((a, b) => a.start - b.start || rank[a.kind] - rank[b.kind]);
  const kept: Committed[] = [];
  for (const c of inOrder) {
    const last = kept.at(-1);
    if (last === undefined || c.start >= last.end) kept.push(c);
    // Overlap: the stronger one stays; of two phrases the later one, which is nearer to its value.
    else if (rank[c.kind] < rank[last.kind] || (c.kind === 'phrase' && last.kind === 'phrase'))
      kept[kept.length - 1] = c;
  }
  return kept.slice(-MOST);
}
