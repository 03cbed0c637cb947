import { failure, FailureError, type ModelFile } from '#domain';
import type { FolderFile } from './folder.ts';

/** Big enough that the hash, not the bookkeeping, takes the time; small enough that a cancel is quick. */
const PIECE_BYTES = 4 * 2 ** 20;

export interface ReadOptions {
  /** Gets every piece in order; what it throws ends the reading. */
  readonly onPiece: (piece: Uint8Array<ArrayBuffer>) => Promise<void> | void;
  readonly signal: AbortSignal;
}

/** Reads a file once, piece by piece, and hashes it on the way. Rejects with the signal's reason when it is aborted. */
export async function readFile({ path, file }: FolderFile, { onPiece, signal }: ReadOptions): Promise<ModelFile> {
  // SubtleCrypto cannot hash a stream. Fetched with the first import: it is not part of the page's first bytes.
  const { createSHA256 } = await import('hash-wasm');
  const hash = await createSHA256();
  for (let offset = 0; offset < file.size; offset += PIECE_BYTES) {
    signal.throwIfAborted();
    const piece = await readPiece(path, file.slice(offset, offset + PIECE_BYTES));
    hash.update(piece);
    await onPiece(piece);
  }
  signal.throwIfAborted();
  return { path, bytes: file.size, sha256: hash.digest('hex') };
}

/** A file that is changed or taken away after it was picked can no longer be read. */
async function readPiece(path: string, piece: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await piece.arrayBuffer());
  } catch (thrown) {
    throw new FailureError(failure('file-corrupt', `${path}: ${thrown instanceof Error ? thrown.message : ''}`));
  }
}
