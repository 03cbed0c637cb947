import type { App } from './app.svelte.ts';
import { SUITE_LIMITS, toFailure, type Failure } from '#domain';
import type { ImportOptions, Inspection, Previewed, ReadSuite, SuiteImporter, Unreadable, Writing } from '#sharing';
import { LOADING, settle, type Loadable } from './loadable.ts';
import type { SuiteEntry, Suites } from './suites.svelte.ts';

/** Nothing was said of how the file is written. */
const AS_FOUND: Writing = { encoding: null, delimiter: null, head: true };

/** A file on its way to becoming a suite. */
export type SuiteImportState =
  | { readonly kind: 'idle' }
  /** Its beginning is looked at. */
  | { readonly kind: 'inspecting'; readonly file: File }
  | (Chosen & { readonly kind: 'choosing'; readonly preview: Loadable<readonly Previewed[]> })
  /** `bytes`: read so far. */
  | (Chosen & { readonly kind: 'reading'; readonly bytes: number })
  | (Chosen & { readonly kind: 'read'; readonly result: ReadSuite })
  | { readonly kind: 'unreadable'; readonly file: File; readonly what: Unreadable }
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
    await this.#inspect(file, AS_FOUND, (inspection) => firstOptions(file, inspection), signal);
  }

  /** Says otherwise how the file is written: it is looked at again, and what was said of the suite stays. */
  async rewrite(change: Partial<Writing>): Promise<void> {
    const state = this.#state;
    if (state.kind !== 'choosing') return;
    const { file, options } = state;
    const writing = { ...options.writing, ...change };
    const { title, licence, language, take, unit } = options;
    const optionsOf = (inspection: Inspection): ImportOptions => ({
      ...firstOptions(file, inspection),
      ...{ title, licence, language, take, unit, writing },
    });
    await this.#inspect(file, writing, optionsOf, this.#restart());
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

  async #inspect(
    file: File,
    writing: Writing,
    optionsOf: (inspection: Inspection) => ImportOptions,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const inspected = await (await this.#importer()).inspect(file, writing, signal);
      if (signal.aborted) return;
      if (inspected.kind === 'unreadable') this.#state = { ...inspected, file };
      else await this.#choose({ file, inspection: inspected.inspection, options: optionsOf(inspected.inspection) });
    } catch (thrown) {
      this.#fail(file, thrown, signal);
    }
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
    writing: AS_FOUND,
    take: { kind: 'first', count: SUITE_LIMITS.items },
  };
}

export const suiteImportState = (app: App): SuiteImportFlow => new SuiteImportFlow(app.suites);
