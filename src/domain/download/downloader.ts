import type { ModelCard } from '../model.ts';
import type { Room } from './estimate.ts';
import type { DownloadFailure } from './failure.ts';
import { sameSource, type DownloadPlan, type DownloadSource } from './plan.ts';

export interface RepositoryRequest {
  /** "owner/name". */
  readonly repository: string;
  /** A commit, branch or tag; null: the newest of the usual branch. */
  readonly revision: string | null;
  /** Null: every build that an engine here can load. */
  readonly build: WantedBuild | null;
}

export interface WantedBuild {
  readonly engine: string;
  readonly quantisation: string;
  /** For people; the repository's own name where it is left out. */
  readonly name?: string;
  readonly parameters?: number;
  /** Where the graph does not have the usual name "model". */
  readonly modelFile?: string;
  /** web-llm: file name of the compiled library. */
  readonly library?: string;
  /** Tokens of context that the engine is to make room for, where that is less than the model has. */
  readonly context?: number;
  /** What files must be, by their path in the repository, as our catalogue says. */
  readonly sha256?: Readonly<Record<string, string>>;
}

/** Asks for what a plan was made of, of a source that may be another one: whose commits are not those of the first. */
export function requestAgain(plan: DownloadPlan, source: DownloadSource): RepositoryRequest {
  const { repository, commit, build, name, parameters, contextLength, files } = plan;
  const library = files.find(({ path }) => path.startsWith('lib/'))?.path.slice('lib/'.length);
  const pins = files.flatMap(({ path, check }) =>
    check?.kind === 'sha256' && check.from === 'catalogue' ? [[path, check.hex] as const] : [],
  );
  return {
    repository,
    revision: sameSource(plan.source, source) ? commit : null,
    build: {
      ...{ engine: build.engine, quantisation: build.quantisation, name },
      ...(parameters === null ? {} : { parameters }),
      ...(library === undefined ? {} : { library, context: contextLength }),
      ...(pins.length === 0 ? {} : { sha256: Object.fromEntries(pins) }),
    },
  };
}

/** What goes on in a download. */
export type DownloadStep =
  | { readonly kind: 'fetching'; readonly file: string }
  /** What lay here already is read again, to go on with its hash. */
  | { readonly kind: 'reading'; readonly file: string }
  /** Nothing comes; the next try starts after `delayMs`. */
  | { readonly kind: 'waiting'; readonly failure: DownloadFailure; readonly delayMs: number };

export interface DownloadProgress {
  /** Of all files, what lay here before included. */
  readonly loadedBytes: number;
  /** Null while the source did not tell. */
  readonly totalBytes: number | null;
  readonly step: DownloadStep;
}

export interface Unfinished {
  readonly plan: DownloadPlan;
  readonly loadedBytes: number;
}

export type ProbeResult =
  /** `ms`: from the request to the first bytes. `found`: false where it has not this repository, but answers. */
  | { readonly ok: true; readonly ms: number; readonly found: boolean }
  | { readonly ok: false; readonly failure: DownloadFailure };

/**
 * The port to models from elsewhere. Adapter: models/download. Methods reject with a DownloadError (the source) or a
 * FailureError (this device), or with the signal's reason.
 */
export interface Downloader {
  /** What a repository offers, one plan for each build, smallest download first. Fetches no weights. */
  look(request: RepositoryRequest, source: DownloadSource, signal: AbortSignal): Promise<readonly DownloadPlan[]>;
  /** Fetches the first bytes of a repository's config.json. Does not reject for what is wrong with the source. */
  probe(source: DownloadSource, repository: string, signal: AbortSignal): Promise<ProbeResult>;
  room(): Promise<Room>;
  unfinished(): Promise<readonly Unfinished[]>;
  /**
   * Fetches what is missing, checks it, and puts the model into the library as the last step. An aborted download keeps
   * what it has; so does one that fails, except for a file that proved wrong.
   */
  start(plan: DownloadPlan, onProgress: (progress: DownloadProgress) => void, signal: AbortSignal): Promise<ModelCard>;
  /** Deletes what an unfinished download has. */
  discard(plan: DownloadPlan): Promise<void>;
}
