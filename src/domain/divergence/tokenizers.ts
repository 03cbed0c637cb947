import type { ModelRef } from '../model.ts';
import type { ItemRecord } from '../run.ts';

/** Whether two runs cut text into the same tokens: only then a place among the tokens of one means one in the other. */
export type Tokenizers = 'same' | 'different' | 'unknown';

/**
 * Prompts that were the same texts tell it best, because the ids that each engine made of them are on record (as hashes).
 * Where no prompt was the same on both sides, the file `tokenizer.json` does. `records`: of the same items.
 */
export function tokenizersOf(
  models: readonly [ModelRef, ModelRef],
  records: readonly (readonly [ItemRecord, ItemRecord])[],
): Tokenizers {
  const told = records.filter(
    ([a, b]) => a.promptHash === b.promptHash && a.tokenIdsHash !== null && b.tokenIdsHash !== null,
  );
  if (told.length > 0) return told.every(([a, b]) => a.tokenIdsHash === b.tokenIdsHash) ? 'same' : 'different';
  const files = [tokenizerFile(models[0]), tokenizerFile(models[1])] as const;
  if (files[0] === null || files[1] === null) return 'unknown';
  return files[0] === files[1] ? 'same' : 'different';
}

/** SHA-256 of its `tokenizer.json`; null where it has none. */
export function tokenizerFile({ files }: ModelRef): string | null {
  return files.find(({ path }) => path === 'tokenizer.json')?.sha256 ?? null;
}
