/** Which files a repository has, by the source's own list, or by asking for each where there is none. */
import { DownloadError, type DownloadSource } from '#domain';
import * as v from 'valibot';
import { openRemote, type Fetch } from '../network.ts';
import { hostOf, type ListedFile, type Listing } from './sources.ts';

/** Of a list or a configuration. Big repositories have thousands of files, 200 bytes each. */
const MOST_BYTES = 8 * 2 ** 20;
const STALL_MS = 20_000;

export interface ListRequest {
  readonly source: DownloadSource;
  readonly repository: string;
  readonly revision: string;
  /** What to ask for, one after the other, where the source is a bare folder; `exists` says what was found. */
  readonly candidates: (exists: (path: string) => Promise<boolean>) => Promise<void>;
}

export async function listFiles(
  { source, repository, revision, candidates }: ListRequest,
  signal: AbortSignal,
  send?: Fetch,
): Promise<Listing> {
  const host = hostOf(source);
  const url = host.listUrl(repository, revision);
  try {
    return host.decode(await readJson(url, signal, send));
  } catch (thrown) {
    if (v.isValiError(thrown)) throw new DownloadError('bad-listing', url, thrown.message);
    const bare = thrown instanceof DownloadError && ['not-found', 'html', 'bad-listing'].includes(thrown.failure.code);
    if (source.kind !== 'own' || !bare) throw thrown;
  }
  const files: ListedFile[] = [];
  await candidates(async (path) => {
    const found = await ask(host.fileUrl(repository, revision, path), signal, send);
    if (found !== null) files.push({ path, bytes: found.bytes, check: null });
    return found !== null;
  });
  return { commit: null, files };
}

/** Null: not there. Asks for all bytes from the second on, because a part is never compressed and so tells its length. */
async function ask(url: string, signal: AbortSignal, send?: Fetch): Promise<{ bytes: number | null } | null> {
  try {
    const remote = await openRemote(url, { from: 1, stallMs: STALL_MS, signal }, send);
    remote.close();
    return { bytes: remote.total };
  } catch (thrown) {
    if (thrown instanceof DownloadError && ['not-found', 'html'].includes(thrown.failure.code)) return null;
    throw thrown;
  }
}

/** Rejects with a DownloadError; `bad-listing` for what is not JSON or longer than any list is. */
export async function readJson(url: string, signal: AbortSignal, send?: Fetch): Promise<unknown> {
  const remote = await openRemote(url, { from: 0, stallMs: STALL_MS, signal }, send);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of remote.pieces) {
    bytes += piece.byteLength;
    if (bytes > MOST_BYTES) throw new DownloadError('bad-listing', url, `more than ${MOST_BYTES} bytes`);
    text += decoder.decode(piece, { stream: true });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw new DownloadError('bad-listing', url, String(thrown));
  }
}
