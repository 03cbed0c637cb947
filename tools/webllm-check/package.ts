import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../lock.mjs';
import { cacheFolder } from '../root.ts';

const NAME = '@mlc-ai/web-llm';

/** Folder of another version of web-llm, fetched from npm where it is not there yet. It runs nothing of it. */
export async function webLlmOfVersion(version: string): Promise<string> {
  const place = join(cacheFolder, 'web-llm', version);
  const folder = join(place, 'node_modules', NAME);
  await withLock(join(cacheFolder, 'web-llm'), () => {
    if (existsSync(folder)) return;
    const unfinished = `${place}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    const words = ['install', '--prefix', unfinished, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
    const { status, stderr } = spawnSync('npm', [...words, `${NAME}@${version}`], {
      encoding: 'utf8',
      // npm is a .cmd file on Windows, which only a shell starts.
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm could not fetch ${NAME}@${version}:\n${stderr}`);
    renameSync(unfinished, place);
  });
  return folder;
}
