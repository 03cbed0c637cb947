import type { Bucket, VerdictLetter } from '#domain';
import type { matchPattern } from './patternSearch/index.ts';
import { searchFor, textOf, type ItemRow, type Search } from './itemRows.ts';

/** Marks that an item may have beside its verdict: a person's judgement, or where its thinking went wrong. */
export type ItemMark = 'judged' | Bucket;

/** What came of a pattern; of the one before while the new one is looked for. */
type Looked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'matched'; readonly pattern: string; readonly indices: ReadonlySet<number> }
  /** It took too long. */
  | { readonly kind: 'stopped'; readonly pattern: string };

const inWorker: typeof matchPattern = async (...order) =>
  (await import('./patternSearch/index.ts')).matchPattern(...order);

/** Which items of a run are shown. Lives beside the pages, so that it is still there after a look at one item. */
export class ItemFilter {
  verdict = $state<VerdictLetter | 'all'>('all');
  mark = $state<ItemMark | 'all'>('all');
  text = $state('');
  regex = $state(false);
  #runId = '';
  #looked = $state.raw<Looked>({ kind: 'nothing' });
  #looking = new AbortController();
  readonly #match: typeof matchPattern;

  constructor(match: typeof matchPattern = inWorker) {
    this.#match = match;
  }

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

  /** The pattern that is in the field took too long, and was ended: it hides nothing. */
  get stopped(): boolean {
    const { search } = this;
    return search.kind === 'pattern' && this.#looked.kind === 'stopped' && this.#looked.pattern === search.pattern;
  }

  /** Looks for a pattern among the rows; a search that is going on is given up. Never rejects. */
  async look(rows: readonly ItemRow[]): Promise<void> {
    this.#looking.abort();
    const { search } = this;
    if (search.kind !== 'pattern') return;
    const { pattern } = search;
    const { signal } = (this.#looking = new AbortController());
    try {
      const found = await this.#match({ pattern, texts: rows.map(textOf) }, signal);
      if (signal.aborted) return;
      if (found.kind === 'stopped') this.#looked = { kind: 'stopped', pattern };
      else {
        // Made once and replaced as a whole.
        // eslint-disable-next-line svelte/prefer-svelte-reactivity
        const indices = new Set(rows.flatMap(({ index }, place) => (found.places.has(place) ? [index] : [])));
        this.#looked = { kind: 'matched', pattern, indices };
      }
    } catch {
      // Given up, or no worker could be started: as with one that took too long, nothing is hidden.
      if (!signal.aborted) this.#looked = { kind: 'stopped', pattern };
    }
  }

  /** An invalid search hides nothing: the reader is still typing it. So does a pattern until it was looked for. */
  apply(rows: readonly ItemRow[]): readonly ItemRow[] {
    const { verdict, mark, search } = this;
    const ofVerdict = verdict === 'all' ? rows : rows.filter((row) => row.letter === verdict);
    const marked = mark === 'all' ? ofVerdict : ofVerdict.filter((row) => hasMark(row, mark));
    if (search.kind === 'words') return marked.filter((row) => search.matches(textOf(row)));
    const looked = this.#looked;
    if (search.kind !== 'pattern' || looked.kind !== 'matched' || looked.pattern !== search.pattern) return marked;
    return marked.filter(({ index }) => looked.indices.has(index));
  }
}

export function hasMark({ override, findings }: ItemRow, mark: ItemMark): boolean {
  return mark === 'judged' ? override !== null : findings.some(({ bucket }) => bucket === mark);
}

export const itemFilterState = (): ItemFilter => new ItemFilter();
