import { createStore } from 'idb-keyval';
import * as v from 'valibot';
import {
  decodeSuite,
  failure,
  FailureError,
  LANGUAGES,
  suiteRef,
  timeSchema,
  VARIANT_IDS,
  variantsOf,
  type StoredSuite,
  type Suite,
  type SuiteStore,
} from '#domain';
import { indexedDbMedium } from './indexedDb.ts';
import type { Key, Medium } from './medium.ts';
import { memoryMedium, type Rows } from './memory.ts';

/** In a database of its own, so that deleting all results leaves the suites alone. Opens nothing until the first use. */
export function indexedDbSuiteStore(database = 'tabeval-suites'): SuiteStore {
  return suiteStoreOver(indexedDbMedium(createStore(database, 'kv')));
}

/** Suites for as long as the page lives. */
export function memorySuiteStore(rows: Rows = new Map()): SuiteStore {
  return suiteStoreOver(memoryMedium(rows));
}

const summaryKey = (id: string): Key => ['summary', id];
const suiteKey = (id: string): Key => ['suite', id];

const localText = v.strictObject({ en: v.string(), zh: v.string() });
const summarySchema = v.strictObject({
  id: v.string(),
  version: v.string(),
  hash: v.string(),
  title: localText,
  description: localText,
  kind: v.picklist(['reading', 'mathematics', 'custom']),
  languages: v.array(v.picklist(LANGUAGES)),
  itemCount: v.pipe(v.number(), v.integer(), v.minValue(1)),
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1)),
  variants: v.array(v.strictObject({ id: v.picklist(VARIANT_IDS), maxTokens: v.number() })),
  savedAt: timeSchema,
});

/** The suite store over any medium. What is read has passed its schema, and so has what is written. */
function suiteStoreOver(medium: Medium): SuiteStore {
  return {
    list: async () => {
      const summaries = (await medium.under(['summary'])).flatMap(([key, stored]) => {
        const parsed = v.safeParse(summarySchema, stored);
        return parsed.success && parsed.output.id === key[1] ? [parsed.output] : [];
      });
      return summaries.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
    },
    get: async (id) => {
      const stored = await medium.get(suiteKey(id));
      return stored === undefined ? null : suiteOf(id, stored);
    },
    put: async (suite, savedAt) => {
      const checked = suiteOf(suite.id, suite);
      const summary = summaryOf(checked, savedAt);
      await medium.put([
        [suiteKey(suite.id), checked],
        [summaryKey(suite.id), summary],
      ]);
      return summary;
    },
    remove: (id) => medium.remove([suiteKey(id), summaryKey(id)]),
  };
}

function summaryOf(suite: Suite, savedAt: string): StoredSuite {
  return {
    ...suiteRef(suite),
    description: suite.description,
    kind: suite.kind,
    languages: LANGUAGES.filter((language) => suite.items.some((item) => item.language === language)),
    itemCount: suite.items.length,
    maxTokens: suite.maxTokens,
    variants: variantsOf(suite),
    savedAt,
  };
}

function suiteOf(id: string, stored: unknown): Suite {
  const decoded = decodeSuite(stored);
  const wrong = decoded.ok
    ? decoded.suite.id === id
      ? ''
      : `under the id of ${id}`
    : decoded.problems.map(({ path, code }) => `${path}: ${code}`).join('; ');
  if (decoded.ok && wrong === '') return decoded.suite;
  throw new FailureError(failure('invalid-input', `suite ${id}: ${wrong}`));
}
