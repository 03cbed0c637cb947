import type { App } from './app.svelte.ts';
import { failure, FailureError, LANGUAGES, SUITE_LIMITS, type Language, type LocalText, type Suite } from '#domain';
import { LOADING, settle, type Loadable } from './loadable.ts';
import { SuiteDraft } from './suiteDraft.svelte.ts';
import { blankSuite } from './suiteParts.ts';
import type { SuiteEntry, Suites } from './suites.svelte.ts';

/** The one suite that is being written. It stands here so that it outlives a visit to another page. */
export class SuiteEditor {
  #id = $state<string | null>(null);
  #draft = $state.raw<Loadable<SuiteDraft>>(LOADING);
  readonly #suites: Suites;

  constructor(suites: Suites) {
    this.#suites = suites;
  }

  get draft(): Loadable<SuiteDraft> {
    return this.#draft;
  }

  /** Id of the suite that is open; null: none is. */
  get openId(): string | null {
    return this.#id;
  }

  /** Id of the suite that is open and has changes that are not stored; null: there is none. */
  get unsaved(): string | null {
    return this.#draft.kind === 'ready' && this.#draft.value.changed ? this.#id : null;
  }

  /** Opens one's own suite; the one that is open already stays as it is written. Never rejects. */
  async open(id: string): Promise<void> {
    if (id === this.#id && this.#draft.kind === 'ready') return;
    this.#id = id;
    this.#draft = LOADING;
    const opened = await settle(this.#load(id));
    if (this.#id === id) this.#draft = opened;
  }

  /** Begins a suite that is not stored yet; returns its id. */
  create(title: string, language: Language): string {
    return this.#begin(blankSuite(this.#suites.freeId('my-suite'), title, language));
  }

  /** Begins a copy, not stored yet, under an id of its own; returns that. Rejects like `load` of the entry. */
  async copy(entry: SuiteEntry, titleOf: (title: string, locale: keyof LocalText) => string): Promise<string> {
    const suite = await entry.load();
    const named = (locale: keyof LocalText): string => titleOf(suite.title[locale], locale).slice(0, SUITE_LIMITS.line);
    const title: LocalText = { en: named('en'), zh: named('zh') };
    return this.#begin({ ...suite, id: this.#suites.freeId(suite.id), version: '1', title });
  }

  /** Gives up what is not stored. */
  discard(): void {
    this.#id = null;
    this.#draft = LOADING;
  }

  #begin(suite: Suite): string {
    this.#id = suite.id;
    this.#draft = { kind: 'ready', value: new SuiteDraft(suite, null) };
    return suite.id;
  }

  async #load(id: string): Promise<SuiteDraft> {
    if (this.#suites.own.length === 0) await this.#suites.refresh();
    const entry = this.#suites.own.find((own) => own.id === id);
    if (entry === undefined) throw new FailureError(failure('suite-missing', id));
    const suite = await entry.load();
    return new SuiteDraft(suite, suite);
  }
}

/** The languages in which a suite can be asked: those of its items. */
export function languagesOf(suite: Suite): readonly Language[] {
  return LANGUAGES.filter((language) => suite.items.some((item) => item.language === language));
}

export const suiteEditorState = (app: App): SuiteEditor => new SuiteEditor(app.suites);
