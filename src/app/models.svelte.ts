import { toFailure, type Failure, type ModelCard } from '#domain';
import { LOADING, settle, type Loadable } from './loadable.ts';
import { otherBuilds } from './otherBuilds.ts';
import type { FolderFile, FolderReport, ModelLibrary } from './ports.ts';

export type ImportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  /** The folder was looked at; where it has a build, `start` copies it. */
  | { readonly kind: 'inspected'; readonly report: FolderReport }
  | {
      readonly kind: 'copying';
      readonly report: FolderReport;
      readonly loadedBytes: number;
      readonly totalBytes: number;
      /** `performance.now()` when the copy began: for speed and time left. */
      readonly since: number;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'done'; readonly card: ModelCard };

/** The models that can be chosen, and the import of a folder. */
export class Models {
  #cards = $state.raw<Loadable<readonly ModelCard[]>>(LOADING);
  #import = $state.raw<ImportState>({ kind: 'idle' });
  /** Of servers that are connected now. */
  #remote = $state.raw<readonly ModelCard[]>([]);
  #addressOf: (ref: ModelCard['ref']) => string | null = () => null;
  #files: readonly FolderFile[] = [];
  #controller: AbortController | null = null;
  readonly #library: ModelLibrary;

  constructor(library: ModelLibrary) {
    this.#library = library;
  }

  /** Those on this device, then those of connected servers. */
  get cards(): Loadable<readonly ModelCard[]> {
    const here = this.#cards;
    return here.kind === 'ready' ? { kind: 'ready', value: [...here.value, ...this.#remote] } : here;
  }

  /** Two servers may have the same weights: they are one choice. `addressOf`: where a model is asked. */
  showRemote(cards: readonly ModelCard[], addressOf: (ref: ModelCard['ref']) => string | null = () => null): void {
    this.#addressOf = addressOf;
    const same = (a: ModelCard, b: ModelCard): boolean => a.ref.id === b.ref.id && a.ref.revision === b.ref.revision;
    this.#remote = cards.filter((card, index) => cards.findIndex((other) => same(card, other)) === index);
  }

  /** The address of the server that is asked for this model; null where no connected one has it. */
  addressOf(ref: ModelCard['ref']): string | null {
    return this.#addressOf(ref);
  }

  get importing(): ImportState {
    return this.#import;
  }

  async refresh(): Promise<void> {
    this.#cards = await settle(this.#library.list());
  }

  /** The card with exactly these weights, for resuming a run. */
  find(ref: Pick<ModelCard['ref'], 'id' | 'revision' | 'build'>): ModelCard | null {
    const cards = this.cards;
    if (cards.kind !== 'ready') return null;
    const same = (card: ModelCard): boolean =>
      card.ref.id === ref.id &&
      card.ref.revision === ref.revision &&
      card.ref.build.engine === ref.build.engine &&
      card.ref.build.quantisation === ref.build.quantisation;
    return cards.value.find(same) ?? null;
  }

  /** Other builds of the same model on this device; fetched ones and imported ones alike. */
  otherBuilds(model: ModelCard): readonly ModelCard[] {
    return this.#cards.kind === 'ready' ? otherBuilds(model, this.#cards.value) : [];
  }

  /** Looks at a picked or dropped folder; copies nothing. */
  async inspect(files: Promise<readonly FolderFile[]> | readonly FolderFile[]): Promise<void> {
    this.#import = { kind: 'reading' };
    try {
      this.#files = await files;
      this.#import = { kind: 'inspected', report: await this.#library.inspect(this.#files) };
    } catch (thrown) {
      this.#import = { kind: 'failed', failure: toFailure(thrown) };
    }
  }

  /** Copies the build that was chosen from the inspected folder. */
  async start(quantisation: string): Promise<void> {
    if (this.#import.kind !== 'inspected') return;
    const { report } = this.#import;
    const controller = new AbortController();
    this.#controller = controller;
    const since = performance.now();
    const show = (loadedBytes: number, totalBytes: number): void => {
      if (!controller.signal.aborted) this.#import = { kind: 'copying', report, loadedBytes, totalBytes, since };
    };
    show(0, report.builds.find((build) => build.quantisation === quantisation)?.bytes ?? 0);
    try {
      const card = await this.#library.import(this.#files, quantisation, show, controller.signal);
      await this.refresh();
      this.#import = { kind: 'done', card };
    } catch (thrown) {
      this.#import = controller.signal.aborted ? { kind: 'idle' } : { kind: 'failed', failure: toFailure(thrown) };
    } finally {
      this.#controller = null;
    }
  }

  /** Stops a copy (nothing of it stays) or puts a report or an error away. */
  dismiss(): void {
    if (this.#controller === null) this.#import = { kind: 'idle' };
    else this.#controller.abort();
  }

  async remove(card: ModelCard): Promise<void> {
    await this.#library.remove(card);
    await this.refresh();
  }
}
