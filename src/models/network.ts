/**
 * The only door to the network: what leaves this machine, and what comes in, can be read here. (A worker that reads this
 * site's own files is the one exception: src/engines/README.md.)
 */
import { DownloadError, failure, FailureError } from '#domain';
import { ofWholeFile, refuseAnswer } from './download/answer.ts';
import { checkServerAddress } from './serverAddress.ts';

export interface FetchLimits {
  /** Bytes; more is refused as soon as it is seen. */
  readonly maxBytes: number;
  /** Milliseconds for the whole, from the request to the last byte. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * The bytes of a file. Sends no cookies and no referrer, and follows no redirect to another place. Rejects with a
 * FailureError (`network`, `files-missing`, `file-corrupt`), or with the reason of `signal`.
 */
export async function fetchBytes(address: string, limits: FetchLimits): Promise<Uint8Array<ArrayBuffer>> {
  const tooLate = AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal === undefined ? tooLate : AbortSignal.any([limits.signal, tooLate]);
  try {
    const response = await fetch(address, {
      signal,
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
    refuseOther(address, response, limits.maxBytes);
    return await readCapped(address, response, limits.maxBytes);
  } catch (thrown) {
    if (limits.signal?.aborted === true) throw limits.signal.reason;
    if (thrown instanceof FailureError) throw thrown;
    const why = tooLate.aborted ? `no answer within ${limits.timeoutMs} ms` : String(thrown);
    throw new FailureError(failure('network', `${address}: ${why}`));
  }
}

function refuseOther(address: string, response: Response, maxBytes: number): void {
  if (response.status === 404) throw new FailureError(failure('files-missing', address));
  if (!response.ok) throw new FailureError(failure('network', `${address}: HTTP ${response.status}`));
  // Hosts of single-page applications answer a missing file with their index page and status 200.
  if (response.headers.get('Content-Type')?.includes('text/html') === true) {
    throw new FailureError(failure('file-corrupt', `${address}: HTML instead of a file`));
  }
  const length = Number(response.headers.get('Content-Length') ?? 0);
  if (length > maxBytes) throw tooLong(address, maxBytes);
}

async function readCapped(address: string, response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) throw tooLong(address, maxBytes);
    pieces.push(piece);
  }
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.byteLength;
  }
  return whole;
}

function tooLong(address: string, maxBytes: number): FailureError {
  return new FailureError(failure('file-corrupt', `${address}: more than ${maxBytes} bytes`));
}

export interface RemoteRequest {
  /** First byte that is wanted. */
  readonly from: number;
  /** Milliseconds without a byte after which the connection counts as dead. */
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

/** A file of another host, while it comes. */
export interface RemoteFile {
  /** Where in the file the first piece belongs: 0 where the server sends it whole although a part was asked for. */
  readonly start: number;
  /** Bytes of the whole file, where the server tells them beyond doubt. */
  readonly total: number | null;
  readonly etag: string | null;
  /** To be read once. Rejects with a DownloadError (`stalled`, `cut`) or the signal's reason. */
  readonly pieces: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** Ends the connection. Nothing happens where it has ended. */
  close(): void;
}

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

const browserFetch: Fetch = (address, init) => fetch(address, init);

/**
 * A model's file from wherever the source sends us: large files lie on other hosts, so redirects are followed (the
 * content security policy says how far). No cookies, no referrer. Of all headers only `Range` in its simple form is
 * sent: anything else (`If-Range` too) would have to be permitted by the host beforehand, which many refuse; the answer's
 * ETag is compared instead. Past the browser's cache, which would keep gigabytes a second time.
 */
export async function openRemote(
  address: string,
  { from, stallMs, signal }: RemoteRequest,
  send: Fetch = browserFetch,
): Promise<RemoteFile> {
  const stop = new AbortController();
  const clock = stallClock(stallMs, stop);
  const plain = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' } as const;
  let response: Response;
  try {
    signal.throwIfAborted();
    response = await clock.watch(
      send(address, {
        ...plain,
        signal: AbortSignal.any([signal, stop.signal]),
        ...(from > 0 ? { headers: { Range: `bytes=${from}-` } } : {}),
      }),
    );
    refuseAnswer(address, response);
  } catch (thrown) {
    stop.abort();
    signal.throwIfAborted();
    if (thrown instanceof DownloadError) throw thrown;
    if (clock.stalled()) throw new DownloadError('stalled', address, `no answer within ${stallMs} ms`);
    throw await whyUnreachable(address, send, String(thrown));
  }
  const { start, total } = ofWholeFile(response, from);
  return {
    start,
    total,
    etag: response.headers.get('ETag'),
    pieces: piecesOf(address, response, clock, signal),
    close: () => stop.abort(),
  };
}

/** Aborts when what is watched takes too long. */
function stallClock(stallMs: number, stop: AbortController) {
  let late = false;
  return {
    stalled: () => late,
    async watch<T>(work: Promise<T>): Promise<T> {
      const timer = setTimeout(() => {
        late = true;
        stop.abort();
      }, stallMs);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function* piecesOf(
  address: string,
  response: Response,
  clock: ReturnType<typeof stallClock>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const piece = await clock.watch(reader?.read() ?? Promise.resolve({ done: true as const, value: undefined }));
      if (piece.done) return;
      yield piece.value;
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw new DownloadError(clock.stalled() ? 'stalled' : 'cut', address, String(thrown));
  } finally {
    // Not awaited: a connection that is cut never answers.
    void reader?.cancel().catch(() => undefined);
  }
}

/**
 * A page gets the same TypeError for a server that is off, one that does not let it read, and one that hung up. A request
 * whose answer nobody can read tells the first apart, and asking once more the last: only the permission (CORS) is
 * missing where the one succeeds and the other does not.
 */
async function whyUnreachable(address: string, send: Fetch, detail: string): Promise<DownloadError> {
  // Node, where the tests run, has no navigator in version 20.
  if ((globalThis.navigator as Navigator | undefined)?.onLine === false) return new DownloadError('offline', address);
  const plain = { method: 'HEAD', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' } as const;
  const answers = (mode: RequestMode): Promise<boolean> =>
    send(address, { ...plain, mode, signal: AbortSignal.timeout(10_000) }).then(
      () => true,
      () => false,
    );
  if (!(await answers('no-cors'))) return new DownloadError('unreachable', address, detail);
  return new DownloadError((await answers('cors')) ? 'cut' : 'cors-off', address, detail);
}

export interface ServerCall {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** An answer that nobody can read, only to learn whether something is there. */
  readonly opaque?: boolean;
}

/**
 * Asks a model server that a person has named. No cookies, no referrer, no redirect to another place, which might get
 * the key. Rejects with the platform's TypeError where no connection comes about (or the browser refuses one), with a
 * FailureError for an address that is none of a server.
 */
export function askServer(address: string, { opaque = false, headers, ...call }: ServerCall): Promise<Response> {
  const checked = checkServerAddress(address);
  if (!checked.ok) throw new FailureError(failure('invalid-input', `${checked.problem}: ${address}`));
  const init = {
    ...call,
    ...(opaque ? { mode: 'no-cors' as const } : { headers }),
    credentials: 'omit' as const,
    redirect: opaque ? ('follow' as const) : ('error' as const),
    referrerPolicy: 'no-referrer' as const,
    cache: 'no-store' as const,
    // Chrome lets a page of https reach http on this machine only where the page says that this is meant.
    ...(checked.space === null ? {} : { targetAddressSpace: checked.space }),
  };
  return fetch(address, init);
}
