/**
 * Writes parts of files as they come. A worker, because only here a file of the origin private file system can be
 * written in place: what the page itself can write appears when the file is closed, and each opening copies the whole.
 */
import { createSHA256, type IHasher } from 'hash-wasm';
import type { PartOrder, PartReply, PartRequest } from '../partProtocol.ts';

interface OpenPart {
  readonly handle: FileSystemSyncAccessHandle;
  readonly hash: IHasher;
  bytes: number;
}

const READ_BYTES = 4 * 2 ** 20;
const open = new Map<number, OpenPart>();

async function obey(order: PartOrder): Promise<number | string | null> {
  if (order.kind === 'open') return openPart(order.file, order.directory, order.path);
  const part = open.get(order.file);
  if (part === undefined) throw new Error(`file ${order.file} is not open`);
  switch (order.kind) {
    case 'append':
      append(part, order.piece);
      return null;
    case 'restart':
      part.handle.truncate(0);
      part.hash.init();
      part.bytes = 0;
      return null;
    case 'digest':
      return part.hash.digest('hex');
    case 'close':
      open.delete(order.file);
      part.handle.flush();
      part.handle.close();
      return null;
  }
}

async function openPart(file: number, directory: string, path: string): Promise<number> {
  const names = `${directory}/${path}`.split('/');
  const name = names.pop() ?? '';
  let folder = await navigator.storage.getDirectory();
  for (const part of names) folder = await folder.getDirectoryHandle(part, { create: true });
  const handle = await exclusive(await folder.getFileHandle(name, { create: true }));
  const hash = await createSHA256();
  const bytes = handle.getSize();
  // The state of the hash is not stored: it would say what was written, and not what a crash has left on the disk.
  const buffer = new Uint8Array(Math.min(READ_BYTES, bytes));
  for (let at = 0; at < bytes;) {
    const read = handle.read(buffer, { at });
    hash.update(buffer.subarray(0, read));
    at += read;
  }
  open.set(file, { handle, hash, bytes });
  return bytes;
}

/** The worker of the page before a reload may hold the file for a moment longer. */
async function exclusive(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await file.createSyncAccessHandle();
    } catch (thrown) {
      if (!(thrown instanceof DOMException) || thrown.name !== 'NoModificationAllowedError' || tries === 20)
        throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function append(part: OpenPart, piece: Uint8Array<ArrayBuffer>): void {
  const written = part.handle.write(piece, { at: part.bytes });
  if (written < piece.byteLength) {
    part.handle.truncate(part.bytes);
    throw new DOMException(`${written} of ${piece.byteLength} bytes written`, 'QuotaExceededError');
  }
  part.hash.update(piece);
  part.bytes += written;
}

/** One after the other: an append must not overtake the one before it. */
let last: Promise<unknown> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<PartRequest>) => {
  const { number, order } = data;
  last = last
    .then(() => obey(order))
    .then(
      (value): PartReply => ({ number, ok: true, value }),
      (thrown: unknown): PartReply => {
        const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
        return { number, ok: false, name, message };
      },
    )
    .then((reply) => self.postMessage(reply));
});
