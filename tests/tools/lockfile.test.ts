import { expect, test } from 'vitest';
import { absentPackages, entryFor, type LockFile } from '../../tools/lockfile/absent.ts';

const lock: LockFile = {
  packages: {
    '': {},
    'node_modules/bundler': {
      dev: true,
      optionalDependencies: { '@bundler/linux-x64-gnu': '1.2.3', '@bundler/darwin-arm64': '1.2.3' },
    },
    'node_modules/@bundler/linux-x64-gnu': { version: '1.2.3' },
    'node_modules/outer/node_modules/inner': { optionalDependencies: { '@inner/win32-x64': '4.0.0' } },
    'node_modules/outer/node_modules/@inner/win32-x64': { version: '4.0.0' },
  },
};

test('an optional package counts as named wherever Node would find it', () => {
  expect(absentPackages(lock)).toEqual([
    { name: '@bundler/darwin-arm64', version: '1.2.3', wantedBy: 'node_modules/bundler', dev: true },
  ]);
});

const entry = (name: string) => entryFor({ name, version: '1.2.3', wantedBy: '', dev: false });

test('system, processor and C library are read from the name', () => {
  expect(entry('@oxc-parser/binding-linux-arm-musleabihf')).toEqual({
    version: '1.2.3',
    cpu: ['arm'],
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  });
  expect(entry('@rollup/rollup-openharmony-arm64')).toEqual({
    version: '1.2.3',
    cpu: ['arm64'],
    optional: true,
    os: ['openharmony'],
  });
});

test('a name that tells no system is refused: npm would install it everywhere', () => {
  expect(() => entry('fsevents')).toThrow(RangeError);
});
