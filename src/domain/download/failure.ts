import { toFailure, type Failure } from '../failure.ts';

/** What can go wrong with a file of a source. The sentences, with a cure each, stand in messages/{en,zh}/models.json. */
export const DOWNLOAD_CODES = [
  /** The browser says that there is no network. */
  'offline',
  /** No answer: server off, name unknown, blocked on the way. */
  'unreachable',
  /** The server is there but does not let pages of other sites read it. */
  'cors-off',
  /** The connection stands but brings nothing any more. */
  'stalled',
  /** The connection ended before the file did. */
  'cut',
  'not-found',
  /** 401 or 403: a model whose terms must be accepted, a private one, or a region. */
  'no-access',
  'rate-limited',
  'server-error',
  /** A web page in place of a file: a login, a portal, the start page of a site that knows no 404. */
  'html',
  /** The few lines by which git names a large file, in place of the file. */
  'lfs-pointer',
  'wrong-length',
  'wrong-bytes',
  /** The source's file became another one while it was fetched, more often than we start over. */
  'changed',
  /** The list of files is not what the source's interface is known to give. */
  'bad-listing',
  /** Nothing in the repository that an engine here can load, or not the build that was asked for. */
  'no-build',
  /** The model has no chat template, without which nothing can be asked: most often one that was not made for chats. */
  'no-template',
  /** Another tab downloads this build now. */
  'in-use',
] as const;

export type DownloadCode = (typeof DOWNLOAD_CODES)[number];

export interface DownloadFailure {
  readonly code: DownloadCode;
  /** What was asked for. */
  readonly url: string;
  /** The server's status, lengths, hashes: for whoever reports it. Not translated. */
  readonly detail: string;
  /** Whether the same request may succeed a little later. */
  readonly retryable: boolean;
  /** How long the server asked us to wait; null where it said nothing. */
  readonly retryAfterMs: number | null;
}

const RETRYABLE: ReadonlySet<DownloadCode> = new Set([
  ...(['offline', 'unreachable', 'stalled', 'cut', 'rate-limited', 'server-error'] as const),
]);

/** Carries a download's failure through code that can only throw. */
export class DownloadError extends Error {
  readonly failure: DownloadFailure;
  constructor(code: DownloadCode, url: string, detail = '', retryAfterMs: number | null = null) {
    super(`${code}: ${url} ${detail}`);
    this.name = 'DownloadError';
    this.failure = { code, url, detail, retryable: RETRYABLE.has(code), retryAfterMs };
  }
}

/** What ends a download: the source's fault, or something here (storage full, a bug). */
export type DownloadProblem = DownloadFailure | Failure;

export function isDownloadFailure(problem: DownloadProblem): problem is DownloadFailure {
  return 'url' in problem;
}

export function toDownloadProblem(thrown: unknown): DownloadProblem {
  if (thrown instanceof DownloadError) return thrown.failure;
  return toFailure(thrown);
}
