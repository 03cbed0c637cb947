import type { Finding, Item, ItemRecord, Override, VerdictLetter } from '#domain';
import type { RunDetail } from './results.svelte.ts';
import type { ThinkingFindings } from './thinking.ts';

/** One item of a run as its list shows it. */
export interface ItemRow {
  readonly index: number;
  readonly itemId: string;
  readonly letter: VerdictLetter;
  /** Null where the suite is not on this device. */
  readonly item: Item | null;
  /** Null where it was not asked yet. */
  readonly record: ItemRecord | null;
  /** What a person judged of it; null: nothing. */
  readonly override: Override | null;
  /** Where its thinking went wrong. */
  readonly findings: readonly Finding[];
}

export function itemRows(
  { header, items, suite, overrides }: RunDetail,
  findings: ThinkingFindings = new Map(),
): readonly ItemRow[] {
  const records = new Map(items.map((record) => [record.index, record]));
  const judged = new Map(overrides.map((override) => [override.index, override]));
  const asked = new Map(suite?.items.map((item) => [item.id, item]));
  return header.spec.itemIds.map((itemId, index) => ({
    index,
    itemId,
    letter: (header.verdicts[index] ?? '.') as VerdictLetter,
    item: asked.get(itemId) ?? null,
    record: records.get(index) ?? null,
    override: judged.get(index) ?? null,
    findings: findings.get(index) ?? [],
  }));
}

/** What a search looks through. */
export function textOf({ itemId, item, record }: ItemRow): string {
  return [itemId, item?.question ?? '', item?.gold.value ?? '', record?.output ?? ''].join('\n');
}

export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'words'; readonly matches: (text: string) => boolean }
  /** A valid regular expression. It is a person's own and may take for ever: it never runs in the page. */
  | { readonly kind: 'pattern'; readonly pattern: string }
  /** No regular expression; in the browser's words. */
  | { readonly kind: 'invalid'; readonly message: string };

export function searchFor(text: string, regex: boolean): Search {
  if (text.trim() === '') return { kind: 'none' };
  if (!regex) {
    const wanted = text.trim().toLowerCase();
    return { kind: 'words', matches: (within) => within.toLowerCase().includes(wanted) };
  }
  try {
    new RegExp(text, 'imu');
    return { kind: 'pattern', pattern: text };
  } catch (thrown) {
    return { kind: 'invalid', message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
