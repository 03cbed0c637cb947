import {
  canonicalJson,
  decodeSuite,
  guessLanguage,
  type Gold,
  type Item,
  type Language,
  type Passage,
  type PromptTemplate,
  type Suite,
  type SuiteProblem,
} from '#domain';
import type { Suites } from './suites.svelte.ts';

/** One's own suite while it is being written. Wrong in between, as everything is that is being typed. */
export class SuiteDraft {
  #suite = $state.raw<Suite>() as Suite;
  #saved = $state.raw<Suite | null>(null);
  /** Before the last removal, to take it back. */
  #before = $state.raw<Suite | null>(null);
  readonly #decoded = $derived(decodeSuite(this.#suite));

  /** `saved`: null for a suite that was never stored. */
  constructor(suite: Suite, saved: Suite | null) {
    this.#suite = suite;
    this.#saved = saved;
  }

  get suite(): Suite {
    return this.#suite;
  }

  get problems(): readonly SuiteProblem[] {
    return this.#decoded.ok ? [] : this.#decoded.problems;
  }

  /** Whether there is something that is not stored. */
  get changed(): boolean {
    return this.#saved === null || canonicalJson(this.#saved) !== canonicalJson(this.#suite);
  }

  /** The version that saving gives: raised where anything was changed since it was stored. */
  get nextVersion(): string {
    return this.#saved !== null && this.changed ? raised(this.#saved.version) : this.#suite.version;
  }

  get canUndo(): boolean {
    return this.#before !== null;
  }

  change(change: Partial<Pick<Suite, 'title' | 'description' | 'licence' | 'maxTokens' | 'kind'>>): void {
    this.#suite = { ...this.#suite, ...change };
  }

  /** '' takes the template of that language away. */
  changePrompt(which: keyof PromptTemplate, language: Language, text: string): void {
    const others = Object.entries(this.#suite.prompt[which] ?? {}).filter(([other]) => other !== language);
    const changed = Object.fromEntries(text === '' ? others : [...others, [language, text]]);
    const { system, ...prompt } = { ...this.#suite.prompt, [which]: changed };
    const hasSystem = system !== undefined && Object.keys(system).length > 0;
    this.#suite = { ...this.#suite, prompt: hasSystem ? { ...prompt, system } : prompt };
  }

  changeItem(index: number, change: Partial<Item>): void {
    const items = this.#suite.items.map((item, n) => (n === index ? mended({ ...item, ...change }) : item));
    this.#suite = withTemplates(withUsedPassages({ ...this.#suite, items }));
  }

  /** The text that the item is about; '' takes it away. Items that share the passage all get the new text. */
  changePassage(index: number, text: string): void {
    const item = this.#suite.items[index];
    if (item === undefined) return;
    if (text === '') {
      this.#replaceItem(index, withoutPassage(item));
      return;
    }
    const { passages } = this.#suite;
    if (item.passage !== undefined) {
      const changed = passages.map((passage) => (passage.id === item.passage ? { ...passage, text } : passage));
      this.#suite = { ...this.#suite, passages: changed };
      return;
    }
    const passage: Passage = { id: free('p', passages), language: guessLanguage(text), text };
    this.#suite = { ...this.#suite, passages: [...passages, passage] };
    this.#replaceItem(index, { ...item, passage: passage.id });
  }

  /** Makes the item one about a passage that is there already. */
  usePassage(index: number, id: string): void {
    this.changeItem(index, { passage: id });
  }

  /** Adds an item like its neighbours; returns its place. */
  addItem(): number {
    const { items } = this.#suite;
    const last = items.at(-1);
    const item = blankItem(free('q', items), last?.language ?? 'en');
    this.#suite = withTemplates({ ...this.#suite, items: [...items, item] });
    return items.length;
  }

  /** Returns the place of the copy, which is right behind the original. */
  duplicateItem(index: number): number {
    const { items } = this.#suite;
    const item = items[index];
    if (item === undefined) return index;
    const copy = { ...item, id: free('q', items) };
    this.#suite = { ...this.#suite, items: [...items.slice(0, index + 1), copy, ...items.slice(index + 1)] };
    return index + 1;
  }

  removeItem(index: number): void {
    this.#before = this.#suite;
    const items = this.#suite.items.filter((_, n) => n !== index);
    this.#suite = withUsedPassages({ ...this.#suite, items });
  }

  /** Takes the last removal back, with everything as it was then. */
  undo(): void {
    if (this.#before === null) return;
    this.#suite = this.#before;
    this.#before = null;
  }

  /** Stores the suite with a raised version. False where it is not right yet. Rejects with what the store says. */
  async save(suites: Suites): Promise<boolean> {
    const decoded = decodeSuite({ ...this.#suite, version: this.nextVersion });
    if (!decoded.ok) return false;
    await suites.save(decoded.suite);
    this.#suite = decoded.suite;
    this.#saved = decoded.suite;
    this.#before = null;
    return true;
  }

  #replaceItem(index: number, item: Item): void {
    const items = this.#suite.items.map((one, n) => (n === index ? mended(item) : one));
    this.#suite = withTemplates(withUsedPassages({ ...this.#suite, items }));
  }
}

const PROMPTS: Readonly<Record<Language, { readonly withPassage: string; readonly withoutPassage: string }>> = {
  en: {
    withPassage: '{passage}\n\n{question}\nReply with the answer only.',
    withoutPassage: '{question}\nReply with the answer only.',
  },
  'zh-Hans': { withPassage: '{passage}\n\n{question}\n只回答答案。', withoutPassage: '{question}\n只回答答案。' },
  'zh-Hant': { withPassage: '{passage}\n\n{question}\n只回答答案。', withoutPassage: '{question}\n只回答答案。' },
};

/** A suite to begin with: one empty item, and a prompt that can be used as it is. */
export function blankSuite(id: string, title: string, language: Language): Suite {
  return {
    format: 'tabeval-suite',
    schema: 1,
    id,
    version: '1',
    kind: 'custom',
    title: { en: title, zh: title },
    description: { en: title, zh: title },
    licence: 'unstated',
    prompt: { withPassage: {}, withoutPassage: { [language]: PROMPTS[language].withoutPassage } },
    maxTokens: 128,
    passages: [],
    items: [blankItem('q-1', language)],
  };
}

function blankItem(id: string, language: Language): Item {
  return { id, language, question: '', gold: { value: '', unit: 'text' }, proof: { kind: 'stated' }, tags: [] };
}

/**
 * A template for each language and kind of item that has none yet: an item must be askable as soon as it is there. A
 * variant that has no words for such an item asks it plainly.
 */
function withTemplates(suite: Suite): Suite {
  const { items, variants } = suite;
  const prompt = filled(suite.prompt, items);
  if (variants === undefined) return { ...suite, prompt };
  const filledVariants = variants.map((variant) =>
    variant.id === 'closed-book'
      ? {
          ...variant,
          prompt: withoutPassages(filled({ ...variant.prompt, withPassage: {} }, items.map(withoutPassage))),
        }
      : { ...variant, prompt: filled(variant.prompt, items) },
  );
  return { ...suite, prompt, variants: filledVariants };
}

function filled(prompt: PromptTemplate, items: readonly Item[]): PromptTemplate {
  const full = { ...prompt, withPassage: { ...prompt.withPassage }, withoutPassage: { ...prompt.withoutPassage } };
  for (const { language, passage } of items) {
    const which = passage === undefined ? 'withoutPassage' : 'withPassage';
    full[which][language] ??= PROMPTS[language][which];
  }
  return full;
}

function withoutPassages({ system, withoutPassage }: PromptTemplate): Omit<PromptTemplate, 'withPassage'> {
  return system === undefined ? { withoutPassage } : { system, withoutPassage };
}

function withUsedPassages(suite: Suite): Suite {
  const used = new Set(suite.items.map(({ passage }) => passage));
  return { ...suite, passages: suite.passages.filter(({ id }) => used.has(id)) };
}

function withoutPassage(item: Item): Item {
  const changed: { -readonly [K in keyof Item]: Item[K] } = { ...item };
  delete changed.passage;
  return changed;
}

/** What was changed by hand is proven by hand: a proof that spoke of the old gold or passage would be false. */
function mended(item: Item): Item {
  const { aliases, ...gold }: Gold = item.gold;
  const keepsAliases = gold.unit === 'text' && aliases !== undefined && aliases.length > 0;
  const { choices, ...rest } = item;
  const keepsChoices = gold.unit === 'choice' && choices !== undefined;
  return {
    ...rest,
    ...(keepsChoices ? { choices } : {}),
    gold: keepsAliases ? { ...gold, aliases } : gold,
    proof: { kind: 'stated' },
  };
}

function free(prefix: string, taken: readonly { readonly id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  let n = taken.length + 1;
  while (ids.has(`${prefix}-${n}`)) n += 1;
  return `${prefix}-${n}`;
}

/** The last number of a version, one higher: "1" → "2", "1.0.9" → "1.0.10"; without any, "-2" behind it. */
function raised(version: string): string {
  const last = /^(.*?)(\d+)([^\d]*)$/.exec(version);
  if (last === null) return `${version.slice(0, 60)}-2`;
  const [, before = '', number = '0', after = ''] = last;
  return `${before}${BigInt(number) + 1n}${after}`.slice(0, 64);
}
