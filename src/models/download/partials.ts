/**
 * Where unfinished downloads lie: the port between fetching and keeping. Adapters: opfsPartials.ts, and
 * memoryPartials.ts where the browser refuses storage. Rejects with a FailureError (`storage-full`, …).
 */
import type { DownloadPlan, ModelCard, ModelFile } from '#domain';

export interface Partials {
  list(): Promise<readonly PartialModel[]>;
  /** The one with the plan's key, else a new one. */
  open(plan: DownloadPlan): Promise<PartialModel>;
}

/** What is remembered of an unfinished download beside its bytes. */
export interface Note {
  readonly plan: DownloadPlan;
  /** What each file was when its first bytes came, by path: a part of another version is not glued to it. */
  readonly seen: Readonly<Record<string, { readonly url: string; readonly etag: string | null }>>;
  /** Files that are whole and checked, by path. */
  readonly done: Readonly<Record<string, ModelFile>>;
}

export interface PartialModel {
  readonly note: Note;
  /** Replaces the note. */
  keep(note: Note): Promise<void>;
  /** Bytes of a file that are here; 0 where there is none. */
  bytes(path: string): Promise<number>;
  /** Opens a file for appending. What is there already is read once, for its hash. */
  part(path: string): Promise<Part>;
  /** A file that is not open. */
  read(path: string): Promise<Blob>;
  /** Makes a model of it, which the library lists from then on; the unfinished download is gone. */
  commit(card: ModelCard): Promise<ModelCard>;
  discard(): Promise<void>;
  /** Does the work while no other tab works on this download; rejects with a DownloadError `in-use`. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

/** One at a time for each file. */
export interface Part {
  readonly bytes: number;
  append(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Drops everything. */
  restart(): Promise<void>;
  /** SHA-256 of all bytes, in hex. Nothing can be appended afterwards. */
  digest(): Promise<string>;
  /** Safe to call twice. */
  close(): Promise<void>;
}
