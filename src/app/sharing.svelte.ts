import type { App } from './app.svelte.ts';
import {
  failure,
  FailureError,
  judgedByHand,
  toFailure,
  type Comparison,
  type DecodedLink,
  type Failure,
  type ResultStore,
  type RunHeader,
  type SharedRun,
} from '#domain';
import { m } from '#i18n';
import type { RecordProblem } from '#sharing';
import { compareClaim } from './comparison.ts';
import type { Preferences } from './preferences.svelte.ts';
import type { Results } from './results.svelte.ts';
import { shareText } from './shareText.ts';

/** A run's summary, ready to be sent. */
export interface Share {
  /** At most 1,800 characters. */
  readonly link: string;
  /** The same in words, with the link: can be read without clicking. */
  readonly text: string;
  /** The link leads others nowhere: it starts with an address of this machine or network. */
  readonly local: boolean;
  /** False where the link had no room for the verdict of each item. */
  readonly withVerdicts: boolean;
}

/** Ids of the formats that a run can be saved as; the files themselves are written in #sharing. */
export const EXPORT_FORMATS = ['record', 'csv', 'markdown'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Ids of the formats that are several files in one archive. */
export const EXPORT_ARCHIVES = ['lm-eval'] as const;
export type ExportArchive = (typeof EXPORT_ARCHIVES)[number];

/** A file that is no text. */
export interface ExportBytes {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ExportFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly text: string;
}

export type { RecordProblem };

export type RecordImport =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  /** No run record: nothing was stored. */
  | { readonly kind: 'refused'; readonly file: string; readonly problem: RecordProblem }
  | { readonly kind: 'failed'; readonly file: string; readonly failure: Failure }
  /** A run with this id is stored already and stays as it is. */
  | { readonly kind: 'exists'; readonly runId: string }
  | { readonly kind: 'done'; readonly runId: string };

/** What leaves the browser when the user says so, and what comes in. Its code is fetched when first needed. */
export class Sharing {
  #import = $state.raw<RecordImport>({ kind: 'idle' });
  readonly #store: ResultStore;
  readonly #results: Results;
  readonly #preferences: Preferences;

  constructor(store: ResultStore, results: Results, preferences: Preferences) {
    this.#store = store;
    this.#results = results;
    this.#preferences = preferences;
  }

  /** The link and the text of a run, in the language of the page. */
  async share(header: RunHeader): Promise<Share> {
    const { checkPublicAddress, isLocalAddress, shareFacts, sharedRun, shareLink } = await import('#sharing');
    const set = this.#preferences.current.publicAddress;
    const checked = checkPublicAddress(set === '' ? document.baseURI : set);
    if (!checked.ok) throw new FailureError(failure('invalid-input', `public address: ${checked.problem}`));
    const [{ url, kept }, overrides] = await Promise.all([
      shareLink(header, checked.address),
      this.#store.listOverrides(header.id),
    ]);
    return {
      link: url,
      text: shareText(header, shareFacts(sharedRun(header)), judgedByHand(header.verdicts, overrides), url),
      local: isLocalAddress(checked.address),
      withVerdicts: kept === 'everything',
    };
  }

  /** What a link says. Never rejects for what is in it; stores and runs nothing. */
  async open(payload: string): Promise<DecodedLink> {
    return (await import('#sharing')).decodeLink(payload);
  }

  /** The claim against a run of one's own; null where they cannot be set side by side item by item. */
  async compare(claim: SharedRun, own: RunHeader): Promise<Comparison | null> {
    const { itemsPrefix } = await import('#sharing');
    return claim.suite.itemsPrefix === itemsPrefix(own.spec.itemIds) ? compareClaim(claim, own) : null;
  }

  /** Rejects like `Results.detail`. */
  async exportFile(format: ExportFormat, runId: string): Promise<ExportFile> {
    const { fileName, RUN_FORMATS } = await import('#sharing');
    const chosen = RUN_FORMATS.find(({ id }) => id === format);
    if (chosen === undefined) throw new FailureError(failure('unexpected', `no format ${format}`));
    const detail = await this.#results.detail(runId);
    const words = {
      ...{ item: m.result_table_item(), answer: m.result_table_answer(), result: m.result_table_result() },
      judged: m.formats_judged_by_hand(),
    };
    return { name: fileName(detail.header, chosen), type: chosen.mediaType, text: chosen.write(detail, words) };
  }

  /** Rejects like `Results.detail`, and with `suite-missing` where the questions are not at hand. */
  async exportArchive(format: ExportArchive, runId: string): Promise<ExportBytes> {
    const { fileName, packed, RUN_ARCHIVES } = await import('#sharing');
    const chosen = RUN_ARCHIVES.find(({ id }) => id === format);
    if (chosen === undefined) throw new FailureError(failure('unexpected', `no format ${format}`));
    const detail = await this.#results.detail(runId);
    const bytes = await packed(chosen.files(detail));
    return { name: fileName(detail.header, chosen), type: chosen.mediaType, bytes };
  }

  get importing(): RecordImport {
    return this.#import;
  }

  dismissImport(): void {
    this.#import = { kind: 'idle' };
  }

  /** Reads a run record. What became of it is in `importing`; a run that is stored already is never replaced. */
  async importFile(file: File): Promise<void> {
    this.#import = { kind: 'reading' };
    try {
      this.#import = await this.#read(file);
    } catch (thrown) {
      this.#import = { kind: 'failed', file: file.name, failure: toFailure(thrown) };
    }
  }

  async #read(file: File): Promise<RecordImport> {
    const { LONGEST_RECORD, readRecords } = await import('#sharing');
    // Bytes are at least as many as characters divided by four, so nothing that could be read is refused here.
    if (file.size > LONGEST_RECORD * 4) {
      const problem = { code: 'too-long', length: file.size, limit: LONGEST_RECORD } as const;
      return { kind: 'refused', file: file.name, problem };
    }
    const read = readRecords(await file.text());
    if (!read.ok) return { kind: 'refused', file: file.name, problem: read.problem };
    let added = 0;
    for (const { header, items, suite, overrides } of read.records) {
      if (suite !== null) await this.#store.putSuite(header.spec.suite.hash, suite);
      if ((await this.#store.addRun(header, items, overrides)) === 'exists') continue;
      added += 1;
      this.#results.note(header);
    }
    const [first] = read.records;
    return { kind: added > 0 ? 'done' : 'exists', runId: first.header.id };
  }
}

export const sharingState = (app: App): Sharing => new Sharing(app.store, app.results, app.preferences);
