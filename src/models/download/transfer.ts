/** One file, from its first byte to its checked hash, through cuts, pauses and servers that change their mind. */
import { DownloadError, retryDelayMs, type DownloadStep, type ModelFile, type PlannedFile } from '#domain';
import { isWasm } from '../layouts/webLlmFiles.ts';
import { openRemote, type Fetch } from '../network.ts';
import type { Part, PartialModel } from './partials.ts';

export interface TransferOptions {
  readonly signal: AbortSignal;
  /** Milliseconds without a byte after which a connection counts as dead. */
  readonly stallMs: number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly onBytes: (bytes: number, total: number | null) => void;
  readonly onStep: (step: DownloadStep) => void;
  /** Remembers which version of the file the bytes are of. */
  readonly onSeen: (seen: { readonly url: string; readonly etag: string | null }) => Promise<void>;
  readonly seen: () => { readonly url: string; readonly etag: string | null } | undefined;
  readonly send?: Fetch | undefined;
}

/** Starting over for the third time would go on for ever. */
const MOST_STARTS = 3;

/**
 * Rejects with a DownloadError, a FailureError of the storage, or the signal's reason. Bytes stay for a later try, except
 * those of a file that proved wrong.
 */
export async function transfer(file: PlannedFile, model: PartialModel, options: TransferOptions): Promise<ModelFile> {
  for (let starts = 1; ; starts += 1) {
    const { bytes, sha256 } = await fetchWhole(file, model, options);
    const wrong = await differs(file, sha256, model);
    if (wrong === null) return { path: file.path, bytes, sha256 };
    await drop(file.path, model);
    options.onBytes(0, file.bytes);
    // Once more from the start: a byte may have been hurt on the way, or the file was changed between two parts.
    if (starts === 2) throw new DownloadError('wrong-bytes', file.url, wrong);
  }
}

async function fetchWhole(
  file: PlannedFile,
  model: PartialModel,
  options: TransferOptions,
): Promise<{ bytes: number; sha256: string }> {
  if ((await model.bytes(file.path)) > 0) options.onStep({ kind: 'reading', file: file.path });
  const part = await model.part(file.path);
  try {
    const seen = options.seen();
    // Without a check, bytes of another address may be those of another file.
    if (part.bytes > 0 && file.check === null && seen?.url !== file.url) await part.restart();
    if (file.bytes !== null && part.bytes > file.bytes) await part.restart();
    options.onBytes(part.bytes, file.bytes);
    await fill(file, part, options);
    return { bytes: part.bytes, sha256: await part.digest() };
  } finally {
    await part.close();
  }
}

async function fill(file: PlannedFile, part: Part, options: TransferOptions): Promise<void> {
  let fruitless = 0;
  let starts = 1;
  while (file.bytes === null || part.bytes < file.bytes || file.bytes === 0) {
    options.signal.throwIfAborted();
    options.onStep({ kind: 'fetching', file: file.path });
    const before = part.bytes;
    try {
      return await fetchRest(file, part, options);
    } catch (thrown) {
      if (!(thrown instanceof DownloadError)) throw thrown;
      const { failure } = thrown;
      if (part.bytes > before) fruitless = 0;
      if (failure.code === 'wrong-length' || failure.code === 'lfs-pointer') await part.restart();
      if (failure.code === 'changed') {
        await part.restart();
        options.onBytes(0, file.bytes);
        starts += 1;
        if (starts > MOST_STARTS) throw thrown;
        continue;
      }
      fruitless += 1;
      const delayMs = retryDelayMs(failure, fruitless, options.random());
      if (delayMs === null) throw thrown;
      options.onStep({ kind: 'waiting', failure, delayMs });
      await options.pause(delayMs, options.signal);
    }
  }
}

/** One connection: asks for what is missing and appends what comes. Resolves when the file is whole. */
async function fetchRest(file: PlannedFile, part: Part, options: TransferOptions): Promise<void> {
  const { url, bytes: expected } = file;
  const { signal, stallMs } = options;
  const remote = await openRemote(url, { from: part.bytes, stallMs, signal }, options.send).catch((thrown: unknown) => {
    // Nothing is left after what is here: of a file of unknown length that means that it is whole.
    if (expected === null && part.bytes > 0 && isCode(thrown, 'wrong-length')) return null;
    throw thrown;
  });
  if (remote === null) return;
  try {
    const seen = options.seen();
    const sameAddress = part.bytes > 0 && seen?.url === url;
    if (sameAddress && seen.etag !== null && remote.etag !== null && seen.etag !== remote.etag) {
      throw new DownloadError('changed', url, `${seen.etag} became ${remote.etag}`);
    }
    if (expected !== null && remote.total !== null && remote.total !== expected) {
      throw new DownloadError('wrong-length', url, `${remote.total} bytes instead of ${expected}`);
    }
    // The server cannot give a part, and sends the whole.
    if (remote.start !== part.bytes) await part.restart();
    if (seen?.url !== url || seen.etag !== remote.etag) await options.onSeen({ url, etag: remote.etag });
    for await (const piece of remote.pieces) {
      if (part.bytes === 0 && isPointer(piece)) throw new DownloadError('lfs-pointer', url);
      if (expected !== null && part.bytes + piece.byteLength > expected) {
        throw new DownloadError('wrong-length', url, `more than ${expected} bytes`);
      }
      await part.append(piece);
      options.onBytes(part.bytes, expected ?? remote.total);
      signal.throwIfAborted();
    }
  } finally {
    remote.close();
  }
  if (expected !== null && part.bytes < expected) {
    throw new DownloadError('cut', url, `${part.bytes} of ${expected} bytes`);
  }
}

function isCode(thrown: unknown, code: DownloadError['failure']['code']): boolean {
  return thrown instanceof DownloadError && thrown.failure.code === code;
}

const POINTER = new TextEncoder().encode('version https://git-lfs.github.com/spec/');

function isPointer(piece: Uint8Array): boolean {
  return POINTER.every((byte, i) => piece[i] === byte);
}

/** What is wrong with a whole file, in words for a report; null: it is what it should be. */
async function differs({ path, check }: PlannedFile, sha256: string, model: PartialModel): Promise<string | null> {
  if (path.endsWith('.wasm') && !(await isWasm(await model.read(path)))) return 'not WebAssembly';
  if (check === null) return path.endsWith('.json') ? badJson(await model.read(path)) : null;
  const actual = check.kind === 'sha256' ? sha256 : await gitHash(await model.read(path));
  return actual === check.hex ? null : `${check.kind} ${actual} instead of ${check.hex}`;
}

async function badJson(file: Blob): Promise<string | null> {
  try {
    JSON.parse(await file.text());
    return null;
  } catch (thrown) {
    return String(thrown);
  }
}

/** How git names a content: SHA-1 over its length and itself. Only files of a few MB are kept in git itself. */
async function gitHash(file: Blob): Promise<string> {
  // Not SubtleCrypto, which is missing where the page is served over plain http.
  const { sha1 } = await import('hash-wasm');
  return sha1(new Uint8Array(await new Blob([`blob ${file.size}\0`, file]).arrayBuffer()));
}

async function drop(path: string, model: PartialModel): Promise<void> {
  const part = await model.part(path);
  try {
    await part.restart();
  } finally {
    await part.close();
  }
}
