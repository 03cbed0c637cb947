/**
 * `node tools/launch.mjs NAME ARGS` runs the command tools/NAME.ts (or tools/NAME/main.ts) with what it needs in place:
 * a new enough Node and the packages of package-lock.json. Plain Node and no packages, because it runs before they are
 * installed. Its own words go to stderr: a command's stdout ends with one line of JSON that others read.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';

const oldestNode = [20, 19];
const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(repository, 'node_modules', '.tabeval-lock-hash');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(
    `Tabeval needs Node ${oldestNode.join('.')} or newer; this is ${process.version}. Get one from https://nodejs.org`,
  );
}

/** The file of a command; its name is checked because it becomes part of a path. */
function commandFile(name) {
  if (!name || !/^[a-z][a-z0-9-]*$/.test(name))
    fail('Usage: node tools/launch.mjs NAME [ARGUMENTS], for example: start');
  const candidates = [join(repository, 'tools', `${name}.ts`), join(repository, 'tools', name, 'main.ts')];
  return candidates.find(existsSync) ?? fail(`There is no command "${name}": tools/${name}.ts does not exist.`);
}

const readText = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const lockHash = () =>
  createHash('sha256')
    .update(readText(join(repository, 'package-lock.json')))
    .digest('hex');

/**
 * Whether npm's own record of what it installed agrees with the lock file, as after an `npm install` by hand. A package
 * that is optional may be missing: it is for another platform.
 */
function installedByHand() {
  try {
    const wanted = JSON.parse(readText(join(repository, 'package-lock.json'))).packages;
    const installed = JSON.parse(readText(join(repository, 'node_modules', '.package-lock.json'))).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' || (installed[path] ? installed[path].version === version : optional),
    );
  } catch {
    return false;
  }
}

const oldestNpm = 10;

function npm(args, stdio) {
  const byNpm = process.env.npm_execpath?.endsWith('.js') ? process.env.npm_execpath : undefined;
  return spawnSync(byNpm ? process.execPath : 'npm', byNpm ? [byNpm, ...args] : args, {
    cwd: repository,
    encoding: 'utf8',
    stdio,
    // npm is a .cmd file on Windows, which only a shell starts.
    shell: !byNpm && process.platform === 'win32',
  });
}

function npmCi() {
  process.stderr.write('Installing the packages of package-lock.json (npm ci) …\n');
  // NODE_ENV=production would leave out the tools that build and test.
  const options = ['--include=dev', '--no-audit', '--no-fund'];
  const { status, error } = npm(['ci', ...options], ['ignore', 2, 2]);
  if (error) fail(`npm could not be started (${error.message}). It comes with Node: https://nodejs.org`);
  if (status === 0) return;
  // npm 11 refuses the lock file where a registry lacks an optional package for another platform; `npm install` takes
  // the same locked versions and passes over it. --no-save: the lock file stays as it is.
  if (npm(['install', '--no-save', ...options], ['ignore', 2, 2]).status === 0) return;
  const version = npm(['--version'], ['ignore', 'pipe', 'ignore']).stdout.trim();
  // npm 9 cannot read the replaced packages ("overrides") in the lock file, and says that there is none.
  if (Number.parseInt(version, 10) < oldestNpm)
    fail(`npm ${version} is too old: run npm install --global npm@${oldestNpm}`);
  fail('npm ci failed; its own words are above. With the network back, run the same command again.');
}

/** Two commands started at once in a fresh clone must not both write node_modules: hence the lock. */
async function ensurePackages() {
  if (readText(stampFile) === lockHash()) return;
  await withLock(`${repository} npm ci`, () => {
    if (readText(stampFile) === lockHash()) return;
    if (!installedByHand()) npmCi();
    writeFileSync(stampFile, lockHash());
  });
}

requireNode();
const [name, ...args] = process.argv.slice(2);
const file = commandFile(name);
await ensurePackages();

// The command runs in this very process, so its exit code and the signals it gets are the launcher's own.
process.argv = [process.execPath, file, ...args];
const { register } = await import('tsx/esm/api');
register({ tsconfig: join(repository, 'tools', 'tsconfig.json') });
await import(pathToFileURL(file).href);
