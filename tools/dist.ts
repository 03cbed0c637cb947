/** `npm run build`: puts the site into dist/, ready for any static host and any path on it. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { repository } from './root.ts';

const dist = join(repository, 'dist');
const built = await ensureBuilt();
rmSync(dist, { recursive: true, force: true });
cpSync(built, dist, { recursive: true });
console.log('The site is in dist/.');
