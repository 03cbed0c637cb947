import type { App } from './app.svelte.ts';
import { SUITE_LIMITS, toFailure, type Failure } from '#domain';
import type { ImportOptions, Inspection, Previewed, ReadSuite, SuiteImporter } from '#sharing';
import { LOADING, settle, type Loadable } from './loadable.ts';
import type { SuiteEntry, Suites } from './suites.svelte.ts';

/** A file on its way to becoming a suite. */
export type SuiteImportState =
  | { readonly kind: 'idle' }
  /** Its beginning is looked at. */
  | { readonly kind: 'inspecting'; readonly file: File }
  | (Chosen & { readonly kind: 'choosing'; readonly preview: Loadable<readonly Previewed[]> })
  /** `bytes`: read so far. */
  | (Chosen & { readonly kind: 'reading'; readonly bytes: number })
  | (Chosen & { readonly kind: 'read'; readonly result: ReadSuite })
  | { readonly kind: 'failed'; readonly file: File; readonly failure: Failure };

interface Chosen {
  readonly file: File;
  readonly inspection: Inspection;
  readonly options: ImportOptions;
}

/** Reads a file step by step: what it is, how it is to be read, what came of it. Nothing is stored before `add`. */
export class SuiteImportFlow {
  #state = $state.raw<SuiteImportState>({ kind: 'idle' });
  #abort = new AbortController();
  readonly #suites: Suites;
  readonly #importer: () => Promise<SuiteImporter>;

  constructor(suites: Suites, importer: () => Promise<SuiteImporter> = workerImporter) {
    this.#suites = suites;
    this.#importer = importer;
  }

  get state(): SuiteImportState {
    return this.#state;
  }

  /** Looks at a file; another one that is being read is given up. */
  async open(file: File): Promise<void> {
    const signal = this.#restart();
    this.#state = { kind: 'inspecting', file };
    try {
      const inspection = await (await this.#importer()).inspect(file, signal);
      if (!signal.aborted) await this.#choose({ file, inspection, options: firstOptions(file, inspection) });
    } catch (thrown) {
      this.#fail(file, thrown, signal);
    }
  }

  /** Another format, mapping or name: the preview follows. */
  async change(change: Partial<ImportOptions>): Promise<void> {
    const state = this.#state;
    if (state.kind !== 'choosing' && state.kind !== 'read') return;
    const { file, inspection, options } = state;
    await this.#choose({ file, inspection, options: { ...options, ...change } });
  }

  /** Reads the whole file. */
  async read(): Promise<void> {
    const state = this.#state;
    if (state.kind !== 'choosing') return;
    const { file, inspection, options } = state;
    const signal = this.#restart();
    this.#state = { kind: 'reading', file, inspection, options, bytes: 0 };
    try {
      const importer = await this.#importer();
      const onBytes = (bytes: number): void => {
        if (!signal.aborted) this.#state = { kind: 'reading', file, inspection, options, bytes };
      };
      const result = await importer.read(file, options, onBytes, signal);
      if (!signal.aborted) this.#state = { kind: 'read', file, inspection, options, result };
    } catch (thrown) {
      this.#fail(file, thrown, signal);
    }
  }

  /** Back to the choices, from a reading that is going on or done. */
  async back(): Promise<void> {
    const state = this.#state;
    if (state.kind !== 'reading' && state.kind !== 'read') return;
    const { file, inspection, options } = state;
    await this.#choose({ file, inspection, options });
  }

  /** Stores what was read; null where there is nothing to store, or storing failed (then the state says why). */
  async add(): Promise<SuiteEntry | null> {
    const state = this.#state;
    if (state.kind !== 'read' || state.result.kind !== 'read') return null;
    try {
      const entry = await this.#suites.keep(state.result.suite);
      this.close();
      return entry;
    } catch (thrown) {
      this.#state = { kind: 'failed', file: state.file, failure: toFailure(thrown) };
      return null;
    }
  }

  close(): void {
    this.#restart();
    this.#state = { kind: 'idle' };
  }

  async #choose(chosen: Chosen): Promise<void> {
    const signal = this.#restart();
    const before = this.#state.kind === 'choosing' ? this.#state.preview : LOADING;
    this.#state = { kind: 'choosing', ...chosen, preview: before };
    const preview = await settle(this.#importer().then((one) => one.preview(chosen.file, chosen.options, signal)));
    if (!signal.aborted) this.#state = { kind: 'choosing', ...chosen, preview };
  }

  /** Gives up what is going on. */
  #restart(): AbortSignal {
    this.#abort.abort();
    this.#abort = new AbortController();
    return this.#abort.signal;
  }

  #fail(file: File, thrown: unknown, signal: AbortSignal): void {
    if (!signal.aborted) this.#state = { kind: 'failed', file, failure: toFailure(thrown) };
  }
}

async function workerImporter(): Promise<SuiteImporter> {
  return (await import('#sharing')).workerImporter();
}

function firstOptions(file: File, { formats, guessed }: Inspection): ImportOptions {
  return {
    format: formats[0]?.id ?? 'table',
    columns: guessed,
    unit: null,
    language: null,
    title: file.name.replace(/\.[^.]*$/, '') || file.name,
    licence: '',
    file: file.name,
    take: { kind: 'first', count: SUITE_LIMITS.items },
  };
}

export const suiteImportState = (app: App): SuiteImportFlow => new SuiteImportFlow(app.suites);
