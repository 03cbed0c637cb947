import {
  decodeSuite,
  failure,
  FailureError,
  LANGUAGES,
  suiteRef,
  toFailure,
  variantsOf,
  type Failure,
  type Language,
  type LocalText,
  type StoredSuite,
  type Suite,
  type SuiteProblem,
  type SuiteStore,
  type VariantChoice,
} from '#domain';

/** A suite that can be chosen; its texts come with `load`. */
export interface SuiteEntry {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly title: LocalText;
  readonly description: LocalText;
  readonly kind: Suite['kind'];
  readonly languages: readonly Language[];
  readonly itemCount: number;
  readonly maxTokens: number;
  /** The ways in which it can be asked, `plain` first. */
  readonly variants: readonly VariantChoice[];
  load(): Promise<Suite>;
}

export type SuiteImport =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  /** Not JSON, or JSON that is no suite: each problem with its place in the file. */
  | { readonly kind: 'refused'; readonly file: string; readonly problems: readonly SuiteProblem[] }
  | { readonly kind: 'failed'; readonly file: string; readonly failure: Failure }
  | { readonly kind: 'done'; readonly entry: SuiteEntry };

/** A file larger than this is not a suite that somebody wrote. */
const LARGEST_FILE = 20 * 1024 * 1024;

export interface OwnSuites {
  readonly store: SuiteStore;
  /** The time now, ISO 8601. */
  readonly now: () => string;
}

/** The built-in suites and the user's own, which are stored in this browser. */
export class Suites {
  #own = $state.raw<readonly SuiteEntry[]>([]);
  #import = $state.raw<SuiteImport>({ kind: 'idle' });
  #listFailure = $state.raw<Failure | null>(null);
  readonly #builtIn: readonly SuiteEntry[];
  readonly #store: SuiteStore | null;
  readonly #now: () => string;

  /** `kept`: where own suites are stored; null keeps them for as long as the page lives. */
  constructor(builtIn: readonly SuiteEntry[], kept: OwnSuites | null = null) {
    this.#builtIn = builtIn;
    this.#store = kept?.store ?? null;
    this.#now = kept?.now ?? (() => '');
  }

  get entries(): readonly SuiteEntry[] {
    return [...this.#builtIn, ...this.#own];
  }

  get builtIn(): readonly SuiteEntry[] {
    return this.#builtIn;
  }

  /** The user's own, last saved first. */
  get own(): readonly SuiteEntry[] {
    return this.#own;
  }

  /** Why the stored suites could not be listed; null where they could. */
  get listFailure(): Failure | null {
    return this.#listFailure;
  }

  get importing(): SuiteImport {
    return this.#import;
  }

  isBuiltIn(hash: string): boolean {
    return this.#builtIn.some((entry) => entry.hash === hash);
  }

  find(hash: string): SuiteEntry | null {
    return this.entries.find((entry) => entry.hash === hash) ?? null;
  }

  dismissImport(): void {
    this.#import = { kind: 'idle' };
  }

  /** Lists the stored suites. Never rejects. */
  async refresh(): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    try {
      this.#own = (await store.list()).map((stored) => storedEntry(stored, store));
      this.#listFailure = null;
    } catch (thrown) {
      this.#listFailure = toFailure(thrown);
    }
  }

  /** Reads a suite file and keeps it. What is wrong with it is in `importing`; an equal suite is not added twice. */
  async importFile(file: File): Promise<SuiteEntry | null> {
    this.#import = { kind: 'reading' };
    try {
      if (file.size > LARGEST_FILE) throw new FailureError(failure('invalid-input', `${file.size} bytes`));
      const { withKnownUnits } = await import('#domain/grading');
      const decoded = withKnownUnits(decodeSuite(parse(await file.text())));
      if (!decoded.ok) {
        this.#import = { kind: 'refused', file: file.name, problems: decoded.problems };
        return null;
      }
      const entry = await this.keep(decoded.suite);
      this.#import = { kind: 'done', entry };
      return entry;
    } catch (thrown) {
      this.#import = { kind: 'failed', file: file.name, failure: toFailure(thrown) };
      return null;
    }
  }

  /**
   * Keeps a suite from elsewhere. The same one is not kept twice; another one with the id of a suite that is here gets
   * an id of its own, so that neither is lost. Rejects like `save`.
   */
  async keep(suite: Suite): Promise<SuiteEntry> {
    return this.find(suiteRef(suite).hash) ?? this.save({ ...suite, id: this.freeId(suite.id) });
  }

  /** Stores one's own suite in place of the one with its id. Rejects with what the store says. */
  async save(suite: Suite): Promise<SuiteEntry> {
    const store = this.#store;
    const entry = store === null ? entryOf(suite) : storedEntry(await store.put(suite, this.#now()), store);
    this.#own = [entry, ...this.#own.filter(({ id }) => id !== suite.id)];
    return entry;
  }

  /** Removes one's own suite. Runs of it keep it. Rejects with what the store says. */
  async remove(id: string): Promise<void> {
    await this.#store?.remove(id);
    this.#own = this.#own.filter((entry) => entry.id !== id);
  }

  /** `wanted`, or with a number behind it where a suite here has that id. */
  freeId(wanted: string): string {
    const { entries } = this;
    const isTaken = (id: string): boolean => entries.some((entry) => entry.id === id);
    let id = wanted;
    for (let n = 2; isTaken(id); n += 1) id = `${wanted.slice(0, ROOM_FOR_A_NUMBER)}-${n}`;
    return id;
  }

  /** Makes a suite choosable without storing it; returns the entry that is there already where the same one is. */
  add(suite: Suite): SuiteEntry {
    const known = this.find(suiteRef(suite).hash);
    if (known !== null) return known;
    const entry = entryOf(suite);
    this.#own = [...this.#own, entry];
    return entry;
  }
}

/** Characters of an id (64 at most) that leave room for "-" and a number. */
const ROOM_FOR_A_NUMBER = 58;

function storedEntry(stored: StoredSuite, store: SuiteStore): SuiteEntry {
  return {
    ...stored,
    load: async () => {
      const suite = await store.get(stored.id);
      if (suite === null) throw new FailureError(failure('suite-missing', stored.id));
      return suite;
    },
  };
}

function entryOf(suite: Suite): SuiteEntry {
  return {
    ...suiteRef(suite),
    description: suite.description,
    kind: suite.kind,
    languages: LANGUAGES.filter((language) => suite.items.some((item) => item.language === language)),
    itemCount: suite.items.length,
    maxTokens: suite.maxTokens,
    variants: variantsOf(suite),
    load: () => Promise.resolve(suite),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new FailureError(failure('invalid-input', thrown instanceof Error ? thrown.message : String(thrown)));
  }
}
