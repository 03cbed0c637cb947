import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../root.ts';

/** From this many lines on a file is looked at again: is it still one thing? */
const lookAgain = 250;

/** The source files that are long enough to be looked at again, longest first. A hint and never an error. */
export function longFiles(): { file: string; lines: number }[] {
  return ['src', 'tools', 'tests']
    .flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((file) => /\.(ts|svelte|js|mjs|css)$/.test(file) && !file.includes('generated'))
    .map((file) => ({ file, lines: readFileSync(join(repository, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines >= lookAgain)
    .sort((a, b) => b.lines - a.lines);
}
