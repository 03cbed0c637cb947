import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { repository } from './root.ts';

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Sha256 (hex, 64 characters) over names and contents of files and folders, given relative to the repository. Contents
 * and not times: a checkout or a restored cache changes times only.
 */
export function fingerprint(paths: readonly string[], leaveOut: (path: string) => boolean = () => false): string {
  const hash = createHash('sha256');
  const files = paths.flatMap((path) => filesUnder(join(repository, path)));
  const named = files.map((file) => ({ file, name: relative(repository, file).split(sep).join('/') }));
  for (const { file, name } of named.filter(({ name }) => !leaveOut(name)).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const content = createHash('sha256').update(readFileSync(file)).digest('hex');
    hash.update(`${name}\0${content}\n`);
  }
  return hash.digest('hex');
}
