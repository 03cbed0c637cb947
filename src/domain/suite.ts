/** A suite is data with a version and a hash: everything that decides what a model is asked and what counts. */

export const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'] as const;
/** The language (and script) in which an item is asked. */
export type Language = (typeof LANGUAGES)[number];

/** A short text of the interface in both of its languages. */
export interface LocalText {
  readonly en: string;
  readonly zh: string;
}

export interface Gold {
  /** The expected answer as text: "58159881", "1/3", "2024-12-31", "腾讯控股有限公司", "unanswerable". */
  readonly value: string;
  /**
   * Absent: unknown. "": unitless number. "text": a span. "choice": the letter of an option. "percent", "date",
   * "range", "minute", "metre", … or a currency with the scale in which the table counts: "CNY:thousand", "USD:one".
   */
  readonly unit?: string;
  /** Further spans that are right as well (only for "text"). */
  readonly aliases?: readonly string[];
}

/** Where the gold comes from, so that a script can derive it again and a reader can check it. */
export type Proof =
  /**
   * The cell of the passage's table in this row and column: labels as they stand in the passage, with the group in
   * front where one label stands under several: "Current assets › Other".
   */
  | { readonly kind: 'cell'; readonly row: string; readonly column: string }
  /** That cell is empty or says that it has no value: the question cannot be answered. */
  | { readonly kind: 'blank'; readonly row: string; readonly column: string }
  /** A literal piece of the passage; it occurs there. */
  | { readonly kind: 'span'; readonly span: string }
  /** An arithmetic expression (+ − × ÷ and parentheses, exact rationals) whose value is the gold. */
  | { readonly kind: 'expression'; readonly expression: string }
  /** The same over what the passage says: "[Net sales | FY2024] − [Net sales | FY2023]", "[28 dollars] × 3". */
  | { readonly kind: 'derived'; readonly expression: string }
  /**
   * Calendar arithmetic: "2024-02-26 + 5 days" (a date), "2024-05-05 - 2024-03-10" (days), "weekday 2024-01-01". A
   * date may be a literal piece of the passage: "[1 March 2025] + 6 months".
   */
  | { readonly kind: 'calendar'; readonly expression: string }
  /** The passage does not say; `absent` is the term that would have to occur and does not. */
  | { readonly kind: 'absent'; readonly absent: string }
  /** Only the author says so: for questions that people write themselves. No built-in suite may use it. */
  | { readonly kind: 'stated' };

export interface Item {
  /** Unique in its suite, stable across versions: "tbl-hk-01". */
  readonly id: string;
  readonly language: Language;
  /** Id of the passage that the question is about, if any. */
  readonly passage?: string;
  readonly question: string;
  readonly gold: Gold;
  readonly proof: Proof;
  /** The way to the gold in steps, for people: no model is ever shown it. */
  readonly solution?: string;
  /** The texts of the options A, B, C, …, which stand in the question as well (only for a gold of unit "choice"). */
  readonly choices?: readonly string[];
  readonly tags: readonly string[];
}

export interface Passage {
  readonly id: string;
  readonly language: Language;
  readonly text: string;
}

/** `{passage}` and `{question}` are replaced once, together; anything else in braces stays as it is. */
export interface PromptTemplate {
  /** Our system text. Absent: none is sent, and the model's own template decides. */
  readonly system?: Readonly<Partial<Record<Language, string>>>;
  /** User message for an item with a passage. */
  readonly withPassage: Readonly<Partial<Record<Language, string>>>;
  /** User message for an item without one. */
  readonly withoutPassage: Readonly<Partial<Record<Language, string>>>;
}

export const VARIANT_IDS = ['plain', 'answer-format', 'step-by-step', 'few-shot', 'closed-book'] as const;
/** A way of asking a suite's items; part of a run's identity. Every suite has `plain`: its own `prompt`. */
export type VariantId = (typeof VARIANT_IDS)[number];

/** Another way of asking the same items than the suite's own. */
export type PromptVariant =
  | {
      readonly id: 'answer-format' | 'step-by-step' | 'few-shot';
      readonly prompt: PromptTemplate;
      /** As in `Suite`. */
      readonly maxTokens: number;
    }
  /** Without the passages: what a model knows by heart. */
  | {
      readonly id: 'closed-book';
      readonly prompt: Omit<PromptTemplate, 'withPassage'>;
      readonly maxTokens: number;
    };

export interface Suite {
  readonly format: 'tabeval-suite';
  readonly schema: 1;
  readonly id: string;
  readonly version: string;
  readonly kind: 'reading' | 'mathematics' | 'custom';
  readonly title: LocalText;
  readonly description: LocalText;
  readonly licence: string;
  readonly prompt: PromptTemplate;
  /** Most new tokens for one answer of a model that does not think. */
  readonly maxTokens: number;
  /** Absent: there is only `plain`. */
  readonly variants?: readonly PromptVariant[];
  readonly passages: readonly Passage[];
  readonly items: readonly Item[];
}

/** What a run or a link says about the suite that was asked. */
export interface SuiteRef {
  readonly id: string;
  readonly version: string;
  /** SHA-256 (hex) of the suite's canonical JSON. */
  readonly hash: string;
  readonly title: LocalText;
}
