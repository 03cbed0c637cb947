import type { App } from './app.svelte.ts';
import { canonicalJson, decodeSuite, guessLanguage, sha256Hex, type Gold, type ModelCard, type Suite } from '#domain';
import type { DeviceChoice } from './device.svelte.ts';
import type { Models } from './models.svelte.ts';
import { modelKey } from './setup.svelte.ts';

/** What a person writes on the page "My question". */
export interface QuestionDraft {
  readonly passage: string;
  readonly question: string;
  /** The expected answer as text. */
  readonly gold: string;
  /** `Gold.unit`; null: the answer is a number, its unit is not known. */
  readonly unit: string | null;
}

const EMPTY: QuestionDraft = { passage: '', question: '', gold: '', unit: 'text' };

/** Enough for an answer with some words around it; a model that does not stop by itself is cut off here. */
const MAX_TOKENS = 256;

/** Characters of the question that name the suite in lists. */
const TITLE = 40;

/** The page's state: what is written, who is asked, what was asked last. */
export class Question {
  draft = $state.raw<QuestionDraft>(EMPTY);
  device = $state<DeviceChoice>('auto');
  /** The suite of the last time that "ask" was pressed. */
  asked = $state.raw<Suite | null>(null);
  #chosen = $state.raw<readonly string[] | null>(null);
  /** A suite of one item, and the draft that was filled in from it. */
  #example: { readonly suite: Suite; readonly draft: QuestionDraft } | null = null;
  readonly #models: Models;

  constructor(models: Models) {
    this.#models = models;
  }

  change(change: Partial<QuestionDraft>): void {
    this.draft = { ...this.draft, ...change };
  }

  /** In the order of the list; the first model (the embedded one) until something is chosen. */
  get models(): readonly ModelCard[] {
    const { cards } = this.#models;
    if (cards.kind !== 'ready') return [];
    const chosen = this.#chosen;
    return chosen === null ? cards.value.slice(0, 1) : cards.value.filter(({ ref }) => chosen.includes(modelKey(ref)));
  }

  choose(model: ModelCard, on: boolean): void {
    const key = modelKey(model.ref);
    const others = this.models.map(({ ref }) => modelKey(ref)).filter((other) => other !== key);
    this.#chosen = on ? [...others, key] : others;
  }

  /** Fills the form from a suite's first item. Asked unchanged, it is that suite and no copy of it. */
  fill(suite: Suite): void {
    const [item] = suite.items;
    if (item === undefined) return;
    const passage = suite.passages.find(({ id }) => id === item.passage)?.text ?? '';
    const draft = { passage, question: item.question, gold: item.gold.value, unit: item.gold.unit ?? null };
    this.#example = { suite, draft };
    this.draft = draft;
  }

  clear(): void {
    this.draft = EMPTY;
  }

  /** Null where the draft is not a question yet: question or expected answer are missing, or too long for a suite. */
  suite(): Suite | null {
    const { draft } = this;
    if (this.#example !== null && canonicalJson(this.#example.draft) === canonicalJson(draft)) {
      return this.#example.suite;
    }
    const decoded = decodeSuite(suiteOf(draft));
    return decoded.ok ? decoded.suite : null;
  }
}

/** A suite of one item. Its id comes from its content: the same question asked again is the same suite. */
function suiteOf({ passage, question, gold, unit }: QuestionDraft): Suite {
  const asked = question.trim();
  const hasPassage = passage.trim() !== '';
  const language = guessLanguage(`${asked}${passage}`);
  const expected: Gold = unit === null ? { value: gold.trim() } : { value: gold.trim(), unit };
  const title = asked.length > TITLE ? `${asked.slice(0, TITLE)}…` : asked;
  const fingerprint = sha256Hex(canonicalJson({ passage, asked, expected })).slice(0, 12);
  return {
    format: 'tabeval-suite',
    schema: 1,
    id: `question-${fingerprint}`,
    version: '1',
    kind: 'custom',
    title: { en: title, zh: title },
    description: { en: title, zh: title },
    licence: 'unstated',
    prompt: {
      withPassage: hasPassage ? { [language]: '{passage}\n\n{question}' } : {},
      withoutPassage: hasPassage ? {} : { [language]: '{question}' },
    },
    maxTokens: MAX_TOKENS,
    passages: hasPassage ? [{ id: 'passage', language, text: passage }] : [],
    items: [
      {
        id: 'question',
        language,
        ...(hasPassage ? { passage: 'passage' } : {}),
        question: asked,
        gold: expected,
        proof: { kind: 'stated' },
        tags: [],
      },
    ],
  };
}

export const questionState = (app: App): Question => new Question(app.models);
