import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { firstLoad } from '../../tools/checks/firstLoad.ts';

let folder: string;

/** Bytes that do not compress, so that a file's share in the sum is known to within gzip's few bytes of frame. */
const write = (file: string, bytes: number) => writeFileSync(join(folder, file), randomBytes(bytes));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tabeval-first-'));
  mkdirSync(join(folder, '.vite'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(
    join(folder, 'index.html'),
    '<script type="module" crossorigin src="./assets/shell.js"></script><link rel="stylesheet" crossorigin href="./assets/shell.css">',
  );
  write('assets/shell.js', 5_000);
  write('assets/shell.css', 400);
  write('assets/run.js', 3_000);
  write('assets/run.css', 200);
  write('assets/parts.js', 1_000);
  write('assets/engine.js', 90_000);
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeManifest(page: string): void {
  const manifest = {
    '_shell.js': { file: 'assets/shell.js', css: ['assets/shell.css'], dynamicImports: [page, 'engine.ts'] },
    [page]: { file: 'assets/run.js', css: ['assets/run.css'], imports: ['_shell.js', '_parts.js'] },
    '_parts.js': { file: 'assets/parts.js', imports: ['_shell.js'] },
    'engine.ts': { file: 'assets/engine.js' },
  };
  writeFileSync(join(folder, '.vite', 'manifest.json'), JSON.stringify(manifest));
}

test('the page, the shell, the run page and what both import: each once, and nothing that comes later', () => {
  writeManifest('src/views/run/RunPage.svelte');
  const { bytes, files } = firstLoad(folder);
  expect(files.map(({ file }) => file).sort()).toEqual([
    ...['assets/parts.js', 'assets/run.css', 'assets/run.js', 'assets/shell.css', 'assets/shell.js', 'index.html'],
  ]);
  expect(bytes).toBeGreaterThan(9_600);
  expect(bytes).toBeLessThan(10_000);
});

test('a run page that was renamed is an error and no smaller sum', () => {
  writeManifest('src/views/start/StartPage.svelte');
  expect(() => firstLoad(folder)).toThrow('no chunk of src/views/run/RunPage.svelte');
});

test('a page that names none of the scripts is an error', () => {
  writeManifest('src/views/run/RunPage.svelte');
  writeFileSync(join(folder, 'index.html'), '<title>empty</title>');
  expect(() => firstLoad(folder)).toThrow('names no script');
});
