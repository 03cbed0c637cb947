import { guessLanguage, LANGUAGES, SUITE_LIMITS, type Item, type Language, type Passage, type Suite } from '#domain';
import type { EntryFormat, Question } from './format.ts';
import { MAX_TOKENS, promptFor } from './prompts.ts';
import { languagesOf } from './script.ts';

/** What a person says of the suite that a file becomes. */
export interface SuiteNames {
  readonly title: string;
  /** '' where it is not known. */
  readonly licence: string;
  /** Null: by the script of each question. */
  readonly language: Language | null;
}

/** `origin`: one line on where the items are from. */
export function buildSuite(
  questions: readonly Question[],
  format: EntryFormat,
  names: SuiteNames,
  origin: string,
): Suite {
  const title = names.title.trim().slice(0, SUITE_LIMITS.line);
  const passages = new Map<string, Passage>();
  const ids = new Names();
  const guesses = languagesOf(questions.map(({ question, passage }) => question + (passage ?? '')));
  const items = questions.map((question, n): Item => {
    const language = question.language ?? names.language ?? guesses[n] ?? 'en';
    const passage = question.passage === null ? undefined : passageOf(passages, question.passage, names.language);
    return {
      id: ids.free(question.id ?? '', `q-${n + 1}`),
      language,
      ...(passage === undefined ? {} : { passage: passage.id }),
      question: question.question,
      gold: question.gold,
      proof: proofOf(question),
      ...(question.solution === undefined ? {} : { solution: question.solution }),
      ...(question.choices === undefined ? {} : { choices: question.choices }),
      tags: question.tags.map((tag) => plainId(tag)).filter((tag) => tag !== ''),
    };
  });
  const languages = LANGUAGES.filter((language) => items.some((item) => item.language === language));
  return {
    format: 'tabeval-suite',
    schema: 1,
    id: plainId(title) || 'imported',
    version: '1',
    kind: format.suiteKind,
    title: { en: title, zh: title },
    description: { en: origin, zh: origin },
    licence: names.licence.trim() || 'unstated',
    prompt: promptFor(format.asks, languages),
    maxTokens: MAX_TOKENS[format.asks],
    passages: [...passages.values()],
    items,
  };
}

/** Questions on the same text share its passage. */
function passageOf(passages: Map<string, Passage>, text: string, language: Language | null): Passage {
  let passage = passages.get(text);
  if (passage === undefined) {
    passage = { id: `p-${passages.size + 1}`, language: language ?? guessLanguage(text), text };
    passages.set(text, passage);
  }
  return passage;
}

/** A span that stands in the passage proves itself; everything else is the author's word. */
function proofOf({ passage, gold }: Question): Item['proof'] {
  const isSpan = passage !== null && gold.unit === 'text' && passage.includes(gold.value);
  return isSpan ? { kind: 'span', span: gold.value } : { kind: 'stated' };
}

/** Ids that are unique in one suite. */
class Names {
  readonly #taken = new Set<string>();

  /** `wanted` as an id, with a number behind it where it is taken; `fallback` where nothing is left of it. */
  free(wanted: string, fallback: string): string {
    const base = plainId(wanted) || fallback;
    let id = base;
    for (let n = 2; this.#taken.has(id); n += 1) id = `${base.slice(0, SUITE_LIMITS.id - 8)}-${n}`;
    this.#taken.add(id);
    return id;
  }
}

/** Letters and digits of any script, '.', '_', '-'; what else there is becomes '-'. '' where nothing is left. */
export function plainId(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .replace(/^[^\p{L}\p{N}]+|-+$/gu, '')
      .slice(0, SUITE_LIMITS.id)
      // Never half of a pair.
      .replace(/[\ud800-\udbff]$/, '')
  );
}
