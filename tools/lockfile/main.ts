/** `npm run -s lockfile`: adds to package-lock.json what the registry at hand did not offer; see absent.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../root.ts';
import { absentPackages, entryFor, type LockFile } from './absent.ts';

const file = join(repository, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8')) as LockFile;
const absent = absentPackages(lock);
const added = absent.map((one): [string, unknown] => [`node_modules/${one.name}`, entryFor(one)]);
const packages = Object.entries<unknown>(lock.packages).concat(added);
// npm's own order: the next `npm install` then changes nothing else.
packages.sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
console.log(`${added.length} packages of other platforms added to package-lock.json`);
