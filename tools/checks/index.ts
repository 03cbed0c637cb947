import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../build.ts';
import { absentPackages, type LockFile } from '../lockfile/absent.ts';
import { ensureMessages } from '../messages/compile.ts';
import { repository } from '../root.ts';
import { problemCheck, programCheck, type Check } from './check.ts';
import { firstLoad, firstLoadLimit } from './firstLoad.ts';
import { messageProblems, readMessages } from './messages.ts';

/** Folders with a tsconfig.json of their own: the pure domain, the workers, the tools, the tests. */
function typeScriptProjects(): string[] {
  const folders = ['src', 'tools', 'tests'].flatMap((top) => [
    top,
    ...readdirSync(join(repository, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(repository.length + 1)),
  ]);
  return folders.filter((folder) => existsSync(join(repository, folder, 'tsconfig.json')));
}

async function firstLoadProblems(): Promise<string[]> {
  const { bytes, files } = firstLoad(await ensureBuilt());
  if (bytes <= firstLoadLimit) return [];
  const list = files.map((file) => `${String(file.bytes).padStart(8)}  ${file.file}`);
  return [`The first visit fetches ${bytes} bytes compressed; the limit is ${firstLoadLimit}.`, ...list];
}

/** `npm ci` refuses a lock file that leaves the packages of other platforms out. */
function lockFileProblems(): string[] {
  const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as LockFile;
  const absent = absentPackages(lock).map(({ name, wantedBy }) => `package-lock.json lacks ${name} (of ${wantedBy})`);
  return absent.length === 0 ? [] : [...absent, 'npm run -s lockfile adds them.'];
}

/** Comes before the others: they read the files that it writes. */
export const messagesCompile: Check = problemCheck('Messages compile', async () => {
  await ensureMessages();
  return [];
});

/** What needs no build. The longest one comes first, because two run at a time. */
export const sourceChecks: readonly Check[] = [
  programCheck('Lint and import rules', 'eslint/bin/eslint.js', [['.', '--max-warnings', '0']]),
  problemCheck('Lock file complete', lockFileProblems),
  problemCheck('Both languages complete', () => messageProblems(readMessages())),
  programCheck('Format', 'prettier/bin/prettier.cjs', [['--check', '--log-level', 'warn', '.']]),
  programCheck('Unused code', 'knip/bin/knip.js', [[]]),
  programCheck(
    'Types',
    'typescript/bin/tsc',
    typeScriptProjects().map((project) => ['-p', project]),
  ),
  programCheck('Types of components', 'svelte-check/bin/svelte-check', [
    ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ]),
];

export const siteChecks: readonly Check[] = [
  problemCheck('Build', async () => {
    await ensureBuilt();
    return [];
  }),
  problemCheck(`First visit within ${firstLoadLimit / 1000} kB`, firstLoadProblems),
];
