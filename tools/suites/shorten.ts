/**
 * Writes the short version of a suite from the long one: `npx tsx tools/suites/shorten.ts`, then summarise.ts. A test
 * fails while a short version is not what this would write.
 *
 * The rule. Twenty turns; turn n takes an item in language n mod 3 (of LANGUAGES) and of kind n mod K (of the suite's
 * kinds below). K and 3 have no common divisor, so languages and kinds come in all pairs and equally often. Where a
 * pair has several turns, its items are taken at equal distances in the order of the long suite, the next one where
 * the passage was already taken. Items on long passages are left out: a short suite must fit the smallest context.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { LANGUAGES, type Item, type LocalText, type Suite } from '../../src/domain/suite.ts';
import { readSuites } from './files.ts';

const TURNS = 20;

interface Short {
  /** Tags that tell an item's kind: the first that it carries. */
  readonly kinds: readonly string[];
  readonly title: LocalText;
  readonly description: LocalText;
}

/** By the id of the long suite. */
export const SHORTS: Readonly<Record<string, Short>> = {
  reading: {
    kinds: ['unanswerable', 'derived', 'table', 'text'],
    title: { en: 'Reading, short', zh: '阅读理解（短）' },
    description: {
      en: '20 questions of the reading suite, balanced over languages and kinds, on short passages only: for a first impression.',
      zh: '从阅读理解中选出的20道题，语言与题型均衡，只用短文段，适合先看个大概。',
    },
  },
  mathematics: {
    kinds: ['tier-1', 'tier-2', 'tier-3', 'tier-4', 'tier-5'],
    title: { en: 'Mathematics, short', zh: '数学（短）' },
    description: {
      en: '20 questions of the mathematics suite, four of each tier, balanced over languages: for a first impression.',
      zh: '从数学中选出的20道题，五级各四道，语言均衡，适合先看个大概。',
    },
  },
};

/** The short version of `suite`. Throws a RangeError where a language has too few items of a kind. */
function shortened(suite: Suite, { kinds, title, description }: Short): Suite {
  const candidates = suite.items.filter((item) => !item.tags.includes('long'));
  const pairOf = (turn: number) => ({
    language: LANGUAGES[turn % LANGUAGES.length],
    kind: kinds[turn % kinds.length],
  });
  const taken: Item[] = [];
  for (const turn of Array(TURNS).keys()) {
    const { language, kind } = pairOf(turn);
    const pool = candidates.filter(
      (item) => item.language === language && kinds.find((known) => item.tags.includes(known)) === kind,
    );
    const turns = [...Array(TURNS).keys()].filter((n) => pairOf(n).language === language && pairOf(n).kind === kind);
    const start = Math.floor(((turns.indexOf(turn) + 0.5) * pool.length) / turns.length);
    const free = [...pool.slice(start), ...pool.slice(0, start)].filter((item) => !taken.includes(item));
    const picked = free.find((item) => !taken.some(({ passage }) => passage !== undefined && passage === item.passage));
    const next = picked ?? free[0];
    if (next === undefined) throw new RangeError(`${suite.id}: too few items, ${language} ${kind}`);
    taken.push(next);
  }
  return {
    ...suite,
    id: `${suite.id}-short`,
    title,
    description,
    passages: suite.passages.filter(({ id }) => taken.some(({ passage }) => passage === id)),
    items: suite.items.filter((item) => taken.includes(item)),
  };
}

export function shortFile(suite: Suite): string {
  return fileURLToPath(new URL(`../../src/catalog/suites/${suite.id}-short.json`, import.meta.url));
}

/** The text of the short version's file, formatted like the rest of the project. */
export async function shortSource(suite: Suite, short: Short): Promise<string> {
  const filepath = shortFile(suite);
  return format(JSON.stringify(shortened(suite, short)), { ...(await resolveConfig(filepath)), filepath });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const suite of readSuites()) {
    const short = SHORTS[suite.id];
    if (short !== undefined) writeFileSync(shortFile(suite), await shortSource(suite, short));
  }
}
