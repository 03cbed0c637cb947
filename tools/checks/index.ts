import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../build.ts';
import { absentPackages, type LockFile } from '../lockfile/absent.ts';
import { ensureMessages } from '../messages/compile.ts';
import { cacheFolder, repository } from '../root.ts';
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

/** What a check found out about files, for its next run: it looks again at those that have changed, and at what uses them. */
const kept = (name: string): string => join(cacheFolder, 'checks', name);

/** The compiler writes its own file, and makes no folder for it. */
function typeChecks(): readonly (readonly string[])[] {
  mkdirSync(kept('types'), { recursive: true });
  return typeScriptProjects().map((project) => {
    const file = kept(`types/${project.replaceAll(/[\\/]/g, '-')}.tsbuildinfo`);
    return ['-p', project, '--incremental', '--tsBuildInfoFile', file];
  });
}

/**
 * What needs no build. The longest ones come first, because two run at a time. Lint keeps nothing: by its cache a file
 * that has not changed is right, and its rules ask for types of other files.
 */
export const sourceChecks: readonly Check[] = [
  programCheck('Lint and import rules', 'eslint/bin/eslint.js', [['.', '--max-warnings', '0']]),
  programCheck('Types', 'typescript/bin/tsc', typeChecks()),
  programCheck('Format', 'prettier/bin/prettier.cjs', [
    [
      '.',
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-strategy',
      'content',
      '--cache-location',
      kept('format'),
    ],
  ]),
  programCheck('Types of components', 'svelte-check/bin/svelte-check', [
    ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ]),
  programCheck('Unused code', 'knip/bin/knip.js', [[]]),
  problemCheck('Lock file complete', lockFileProblems),
  problemCheck('Both languages complete', () => messageProblems(readMessages())),
];

export const siteChecks: readonly Check[] = [
  problemCheck('Build', async () => {
    await ensureBuilt();
    return [];
  }),
  problemCheck(`First visit within ${firstLoadLimit / 1000} kB`, firstLoadProblems),
];
