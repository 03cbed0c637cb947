/** Pages beside the site, for tests and benches: made of the site's own modules, with the site's own settings. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
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
  /** Folders that stand for packages: another version of one than the site has. Absolute paths. */
  readonly packages?: Readonly<Record<string, string>>;
}

/** The folder of the built page, with the files of public/ beside it. Kept by the hash of its sources: built once. */
export async function buildPage({ name, root, sources, packages = {} }: ExtraPage): Promise<string> {
  const builds = join(cacheFolder, name);
  const contents = [root, ...sources, 'public', 'vite.config.ts', 'package-lock.json'];
  const hash = fingerprint([...contents, ...Object.values(packages).map((path) => relative(repository, path))]);
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
      resolve: { alias: packages },
      build: { outDir: `${folder}.new`, emptyOutDir: true },
    };
    await build(mergeConfig({ ...siteConfig, plugins: [] }, page));
    renameSync(`${folder}.new`, folder);
  });
  return folder;
}
