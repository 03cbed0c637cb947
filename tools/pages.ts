/** Pages beside the site, for tests and benches: made of the site's own modules, with the site's own settings. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, mergeConfig, type InlineConfig } from 'vite';
import siteConfig from '../vite.config.ts';
import { fingerprint } from './fingerprint.ts';
import { withLock } from './lock.mjs';
import { cacheFolder, repository } from './root.ts';

export interface ExtraPage {
  /** Of the folder in which its builds are kept; the newest only. */
  readonly name: string;
  /** Folder with its index.html, relative to the repository. */
  readonly root: string;
  /** Whatever else it is made of, relative to the repository. */
  readonly sources: readonly string[];
}

/** The folder of the built page, with the files of public/ beside it. Kept by the hash of its sources: built once. */
export async function buildPage({ name, root, sources }: ExtraPage): Promise<string> {
  const builds = join(cacheFolder, name);
  const hash = fingerprint([root, ...sources, 'public', 'vite.config.ts', 'package-lock.json']);
  const folder = join(builds, hash.slice(0, 16));
  await withLock(builds, async () => {
    if (existsSync(folder)) return;
    rmSync(builds, { recursive: true, force: true });
    mkdirSync(builds, { recursive: true });
    const page: InlineConfig = {
      configFile: false,
      root: join(repository, root),
      publicDir: join(repository, 'public'),
      logLevel: 'warn',
      mode: 'production',
      build: { outDir: `${folder}.new`, emptyOutDir: true },
    };
    await build(mergeConfig({ ...siteConfig, plugins: [] }, page));
    renameSync(`${folder}.new`, folder);
  });
  return folder;
}
