import {
  canonicalJson,
  decodeSuite,
  guessLanguage,
  type Item,
  type Language,
  type Passage,
  type PromptTemplate,
  type PromptVariant,
  type Suite,
  type SuiteProblem,
  type VariantId,
} from '#domain';
import { withKnownUnits } from '#domain/grading';
import {
  blankItem,
  blankVariant,
  free,
  mended,
  raised,
  withoutPassage,
  withoutPassages,
  withTemplates,
  withText,
  withUsedPassages,
} from './suiteParts.ts';
import type { Suites } from './suites.svelte.ts';

/** So many steps can be taken back. */
const STEPS = 100;

/** One's own suite while it is being written. Wrong in between, as everything is that is being typed. */
export class SuiteDraft {
  #suite = $state.raw<Suite>() as Suite;
  #saved = $state.raw<Suite | null>(null);
  /** As it was before each step, the last one at the end. A suite is never changed in place, so these cost little. */
  #past = $state.raw<readonly Suite[]>([]);
  #future = $state.raw<readonly Suite[]>([]);
  /** What the last step changed: letters that are typed into one field are one step. */
  #field: string | null = null;
  readonly #decoded = $derived(withKnownUnits(decodeSuite(this.#suite)));

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
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Takes the last step back, with everything as it was then. */
  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.#suite];
    this.#suite = before;
    this.#field = null;
  }

  redo(): void {
    const after = this.#future.at(-1);
    if (after === undefined) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.#suite];
    this.#suite = after;
    this.#field = null;
  }

  change(change: Partial<Pick<Suite, 'title' | 'description' | 'licence' | 'maxTokens' | 'kind'>>): void {
    this.#step({ ...this.#suite, ...change }, Object.keys(change).join());
  }

  /** '' takes the text of that language away. `variant`: of the suite itself, or of another way of asking. */
  changePrompt(which: keyof PromptTemplate, language: Language, text: string, variant: VariantId = 'plain'): void {
    const field = `${variant} ${which} ${language}`;
    if (variant === 'plain') {
      this.#step({ ...this.#suite, prompt: withText(this.#suite.prompt, which, language, text) }, field);
      return;
    }
    this.#changeVariant(variant, field, (before) => {
      if (before.id !== 'closed-book') return { ...before, prompt: withText(before.prompt, which, language, text) };
      const prompt = withText({ ...before.prompt, withPassage: {} }, which, language, text);
      return { ...before, prompt: withoutPassages(prompt) };
    });
  }

  changeVariantTokens(variant: PromptVariant['id'], maxTokens: number): void {
    this.#changeVariant(variant, `${variant} tokens`, (before) => ({ ...before, maxTokens }));
  }

  /** Offers another way of asking; it begins as the suite's own. */
  addVariant(id: PromptVariant['id']): void {
    const { variants = [] } = this.#suite;
    if (variants.some((variant) => variant.id === id)) return;
    this.#step({ ...this.#suite, variants: [...variants, blankVariant(id, this.#suite)] });
  }

  removeVariant(id: PromptVariant['id']): void {
    const { variants = [], ...suite } = this.#suite;
    const left = variants.filter((variant) => variant.id !== id);
    this.#step(left.length === 0 ? suite : { ...suite, variants: left });
  }

  changeItem(index: number, change: Partial<Item>): void {
    const asserted = ['question', 'gold', 'passage', 'choices', 'language'].some((field) => field in change);
    const items = this.#suite.items.map((item, n) => (n === index ? mended({ ...item, ...change }, asserted) : item));
    this.#step(withTemplates(withUsedPassages({ ...this.#suite, items })), `${index} ${Object.keys(change).join()}`);
  }

  /** The way to the gold, for people; '' takes it away. */
  changeSolution(index: number, solution: string): void {
    const item = this.#suite.items[index];
    if (item === undefined) return;
    const changed: { -readonly [K in keyof Item]: Item[K] } = { ...item, solution };
    if (solution === '') delete changed.solution;
    const items = this.#suite.items.map((one, n) => (n === index ? changed : one));
    this.#step({ ...this.#suite, items }, `${index} solution`);
  }

  /** The text that the item is about; '' takes it away. Items that share the passage all get the new text. */
  changePassage(index: number, text: string): void {
    const item = this.#suite.items[index];
    if (item === undefined) return;
    const field = `${index} passage text`;
    if (text === '') {
      this.#replaceItem(index, withoutPassage(item), field);
      return;
    }
    const { passages } = this.#suite;
    if (item.passage !== undefined) {
      const changed = passages.map((passage) => (passage.id === item.passage ? { ...passage, text } : passage));
      this.#step({ ...this.#suite, passages: changed }, field);
      return;
    }
    const passage: Passage = { id: free('p', passages), language: guessLanguage(text), text };
    const suite = { ...this.#suite, passages: [...passages, passage] };
    this.#replaceItem(index, { ...item, passage: passage.id }, field, suite);
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
    this.#step(withTemplates({ ...this.#suite, items: [...items, item] }));
    return items.length;
  }

  /** Returns the place of the copy, which is right behind the original. */
  duplicateItem(index: number): number {
    const { items } = this.#suite;
    const item = items[index];
    if (item === undefined) return index;
    const copy = { ...item, id: free('q', items) };
    this.#step({ ...this.#suite, items: [...items.slice(0, index + 1), copy, ...items.slice(index + 1)] });
    return index + 1;
  }

  /** Puts an item before or behind its neighbour; returns its place after that. */
  moveItem(index: number, by: 1 | -1): number {
    const items = [...this.#suite.items];
    const [item, other] = [items[index], items[index + by]];
    if (item === undefined || other === undefined) return index;
    items[index] = other;
    items[index + by] = item;
    this.#step({ ...this.#suite, items });
    return index + by;
  }

  removeItem(index: number): void {
    const items = this.#suite.items.filter((_, n) => n !== index);
    this.#step(withUsedPassages({ ...this.#suite, items }));
  }

  /** Stores the suite with a raised version. False where it is not right yet. Rejects with what the store says. */
  async save(suites: Suites): Promise<boolean> {
    const decoded = withKnownUnits(decodeSuite({ ...this.#suite, version: this.nextVersion }));
    if (!decoded.ok) return false;
    await suites.save(decoded.suite);
    this.#suite = decoded.suite;
    this.#saved = decoded.suite;
    this.#past = [];
    this.#future = [];
    this.#field = null;
    return true;
  }

  #replaceItem(index: number, item: Item, field: string, suite = this.#suite): void {
    const items = suite.items.map((one, n) => (n === index ? mended(item, true) : one));
    this.#step(withTemplates(withUsedPassages({ ...suite, items })), field);
  }

  #changeVariant(id: VariantId, field: string, change: (before: PromptVariant) => PromptVariant): void {
    const variants = this.#suite.variants?.map((variant) => (variant.id === id ? change(variant) : variant));
    if (variants !== undefined) this.#step({ ...this.#suite, variants }, field);
  }

  /** `field`: what is being typed into; absent: a step of its own. */
  #step(suite: Suite, field: string | null = null): void {
    if (field === null || field !== this.#field) this.#past = [...this.#past, this.#suite].slice(-STEPS);
    this.#field = field;
    this.#future = [];
    this.#suite = suite;
  }
}
