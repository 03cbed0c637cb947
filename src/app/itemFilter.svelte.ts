import type { Bucket, VerdictLetter } from '#domain';
import { searchFor, textOf, type ItemRow, type Search } from './itemRows.ts';

/** Marks that an item may have beside its verdict: a person's judgement, or where its thinking went wrong. */
export type ItemMark = 'judged' | Bucket;

/** Which items of a run are shown. Lives beside the pages, so that it is still there after a look at one item. */
export class ItemFilter {
  verdict = $state<VerdictLetter | 'all'>('all');
  mark = $state<ItemMark | 'all'>('all');
  text = $state('');
  regex = $state(false);
  #runId = '';

  readonly search: Search = $derived(searchFor(this.text, this.regex));

  /** Another run begins with all its items. */
  belongTo(runId: string): void {
    if (runId === this.#runId) return;
    this.#runId = runId;
    this.verdict = 'all';
    this.mark = 'all';
    this.text = '';
    this.regex = false;
  }

  /** An invalid search hides nothing: the reader is still typing it. */
  apply(rows: readonly ItemRow[]): readonly ItemRow[] {
    const { verdict, mark, search } = this;
    const ofVerdict = verdict === 'all' ? rows : rows.filter((row) => row.letter === verdict);
    const marked = mark === 'all' ? ofVerdict : ofVerdict.filter((row) => hasMark(row, mark));
    return search.kind === 'by' ? marked.filter((row) => search.matches(textOf(row))) : marked;
  }
}

export function hasMark({ override, findings }: ItemRow, mark: ItemMark): boolean {
  return mark === 'judged' ? override !== null : findings.some(({ bucket }) => bucket === mark);
}
