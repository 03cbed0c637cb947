import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../fingerprint.ts';
import { withLock } from '../lock.mjs';
import { cacheFolder, repository } from '../root.ts';

const generated = join(repository, 'src', 'i18n', 'generated');
const stampFile = join(generated, '.fingerprint');

async function compileTo(folder: string): Promise<void> {
  // Loaded only here: it takes a second, and most commands find the messages compiled.
  const { compile } = await import('@inlang/paraglide-js');
  await compile({
    project: join(repository, 'project.inlang'),
    outdir: folder,
    strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
    emitReadme: false,
  });
}

/**
 * Compiles messages/ into src/i18n/generated when they have changed. The new folder takes the place of the old one at
 * once, so that a type check or a build that runs beside it never sees half of it.
 */
export async function ensureMessages(): Promise<void> {
  await withLock(generated, async () => {
    const wanted = fingerprint(['messages', 'project.inlang/settings.json', 'tools/messages/compile.ts']);
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
    mkdirSync(cacheFolder, { recursive: true });
    const scratch = mkdtempSync(join(cacheFolder, 'messages-'));
    try {
      await compileTo(join(scratch, 'new'));
      writeFileSync(join(scratch, 'new', '.fingerprint'), wanted);
      if (existsSync(generated)) renameSync(generated, join(scratch, 'old'));
      renameSync(join(scratch, 'new'), generated);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}
