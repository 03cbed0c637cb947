import { sha256Hex, type ModelFile } from '#domain';

/** Names exactly these files: the first 12 digits of the hash over paths and hashes, in the order of the paths. */
export function revisionOf(files: readonly ModelFile[]): string {
  const lines = files.map((f) => `${f.path} ${f.sha256}\n`).sort();
  return sha256Hex(lines.join('')).slice(0, 12);
}
