import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../root.ts';

/** From this many lines on a file is looked at again: is it still one thing? */
const lookAgain = 250;

/** The source files in git that are long enough to be looked at again, longest first. A hint and never an error. */
export function longFiles(): { file: string; lines: number }[] {
  const listing = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'tools', 'tests'],
    {
      cwd: repository,
      encoding: 'utf8',
    },
  );
  return listing
    .split('\n')
    .filter((file) => /\.(ts|svelte|js|mjs|css)$/.test(file) && existsSync(join(repository, file)))
    .map((file) => ({ file, lines: readFileSync(join(repository, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines >= lookAgain)
    .sort((a, b) => b.lines - a.lines);
}
