/**
 * The only door to the network: what leaves this machine, and what comes in, can be read here. (A worker that reads this
 * site's own files is the one exception: src/engines/README.md.)
 */
import { failure, FailureError } from '#domain';

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
