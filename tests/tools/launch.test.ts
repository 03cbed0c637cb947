import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { repository } from '../../tools/root.ts';

/** A repository with the real launcher and packages, and commands made for these tests. */
let copy: string;

const commands = {
  echo: `console.log(JSON.stringify({ args: process.argv.slice(2) })); process.exitCode = 7;`,
  'folder/main': `const typed: string = 'from a folder'; console.log(typed);`,
  throws: `throw new Error('on purpose');`,
  waits: `process.once('SIGTERM', () => { console.log('told to end'); process.exit(3); }); console.log('ready'); setInterval(() => {}, 1000);`,
};

const lockText = '{ "packages": {} }';
const stamp = () => join(copy, 'node_modules', '.tabeval-lock-hash');

/** Stands for npm: writes what it was asked for to stdout, and fails to install when it is given a version. */
const fakeNpm = `
  const [verb] = process.argv.slice(2);
  console.log(verb === '--version' ? process.env.NPM_VERSION : 'npm ' + process.argv.slice(2).join(' '));
  process.exit(verb !== '--version' && process.env.NPM_VERSION ? 1 : 0);`;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'tabeval-launch-'));
  for (const file of ['package.json', 'tsconfig.json', 'tools/launch.mjs', 'tools/lock.mjs', 'tools/tsconfig.json']) {
    cpSync(join(repository, file), join(copy, file));
  }
  writeFileSync(join(copy, 'package-lock.json'), lockText);
  mkdirSync(join(copy, 'node_modules'));
  symlinkSync(join(repository, 'node_modules', 'tsx'), join(copy, 'node_modules', 'tsx'));
  writeFileSync(join(copy, 'npm.js'), fakeNpm);
  mkdirSync(join(copy, 'tools', 'folder'));
  for (const [name, code] of Object.entries(commands)) writeFileSync(join(copy, 'tools', `${name}.ts`), code);
});

beforeEach(() => writeFileSync(stamp(), createHash('sha256').update(lockText).digest('hex')));

afterAll(() => rmSync(copy, { recursive: true }));

function launchWith(env: Record<string, string>, ...args: string[]) {
  return spawnSync(process.execPath, [join(copy, 'tools', 'launch.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, npm_execpath: join(copy, 'npm.js'), ...env },
  });
}
const launch = (...args: string[]) => launchWith({}, ...args);

test('arguments and exit code pass through, and nothing is added to stdout', () => {
  const { status, stdout } = launch('echo', '--model', 'dir:with space', '', '"quoted"');
  expect(status).toBe(7);
  expect(stdout).toBe('{"args":["--model","dir:with space","","\\"quoted\\""]}\n');
});

test('a command may be a folder with main.ts', () => {
  expect(launch('folder').stdout).toBe('from a folder\n');
});

test('a command that throws fails', () => {
  const { status, stderr } = launch('throws');
  expect(status).toBe(1);
  expect(stderr).toContain('on purpose');
});

test.each([
  ['unknown', 'There is no command "unknown"'],
  ['../package', 'Usage:'],
  ['', 'Usage:'],
])('"%s" is refused with a word', (name, words) => {
  const { status, stdout, stderr } = launch(name);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(words);
});

test('a signal reaches the command, and its answer is the exit code', async () => {
  const child = spawn(process.execPath, [join(copy, 'tools', 'launch.mjs'), 'waits'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => {
    words += chunk.toString();
    if (words === 'ready\n') child.kill('SIGTERM');
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, words]).toEqual([3, 'ready\ntold to end\n']);
});

describe('packages', () => {
  test('another lock file than the installed one: npm ci, off stdout, and only once', () => {
    writeFileSync(stamp(), 'of another lock file');
    const first = launch('folder');
    expect(first.stderr).toContain('npm ci --include=dev');
    expect(first.stdout).toBe('from a folder\n');
    expect(launch('folder').stderr).toBe('');
  });

  test('what npm install has put there by hand is enough', () => {
    writeFileSync(stamp(), 'of another lock file');
    const record = join(copy, 'node_modules', '.package-lock.json');
    writeFileSync(record, lockText);
    expect(launch('folder')).toMatchObject({ status: 0, stderr: '' });
    rmSync(record);
  });

  test('when npm fails the command does not run, and the next start tries again', () => {
    writeFileSync(stamp(), 'of another lock file');
    const { status, stdout, stderr } = launchWith({ NPM_VERSION: '10.8.2' }, 'folder');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('npm install --no-save');
    expect(stderr).toContain('npm ci failed');
    expect(launch('folder').stderr).toContain('npm ci');
  });

  test('an npm that is too old is named as the cause', () => {
    writeFileSync(stamp(), 'of another lock file');
    expect(launchWith({ NPM_VERSION: '9.2.0' }, 'folder').stderr).toContain('npm 9.2.0 is too old: run npm install');
  });
});
