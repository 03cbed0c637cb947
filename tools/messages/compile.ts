import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../fingerprint.ts';
import { withLock } from '../lock.mjs';
import { cacheFolder, repository } from '../root.ts';
import { writeDeclarations } from './declarations.ts';

const generated = join(repository, 'src', 'i18n', 'generated');
const stampFile = join(generated, '.fingerprint');

const compiler = join(repository, 'node_modules', '@inlang', 'paraglide-js', 'bin', 'run.js');
const strategy = ['localStorage', 'preferredLanguage', 'baseLocale'];

function compileTo(folder: string): void {
  const args = ['compile', '--project', './project.inlang', '--outdir', folder, '--no-emit-readme', '--silent'];
  // The program and not its function, which leaves timers behind that hold a process open for half a minute.
  const { status } = spawnSync(process.execPath, [compiler, ...args, '--strategy', ...strategy], {
    cwd: repository,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The messages could not be compiled; the reason is above.');
  writeDeclarations(folder);
}

/**
 * Compiles messages/ into src/i18n/generated when they have changed. The new folder takes the place of the old one at
 * once, so that a type check or a build that runs beside it never sees half of it.
 */
export async function ensureMessages(): Promise<void> {
  await withLock(generated, () => {
    const wanted = fingerprint(['messages', 'project.inlang/settings.json', 'tools/messages']);
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
    mkdirSync(cacheFolder, { recursive: true });
    const scratch = mkdtempSync(join(cacheFolder, 'messages-'));
    try {
      compileTo(join(scratch, 'new'));
      writeFileSync(join(scratch, 'new', '.fingerprint'), wanted);
      if (existsSync(generated)) renameSync(generated, join(scratch, 'old'));
      renameSync(join(scratch, 'new'), generated);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}
