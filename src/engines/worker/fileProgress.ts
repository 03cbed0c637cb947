import type { LoadProgress, ModelFile } from '#domain';

/** Bytes come in pieces of 64 KiB: a message for each would be hundreds in a second. */
const PROGRESS_MS = 50;

/** Bytes of all files as they come; when the last of the weights is there, the session is being made of them. */
export function fileProgress(
  files: readonly ModelFile[],
  isWeights: (path: string) => boolean,
  onProgress: (p: LoadProgress) => void,
): (path: string, bytes: number) => void {
  const totalBytes = files.reduce((sum, f) => sum + f.bytes, 0);
  const missing = new Map(files.filter((f) => isWeights(f.path)).map((f) => [f.path, f.bytes]));
  const loaded = new Map<string, number>();
  let last = 0;
  return (file, bytes) => {
    loaded.set(file, bytes);
    const complete = missing.get(file) === bytes;
    const now = performance.now();
    if (now - last < PROGRESS_MS && !complete) return;
    last = now;
    const loadedBytes = [...loaded.values()].reduce((sum, n) => sum + n, 0);
    onProgress({ phase: 'files', loadedBytes, totalBytes, file });
    if (complete && missing.delete(file) && missing.size === 0) onProgress({ phase: 'session' });
  };
}
