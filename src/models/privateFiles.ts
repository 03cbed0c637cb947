/** Writing to the origin private file system. */
import { failure, FailureError } from '#domain';

/** Nothing happens where it is not there. */
export async function removeFolder(parent: FileSystemDirectoryHandle, name: string): Promise<void> {
  await parent.removeEntry(name, { recursive: true }).catch((thrown: unknown) => {
    if (!(thrown instanceof DOMException && thrown.name === 'NotFoundError')) throw privateFailure(thrown);
  });
}

type Write = (piece: Uint8Array<ArrayBuffer>) => Promise<void>;

/** Makes the folders on the way. The file appears only when `work` has ended: the browser swaps it in whole. */
export async function writeFile<T>(
  folder: FileSystemDirectoryHandle,
  path: string,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let parent = folder;
  for (const part of parts) parent = await parent.getDirectoryHandle(part, { create: true });
  const file = await (await parent.getFileHandle(name, { create: true })).createWritable();
  try {
    const result = await work((piece) => file.write(piece));
    await file.close();
    return result;
  } catch (thrown) {
    await file.abort().catch(() => undefined);
    throw thrown;
  }
}

/** Before gigabytes are copied. Browsers may tell too little room, never too much. */
export async function refuseIfFull(bytes: number): Promise<void> {
  const { quota, usage } = await navigator.storage.estimate();
  if (quota === undefined || usage === undefined || bytes <= quota - usage) return;
  throw new FailureError(failure('storage-full', `${bytes} bytes, ${quota - usage} free`));
}

export function privateFailure(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const full = thrown instanceof Error && thrown.name === 'QuotaExceededError';
  return new FailureError(failure(full ? 'storage-full' : 'storage-unavailable', detail));
}
