import { resolve } from 'node:path';

/** Absolute path of the repository. */
export const repository = resolve(import.meta.dirname, '..');

/** Where the commands keep what they can make again: builds, an unpacked browser. Not in git, gone with node_modules. */
export const cacheFolder = resolve(repository, 'node_modules', '.cache', 'tabeval');
