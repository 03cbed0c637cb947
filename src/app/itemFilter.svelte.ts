import type { Item, ItemRecord, VerdictLetter } from '#domain';
import type { RunDetail } from './results.svelte.ts';

/** One item of a run as its list shows it. */
export interface ItemRow {
  readonly index: number;
  readonly itemId: string;
  readonly letter: VerdictLetter;
  /** Null where the suite is not on this device. */
  readonly item: Item | null;
  /** Null where it was not asked yet. */
  readonly record: ItemRecord | null;
}

export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'by'; readonly matches: (text: string) => boolean }
  /** No regular expression; in the browser's words. */
  | { readonly kind: 'invalid'; readonly message: string };

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

export function itemRows({ header, items, suite }: RunDetail): readonly ItemRow[] {
  const records = new Map(items.map((record) => [record.index, record]));
  const asked = new Map(suite?.items.map((item) => [item.id, item]));
  return header.spec.itemIds.map((itemId, index) => ({
    index,
    itemId,
    letter: (header.verdicts[index] ?? '.') as VerdictLetter,
    item: asked.get(itemId) ?? null,
    record: records.get(index) ?? null,
  }));
}

function textOf({ itemId, item, record }: ItemRow): string {
  return [itemId, item?.question ?? '', item?.gold.value ?? '', record?.output ?? ''].join('\n');
}

export function searchFor(text: string, regex: boolean): Search {
  if (text.trim() === '') return { kind: 'none' };
  if (!regex) {
    const wanted = text.trim().toLowerCase();
    return { kind: 'by', matches: (within) => within.toLowerCase().includes(wanted) };
  }
  try {
    const pattern = new RegExp(text, 'imu');
    return { kind: 'by', matches: (within) => pattern.test(within) };
  } catch (thrown) {
    return { kind: 'invalid', message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
