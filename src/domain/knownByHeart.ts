import type { RunHeader } from './run.ts';
import type { Item, Suite } from './suite.ts';
import type { VerdictLetter } from './verdict.ts';

export type KnownByHeart =
  | {
      readonly kind: 'marked';
      /** Ids of the items that the model got right without their passage, in the order of the suite. */
      readonly known: readonly string[];
      /** Items with an answer that both runs scored: those that can be known. */
      readonly asked: number;
      /** What the run with the passages comes to over the items that are not known by heart. */
      readonly rest: { readonly asked: number; readonly correct: number };
    }
  | { readonly kind: 'refused'; readonly because: 'other-suite' | 'other-model' | 'not-open' | 'not-closed-book' };

/**
 * The closed-book baseline of a reading suite: which items a model answers right without having read the passage, from
 * memory or by a lucky guess. `open` asked with the passages, in any way; `closed` is the same build of the model on
 * the variant `closed-book`. Items whose gold is "unanswerable" are left out: to say "I don't know" without the
 * passage is right there, but it is no knowledge.
 */
export function knownByHeart(open: RunHeader, closed: RunHeader, suite: Suite): KnownByHeart {
  if (open.spec.suite.hash !== closed.spec.suite.hash) return { kind: 'refused', because: 'other-suite' };
  if (modelOf(open) !== modelOf(closed)) return { kind: 'refused', because: 'other-model' };
  if (closed.spec.promptVariant !== 'closed-book') return { kind: 'refused', because: 'not-closed-book' };
  if (open.spec.promptVariant === 'closed-book') return { kind: 'refused', because: 'not-open' };
  const [withPassage, without] = [lettersOf(open), lettersOf(closed)];
  const bothScored = ({ id }: Item): boolean => [withPassage, without].every((run) => isScored(run.get(id)));
  const asked = suite.items.filter((item) => canBeKnown(item) && bothScored(item));
  const known = asked.filter(({ id }) => without.get(id) === 'c');
  const rest = asked.filter(({ id }) => without.get(id) !== 'c');
  return {
    kind: 'marked',
    known: known.map(({ id }) => id),
    asked: asked.length,
    rest: { asked: rest.length, correct: rest.filter(({ id }) => withPassage.get(id) === 'c').length },
  };
}

function canBeKnown({ passage, gold }: Item): boolean {
  return passage !== undefined && gold.value !== 'unanswerable';
}

function modelOf({ spec: { model } }: RunHeader): string {
  return JSON.stringify([model.id, model.revision, model.build.engine, model.build.quantisation]);
}

function lettersOf({ spec, verdicts }: RunHeader): ReadonlyMap<string, VerdictLetter> {
  return new Map(spec.itemIds.map((id, index) => [id, verdicts[index] as VerdictLetter]));
}

function isScored(letter: VerdictLetter | undefined): boolean {
  return letter !== undefined && letter !== '.' && letter !== 'u';
}
