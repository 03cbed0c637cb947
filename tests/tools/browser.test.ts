import { describe, expect, test } from 'vitest';
import { findBrowser, type Machine } from '../../tools/browser/find.ts';

/** A machine on which exactly these files exist. */
function machine(files: readonly string[], changes: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    env: { PATH: '/bin:/home/me/bin' },
    home: '/home/me',
    exists: (path) => files.includes(path),
    playwrightPath: () => '/cache/playwright/chrome',
    unpack: () =>
      Promise.resolve({ path: '/cache/package/chromium', env: { FONTCONFIG_PATH: '/cache/package/fonts' } }),
    ...changes,
  };
}

const everywhere = ['/mine/chrome', '/cache/playwright/chrome', '/home/me/bin/chromium', '/usr/bin/google-chrome'];

describe('the order', () => {
  test('the environment variable first', async () => {
    const found = await findBrowser(machine(everywhere, { env: { TABEVAL_BROWSER: '/mine/chrome' } }));
    expect(found).toEqual({ path: '/mine/chrome', origin: 'environment', env: {} });
  });

  test("then Playwright's own", async () => {
    expect(await findBrowser(machine(everywhere))).toMatchObject({
      path: '/cache/playwright/chrome',
      origin: 'playwright',
    });
  });

  test('then what the shell finds, then the usual places', async () => {
    const installed = everywhere.slice(2);
    expect(await findBrowser(machine(installed))).toMatchObject({ path: '/home/me/bin/chromium', origin: 'installed' });
    expect(await findBrowser(machine(installed.slice(1)))).toMatchObject({ path: '/usr/bin/google-chrome' });
  });

  test('the package last, with what it needs in its environment', async () => {
    expect(await findBrowser(machine([]))).toEqual({
      path: '/cache/package/chromium',
      origin: 'package',
      env: { FONTCONFIG_PATH: '/cache/package/fonts' },
    });
  });
});

test.each([
  ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {}],
  ['darwin', '/home/me/Applications/Chromium.app/Contents/MacOS/Chromium', {}],
  ['win32', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', { ProgramFiles: 'C:\\Program Files' }],
  ['win32', 'D:\\tools\\chrome.exe', { Path: 'C:\\Windows;D:\\tools' }],
  ['win32', 'C:\\x86\\Microsoft\\Edge\\Application\\msedge.exe', { 'ProgramFiles(x86)': 'C:\\x86' }],
] as const)('on %s %s is found', async (platform, path, env) => {
  expect(await findBrowser(machine([path], { platform, env }))).toMatchObject({ path, origin: 'installed' });
});

test('a wrong environment variable is an error and not passed over', async () => {
  const wrong = machine(everywhere, { env: { TABEVAL_BROWSER: '/gone/chrome' } });
  await expect(findBrowser(wrong)).rejects.toThrow('TABEVAL_BROWSER is /gone/chrome');
});

test('no browser at all: the error names three cures and the reason', async () => {
  const none = machine([], { unpack: () => Promise.reject(new Error('it is for Linux on x64 only')) });
  await expect(findBrowser(none)).rejects.toThrow(
    /Install Chrome.*playwright-core install chromium.*TABEVAL_BROWSER.*Linux on x64/,
  );
});
