import * as v from 'valibot';
import { canonicalJson, sha256Hex } from './hash.ts';
import type { Item, PromptTemplate, Proof, Suite, SuiteRef } from './suite.ts';
import { pathOf, problemOf, type SuiteProblem } from './suiteProblem.ts';
import { suiteSchema } from './suiteSchema.ts';

export type DecodedSuite =
  | { readonly ok: true; readonly suite: Suite }
  /** At least one problem, at most MOST_PROBLEMS. */
  | { readonly ok: false; readonly problems: readonly SuiteProblem[] };

/** A file that is wrong throughout would give thousands; nobody mends more than this at a time. */
const MOST_PROBLEMS = 50;

/** Proofs that speak of the item's passage. */
const ABOUT_PASSAGE: ReadonlySet<Proof['kind']> = new Set(['cell', 'blank', 'span', 'derived', 'absent']);

/** A suite's own templates, or those of a variant: without the passages there is no `withPassage`. */
type AnyPrompt = Omit<PromptTemplate, 'withPassage'> & Partial<PromptTemplate>;

/** A suite is five levels deep at most (items, item, gold, aliases, alias). */
const DEEPEST = 8;

/**
 * Narrows anything (parsed JSON) to a suite, as a fresh object without a single reference into the input. Never
 * throws. Never half: with one problem there is no suite.
 */
export function decodeSuite(input: unknown): DecodedSuite {
  const hostile = hostileKey(input, []);
  if (hostile !== null) return { ok: false, problems: [hostile] };
  const parsed = v.safeParse(suiteSchema, input);
  if (!parsed.success) return { ok: false, problems: parsed.issues.slice(0, MOST_PROBLEMS).map(problemOf) };
  const problems = [...disagreements(parsed.output)].slice(0, MOST_PROBLEMS);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, suite: parsed.output };
}

/** SHA-256 over the canonical JSON: the order of keys and the layout of the file do not matter, every text does. */
export function suiteHash(suite: Suite): string {
  return sha256Hex(canonicalJson(suite));
}

export function suiteRef(suite: Suite): SuiteRef {
  return { id: suite.id, version: suite.version, hash: suiteHash(suite), title: suite.title };
}

/**
 * The first key that every object inherits, or a nesting without end. It comes before the schema because
 * `'__proto__' in {}` is true: a check for unknown keys does not see such a key.
 */
function hostileKey(value: unknown, path: readonly (string | number)[]): SuiteProblem | null {
  if (value === null || typeof value !== 'object') return null;
  if (path.length > DEEPEST) return { path: pathOf(path), code: 'too-deep', params: { most: String(DEEPEST) } };
  if (Array.isArray(value)) return firstOf(value.entries(), path);
  const inherited = Object.keys(value).find((key) => key in Object.prototype);
  if (inherited !== undefined) return { path: pathOf([...path, inherited]), code: 'forbidden-key', params: {} };
  return firstOf(Object.entries(value), path);
}

function firstOf(entries: Iterable<[string | number, unknown]>, path: readonly (string | number)[]) {
  for (const [key, inner] of entries) {
    const found = hostileKey(inner, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}

/** What a field alone cannot show: ids that repeat, references into nothing, a language without a template. */
function* disagreements(suite: Suite): Generator<SuiteProblem> {
  yield* duplicates(suite.passages, 'passages');
  yield* duplicates(suite.items, 'items');
  yield* duplicates(suite.variants ?? [], 'variants');
  for (const [path, prompt] of promptsOf(suite)) yield* placeholders(prompt, path);
  const passages = new Set(suite.passages.map((passage) => passage.id));
  for (const [index, item] of suite.items.entries()) yield* itemProblems(suite, item, `items[${index}]`, passages);
}

function* duplicates(entries: readonly { readonly id: string }[], name: string): Generator<SuiteProblem> {
  const seen = new Set<string>();
  for (const [index, { id }] of entries.entries()) {
    if (seen.has(id)) yield { path: `${name}[${index}].id`, code: 'duplicate-id', params: { id } };
    seen.add(id);
  }
}

/** Every template of the suite with its place in the file. */
function promptsOf(suite: Suite): readonly (readonly [path: string, prompt: AnyPrompt])[] {
  const variants = (suite.variants ?? []).map(({ prompt }, index) => [`variants[${index}].prompt`, prompt] as const);
  return [['prompt', suite.prompt], ...variants];
}

function* placeholders(prompt: AnyPrompt, path: string): Generator<SuiteProblem> {
  for (const which of ['withPassage', 'withoutPassage'] as const) {
    const wanted = which === 'withPassage' ? ['{passage}', '{question}'] : ['{question}'];
    for (const [language, template] of Object.entries(prompt[which] ?? {})) {
      for (const placeholder of wanted.filter((p) => !template.includes(p))) {
        yield { path: `${path}.${which}.${language}`, code: 'placeholder-missing', params: { placeholder } };
      }
    }
  }
}

function* itemProblems(suite: Suite, item: Item, at: string, passages: ReadonlySet<string>): Generator<SuiteProblem> {
  if (item.passage !== undefined && !passages.has(item.passage)) {
    yield { path: `${at}.passage`, code: 'passage-missing', params: { id: item.passage } };
  }
  for (const [path, prompt] of promptsOf(suite)) {
    const which = item.passage === undefined || prompt.withPassage === undefined ? 'withoutPassage' : 'withPassage';
    if (prompt[which]?.[item.language] === undefined) {
      yield { path: `${path}.${which}`, code: 'template-missing', params: { language: item.language } };
    }
  }
  const { kind } = item.proof;
  if (item.passage === undefined && ABOUT_PASSAGE.has(kind)) {
    yield { path: `${at}.proof`, code: 'proof-needs-passage', params: { kind } };
  }
  if (item.gold.aliases !== undefined && item.gold.unit !== 'text') {
    yield { path: `${at}.gold.aliases`, code: 'aliases-without-text', params: {} };
  }
}
