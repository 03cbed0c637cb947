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
  type Suite,
  type SuiteProblem,
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

/** The built-in suites and those that were imported since the page was opened. */
export class Suites {
  #imported = $state.raw<readonly SuiteEntry[]>([]);
  #import = $state.raw<SuiteImport>({ kind: 'idle' });
  readonly #builtIn: readonly SuiteEntry[];

  constructor(builtIn: readonly SuiteEntry[]) {
    this.#builtIn = builtIn;
  }

  get entries(): readonly SuiteEntry[] {
    return [...this.#builtIn, ...this.#imported];
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

  /** Reads a suite file. What is wrong with it is in `importing`; an equal suite is not added twice. */
  async importFile(file: File): Promise<SuiteEntry | null> {
    this.#import = { kind: 'reading' };
    try {
      if (file.size > LARGEST_FILE) throw new FailureError(failure('invalid-input', `${file.size} bytes`));
      const decoded = decodeSuite(parse(await file.text()));
      if (!decoded.ok) {
        this.#import = { kind: 'refused', file: file.name, problems: decoded.problems };
        return null;
      }
      const entry = this.add(decoded.suite);
      this.#import = { kind: 'done', entry };
      return entry;
    } catch (thrown) {
      this.#import = { kind: 'failed', file: file.name, failure: toFailure(thrown) };
      return null;
    }
  }

  /** Makes a suite choosable; returns the entry that is there already where the same one is. */
  add(suite: Suite): SuiteEntry {
    const ref = suiteRef(suite);
    const known = this.find(ref.hash);
    if (known !== null) return known;
    const entry: SuiteEntry = {
      ...ref,
      description: suite.description,
      kind: suite.kind,
      languages: LANGUAGES.filter((language) => suite.items.some((item) => item.language === language)),
      itemCount: suite.items.length,
      maxTokens: suite.maxTokens,
      variants: variantsOf(suite),
      load: () => Promise.resolve(suite),
    };
    this.#imported = [...this.#imported, entry];
    return entry;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new FailureError(failure('invalid-input', thrown instanceof Error ? thrown.message : String(thrown)));
  }
}
