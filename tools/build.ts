import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fingerprint } from './fingerprint.ts';
import { withLock } from './lock.mjs';
import { ensureMessages } from './messages/compile.ts';
import { cacheFolder, repository } from './root.ts';

const buildsFolder = join(cacheFolder, 'builds');
const keptBuilds = 3;

/** Everything that the built site depends on; the lock file stands for the packages. */
const sources = ['src', 'public', 'messages', 'project.inlang/settings.json', 'index.html', 'package-lock.json'];
const configs = [
  'vite.config.ts',
  'svelte.config.js',
  'tsconfig.json',
  'tools/build.ts',
  'tools/vite',
  'tools/messages',
];
const compressible = /\.(html|js|mjs|css|json|svg|webmanifest|txt)$/;

/** Writes a compressed twin beside each text file: our server and others (nginx's gzip_static) send that instead. */
function compressTexts(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && compressible.test(entry.name))
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }
}

function buildInto(folder: string): void {
  mkdirSync(buildsFolder, { recursive: true });
  const unfinished = mkdtempSync(join(buildsFolder, 'unfinished-'));
  try {
    const vite = join(repository, 'node_modules', 'vite', 'bin', 'vite.js');
    const args = [vite, 'build', '--outDir', unfinished, '--emptyOutDir', '--logLevel', 'warn'];
    // A process of its own, because a test runner's NODE_ENV would make a development build of it. It is heard only
    // when it fails: stdout belongs to the command that needs the build.
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: repository,
      env: { ...process.env, NODE_ENV: 'production' },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
    compressTexts(unfinished);
    // A temporary folder is closed to others; a web server must be able to read the site.
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function removeOldBuilds(): void {
  const newestFirst = readdirSync(buildsFolder)
    .map((name) => ({ folder: join(buildsFolder, name), time: statSync(join(buildsFolder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { folder } of newestFirst.slice(keptBuilds)) rmSync(folder, { recursive: true, force: true });
}

let building: Promise<string> | undefined;

async function build(): Promise<string> {
  await ensureMessages();
  return withLock(buildsFolder, () => {
    const hash = fingerprint([...sources, ...configs], (path) => path.startsWith('src/i18n/generated/'));
    const folder = join(buildsFolder, hash.slice(0, 16));
    if (!existsSync(folder)) {
      buildInto(folder);
      removeOldBuilds();
    }
    return folder;
  });
}

/**
 * The folder of a build of the site as it stands now, made if there is none. Builds are kept by the hash of their
 * sources and never written again, so a server of an older one goes on undisturbed and callers at once do not clash.
 * Absolute path.
 */
export function ensureBuilt(): Promise<string> {
  building ??= build().finally(() => (building = undefined));
  return building;
}
