import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from '../lock.mjs';
import { cacheFolder, repository } from '../root.ts';

const run = promisify(execFile);

const unpacker = join(import.meta.dirname, 'unpack.mjs');

/**
 * The package's own configuration of fonts looks into folders of the cloud it is made for. Without a single font the
 * browser dies at the first text, so ours names the package's font first, then the system's.
 */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

async function unpackInto(folder: string): Promise<void> {
  // The package unpacks into the system's temporary folder and takes any file named "chromium" there for its own,
  // finished or not. So it gets a temporary folder of its own, which takes its real name only when it is complete.
  mkdirSync(cacheFolder, { recursive: true });
  const unfinished = mkdtempSync(join(cacheFolder, 'unpacking-'));
  try {
    // AWS_EXECUTION_ENV makes it unpack its own copies of libnss3, libnspr4 and libexpat too.
    const env = { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    await run(process.execPath, [unpacker], { env });
    if (!existsSync(join(unfinished, 'chromium'))) throw new Error('@sparticuz/chromium unpacked no program');
    writeFileSync(join(unfinished, 'fonts.conf'), fontConfiguration);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Whether the system lacks a library that the program wants; `ldd` names each with "not found". */
async function lacksLibraries(program: string): Promise<boolean> {
  const listing = await run('ldd', [program]).catch(() => ({ stdout: '' }));
  return listing.stdout.includes('not found');
}

/**
 * The browser of the npm package @sparticuz/chromium: Chromium's headless shell for Linux on x64, with software WebGPU.
 * It is unpacked once (200 MB, some seconds) beside our builds.
 */
export async function unpackBrowser(): Promise<{ path: string; env: Record<string, string> }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is for Linux on x64 only');
  const description = readFileSync(join(repository, 'node_modules', '@sparticuz', 'chromium', 'package.json'));
  const version = createHash('sha256').update(description).update(fontConfiguration).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `chromium-${version}`);
  await withLock(folder, async () => {
    if (!existsSync(folder)) await unpackInto(folder);
  });
  const path = join(folder, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  // The system's own libraries are newer where there are any, so the package's come in only where one is missing.
  if (await lacksLibraries(path)) {
    env['LD_LIBRARY_PATH'] = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  }
  return { path, env };
}
