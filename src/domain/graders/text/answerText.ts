import type { Committed } from '../../extract/commitments/commitments.ts';
import type { Sentences } from '../../extract/text/sentences.ts';

/** A stretch of the cleaned text that may be the whole answer. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const EDGE = /[\s"'“”「」『』《》<>:：,，]/;
const EXPLAINS =
  /^\s*(?:because|since|as |this is|explanation|reason|according|the (?:passage|text|article|context)|based on|因为|由于|根据|理由|解释|说明|依据|文中|原文|文章|材料)/i;
const CORRECTS = /^\s*(?:no\b|wait|actually|sorry|correction|or\b|不对|不，|等等|更正|抱歉|或)/i;

/**
 * The stretches of a text that each are, alone, what was answered: they differ in where the answer is taken to end
 * ("Apple Inc. is…" has a dot that ends nothing). The last commitment wins; without one, the whole text answers, or
 * its first sentence where the rest only explains it.
 */
export function answerStretches(
  text: string,
  commitments: readonly Committed[],
  sentences: Sentences,
): { readonly stretches: readonly [Stretch, ...Stretch[]]; readonly committed: Committed | null } {
  const committed = commitments.filter((c) => text.slice(c.start, c.end).trim() !== '').at(-1) ?? null;
  if (committed === null) return { stretches: uncommitted(text, sentences), committed };
  const main = trimmed(text, committed.start, committed.end);
  if (committed.kind !== 'phrase') return { stretches: [main], committed };
  const line = text.indexOf('\n', committed.end);
  const toLine = trimmed(text, committed.start, line < 0 ? text.length : line);
  // "Beijing. No, Shanghai.": what follows takes it back.
  if (CORRECTS.test(text.slice(committed.end, committed.end + 20))) return { stretches: [toLine], committed };
  return { stretches: [main, toLine], committed };
}

function uncommitted(text: string, sentences: Sentences): readonly [Stretch, ...Stretch[]] {
  const whole = trimmed(text, 0, text.length);
  const end = sentences.endAt(whole.start);
  const first = trimmed(text, whole.start, end);
  const rest = text.slice(end, end + first.end - first.start + 40);
  // "Paris.\n\nParis is the capital of France."
  const isSaidAgain = first.end > first.start && rest.trimStart().startsWith(text.slice(first.start, first.end));
  return EXPLAINS.test(rest) || isSaidAgain ? [whole, first] : [whole];
}

/** A stretch without the marks at its ends. */
export function trimmed(text: string, start: number, end: number): Stretch {
  let [from, to] = [start, end];
  while (from < to && EDGE.test(text[from] ?? '')) from++;
  while (to > from && (EDGE.test(text[to - 1] ?? '') || /[。.]/.test(text[to - 1] ?? ''))) to--;
  return { start: from, end: to };
}
