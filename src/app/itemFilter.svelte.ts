import type { VerdictLetter } from '#domain';
import { searchFor, textOf, type ItemRow, type Search } from './itemRows.ts';

/** Which items of a run are shown. Lives beside the pages, so that it is still there after a look at one item. */
export class ItemFilter {
  verdict = $state<VerdictLetter | 'all'>('all');
  text = $state('');
  regex = $state(false);
  #runId = '';

  readonly search: Search = $derived(searchFor(this.text, this.regex));

  /** Another run begins with all its items. */
  belongTo(runId: string): void {
    if (runId === this.#runId) return;
    this.#runId = runId;
    this.verdict = 'all';
    this.text = '';
    this.regex = false;
  }

  /** An invalid search hides nothing: the reader is still typing it. */
  apply(rows: readonly ItemRow[]): readonly ItemRow[] {
    const { verdict, search } = this;
    const ofVerdict = verdict === 'all' ? rows : rows.filter((row) => row.letter === verdict);
    return search.kind === 'by' ? ofVerdict.filter((row) => search.matches(textOf(row))) : ofVerdict;
  }
}
