/** The same items, answered in the page and by a server: where the two are alike, and where they part. */
import type { ItemRecord } from '#domain';
import type { RunRecord } from '../../src/sharing/index.ts';

export interface Compared {
  readonly itemId: string;
  readonly sameVerdict: boolean;
  readonly sameText: boolean;
  /** The first token that differs, from 0, with what each side has there; null: none does. */
  readonly parting: { readonly at: number; readonly page: string; readonly server: string } | null;
}

/** The pieces of a text, one for each token. */
export type Pieces = (text: string) => Promise<readonly string[]>;

/** A run with its outputs in tokens. */
export interface Served {
  readonly record: RunRecord;
  /** By item. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Tokens of the first prompt as the server counts them; null: this is no server. */
  readonly prompt: number | null;
}

export async function piecesOf({ items }: RunRecord, pieces: Pieces): Promise<Served['texts']> {
  const texts = new Map<string, readonly string[]>();
  for (const { itemId, output } of items) texts.set(itemId, await pieces(output));
  return texts;
}

export function compareItems(page: Served, server: Served): readonly Compared[] {
  return page.record.items.map((here) => {
    const there = server.record.items.find(({ itemId }) => itemId === here.itemId);
    if (there === undefined) throw new Error(`the server's run has no item ${here.itemId}`);
    const [a, b] = [page.texts.get(here.itemId) ?? [], server.texts.get(here.itemId) ?? []];
    const at = Array.from({ length: Math.max(a.length, b.length) }).findIndex((_, place) => a[place] !== b[place]);
    return {
      itemId: here.itemId,
      sameVerdict: outcomeOf(here) === outcomeOf(there),
      sameText: here.output === there.output,
      parting: at < 0 ? null : { at, page: a[at] ?? '(end)', server: b[at] ?? '(end)' },
    };
  });
}

function outcomeOf({ verdict }: ItemRecord): string {
  return verdict.kind === 'graded' ? String(verdict.correct) : verdict.kind;
}

/** Tokens by the server's own tokenizer: one and the same for both sides. */
export function serverPieces(address: string): Pieces {
  return async (text) => {
    if (text === '') return [];
    const { tokens } = (await post(`${address}/extras/tokenize`, { input: text })) as { tokens: readonly number[] };
    const texts: string[] = [];
    for (const token of tokens) {
      const { text: piece } = (await post(`${address}/extras/detokenize`, { tokens: [token] })) as { text: string };
      texts.push(piece);
    }
    return texts;
  };
}

/** How many tokens the server's own template makes of a question. */
export async function promptTokens(address: string, question: string): Promise<number> {
  const asked = { messages: [{ role: 'user', content: question }], max_tokens: 1, temperature: 0 };
  const { usage } = (await post(`${address}/v1/chat/completions`, asked)) as { usage: { prompt_tokens: number } };
  return usage.prompt_tokens;
}

async function post(address: string, body: unknown): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status} ${await response.text()}`);
  return response.json();
}

/** The paths of all fields of a record, `[]` for any place of a list: two records of one form have the same. */
export function formOf(value: unknown, path = ''): ReadonlySet<string> {
  if (value === null || typeof value !== 'object') return new Set([path]);
  const entries = Array.isArray(value)
    ? value.map((part: unknown) => [`${path}[]`, part] as const)
    : Object.entries(value).map(([key, part]) => [`${path}.${key}`, part as unknown] as const);
  return new Set(entries.flatMap(([at, part]) => [...formOf(part, at)]));
}
