import { ESLint } from 'eslint';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../../tools/root.ts';

/** The real configuration with only the rules of the layers, which need no types: those take seconds to load. */
const eslint = new ESLint({
  cwd: repository,
  ruleFilter: ({ ruleId }) => ruleId.startsWith('rooms/') || ruleId.startsWith('no-restricted-'),
  overrideConfig: { files: ['**/*.ts', '**/*.svelte'], languageOptions: { parserOptions: { projectService: false } } },
});

async function complaints(file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: join(repository, file) });
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}

const oneWay = (words: string) => `rooms/one-way: ${words}`;

test.each([
  [
    'the domain importing a room',
    'src/domain/index.ts',
    `export * from '#app';`,
    oneWay('domain may import only: nothing'),
  ],
  ['a type of another room', 'src/domain/index.ts', `export type A = import('#app').App;`, oneWay('domain may import')],
  ['a package that does I/O', 'src/domain/index.ts', `import 'idb-keyval';`, oneWay('The domain is pure')],
  ['Svelte in the domain', 'src/domain/index.ts', `import 'svelte';`, oneWay('The domain is pure')],
  ['the clock', 'src/domain/index.ts', `export const a = Date.now();`, 'no-restricted-properties'],
  ['the clock by another name', 'src/domain/index.ts', `export const a = new Date();`, 'no-restricted-syntax'],
  ['randomness', 'src/domain/index.ts', `export const a = Math.random();`, 'no-restricted-properties'],
  ['timers', 'src/domain/index.ts', `setTimeout(() => undefined, 1);`, 'no-restricted-globals'],
  ['the network', 'src/domain/index.ts', `export const a = fetch('x');`, 'no-restricted-globals'],
  ['an adapter in the state', 'src/app/index.ts', `import '#storage';`, oneWay('app may import only')],
  ['a sibling', 'src/storage/index.ts', `import '#engines';`, oneWay('storage may import only: domain')],
  [
    'a path into a room',
    'src/app/index.ts',
    `import '../domain/failure.ts';`,
    oneWay('Enter another room by its door'),
  ],
  [
    'a path into a room, roundabout',
    'src/app/index.ts',
    `import '../../src/domain/run.ts';`,
    oneWay('Enter another room'),
  ],
  ['a name that is no door', 'src/app/index.ts', `import '#domain/run.ts';`, oneWay('#domain/run.ts is no door')],
  ['its own door', 'src/storage/index.ts', `export * from '#storage';`, oneWay('Inside a room use a relative path')],
  ['import()', 'src/app/index.ts', `export const a = () => import('#models');`, oneWay('app may import only')],
  ['the root passed over', 'src/app/index.ts', `import '../main.ts';`, oneWay('app may import only')],
  [
    'files outside src',
    'src/app/index.ts',
    `import '../../tools/root.ts';`,
    oneWay('src/ imports nothing from outside'),
  ],
  [
    'the shell naming an adapter',
    'src/App.svelte',
    `<script>import '#engines';</script>`,
    oneWay('shell may import only'),
  ],
  ['the network in the state', 'src/app/index.ts', `export const a = fetch('x');`, 'no-restricted-globals'],
  [
    'the network, spelled out',
    'src/app/index.ts',
    `export const a = globalThis.fetch('x');`,
    'no-restricted-properties',
  ],
  ['a beacon', 'src/app/index.ts', `navigator.sendBeacon('x');`, 'no-restricted-properties'],
  ['the network in storage', 'src/storage/index.ts', `export const a = fetch('x');`, 'no-restricted-globals'],
  ['a view importing storage', 'src/views/run/plan.ts', `import '#storage';`, oneWay('views may import only')],
  [
    'a component importing storage',
    'src/views/run/A.svelte',
    `<script>import '#storage';</script>`,
    oneWay('views may'),
  ],
  ['storage in the state', 'src/app/index.ts', `localStorage.clear();`, 'no-restricted-globals'],
])('%s is refused', async (_, file, code, complaint) => {
  expect(await complaints(file, code)).toEqual([expect.stringContaining(complaint)]);
});

describe('in order', () => {
  test.each([
    [
      'main.ts naming adapters',
      'src/main.ts',
      `import '#engines'; import '#storage'; import '#models'; import './App.svelte';`,
    ],
    [
      'the state using doors',
      'src/app/index.ts',
      `import '#domain'; import '#catalog'; import '#sharing'; import '#i18n';`,
    ],
    ['a file of the same room', 'src/domain/index.ts', `export * from './failure.ts';`],
    [
      'a date that is given',
      'src/domain/index.ts',
      `export const year = (iso: string) => new Date(iso).getUTCFullYear();`,
    ],
    ['fetch at the door of the engine', 'src/engines/worker/files.ts', `export const a = fetch('x');`],
    ['storage in its room', 'src/storage/index.ts', `localStorage.clear();`],
  ])('%s', async (_, file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });
});
