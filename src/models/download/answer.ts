import { DownloadError } from '#domain';

/** Throws what an answer's status and type say against it. */
export function refuseAnswer(address: string, response: Response): void {
  const { status, headers } = response;
  const said = `HTTP ${status}`;
  if (status === 404 || status === 410) throw new DownloadError('not-found', address, said);
  if (status === 401 || status === 403 || status === 451) throw new DownloadError('no-access', address, said);
  if (status === 429) throw new DownloadError('rate-limited', address, said, retryAfterMs(headers));
  // More than there is was asked for: the file is shorter than the source's list says.
  if (status === 416) throw new DownloadError('wrong-length', address, said);
  if (!response.ok) throw new DownloadError('server-error', address, said, retryAfterMs(headers));
  if (headers.get('Content-Type')?.toLowerCase().includes('text/html') === true) {
    throw new DownloadError('html', address);
  }
}

/** Seconds or a date; null where the header is missing, unreadable across origins, or nonsense. */
function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('Retry-After');
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/**
 * Which part of a file an answer is. `Content-Length` of a whole answer says nothing for certain: it counts compressed
 * bytes where the server compresses, and whether it does cannot be read across origins. Parts are never compressed.
 */
export function ofWholeFile(
  response: Response,
  from: number,
): { readonly start: number; readonly total: number | null } {
  if (response.status !== 206) return { start: 0, total: null };
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('Content-Range') ?? '');
  // Hidden across origins by some hosts: then it is what was asked for, and the hash has the last word.
  if (range === null) return { start: from, total: null };
  const [, start = '', total = '*'] = range;
  return { start: Number(start), total: total === '*' ? null : Number(total) };
}
