import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite } from '#domain';
import { plainSuite } from '../fixtures/plainSuite.ts';

/**
 * Writes a suite that asks "What is 7 times 8? (word)" for each word: by the word a stand-in knows what it is to do.
 * Returns the path of the file in `folder`.
 */
export function sumSuiteFile(folder: string, words: readonly string[], change: Partial<Suite> = {}): string {
  const items = words.map((word) => ({
    id: word,
    question: `What is 7 times 8? (${word})`,
    gold: { value: '56', unit: '' },
    proof: { kind: 'expression' as const, expression: '7*8' },
  }));
  const path = join(folder, 'suite.json');
  writeFileSync(path, JSON.stringify(plainSuite(items, { maxTokens: 32, ...change })));
  return path;
}
