/**
 * Writes src/catalog/summaries.ts from the suites' files: `npx tsx tools/suites/summarise.ts`. A test fails while the
 * file is not what this would write.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { suiteRef } from '../../src/domain/decodeSuite.ts';
import { LANGUAGES, type Suite } from '../../src/domain/suite.ts';
import { variantsOf } from '../../src/domain/variant.ts';
import { readSuites } from './files.ts';

export const SUMMARIES = fileURLToPath(new URL('../../src/catalog/summaries.ts', import.meta.url));

function summary(suite: Suite) {
  return {
    ...suiteRef(suite),
    description: suite.description,
    kind: suite.kind,
    languages: LANGUAGES.filter((language) => suite.items.some((item) => item.language === language)),
    itemCount: suite.items.length,
    maxTokens: suite.maxTokens,
    variants: variantsOf(suite),
  };
}

/** The text of summaries.ts, formatted like the rest of the project. */
export async function summariesSource(suites: readonly Suite[]): Promise<string> {
  const entries = Object.fromEntries(suites.map((suite) => [suite.id, summary(suite)]));
  const source = [
    '// Written by tools/suites/summarise.ts from suites/*.json. Change those, then run it again.',
    "import type { SuiteSummary } from './builtInSuite.ts';",
    '',
    `export const summaries = ${JSON.stringify(entries)} as const satisfies Record<string, SuiteSummary>;`,
  ].join('\n');
  return format(source, { ...(await resolveConfig(SUMMARIES)), filepath: SUMMARIES });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(SUMMARIES, await summariesSource(readSuites()));
}
