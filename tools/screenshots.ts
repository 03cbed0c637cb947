/**
 * Pictures of every page, to be looked at: routes × widths × themes × languages, as PNG files in the folder given.
 *   npx tsx tools/screenshots.ts FOLDER [--only NAME]
 * Before that, one visitor runs two short runs, so that the pages show something. Prints what axe finds wrong, and
 * pages that are wider than the window; ends with 1 if there was any of it.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { ensureBuilt } from './build.ts';
import { serve } from './serve/index.ts';

/** A page under its name; RUN is replaced by the id of a finished run, OTHER by that of another one. */
const routes: Readonly<Record<string, string>> = {
  run: '/run',
  question: '/question',
  playground: '/playground',
  results: '/results',
  result: '/results/RUN',
  item: '/results/RUN/0',
  matrix: '/compare',
  compare: '/compare/RUN/OTHER',
  models: '/models',
  settings: '/settings',
  unknown: '/no/such/page',
};
const widths = { wide: 1280, narrow: 360 } as const;
const themes = ['light', 'dark'] as const;
const locales = { en: 'en-US', zh: 'zh-CN' } as const;

interface Look {
  readonly size: keyof typeof widths;
  readonly theme: (typeof themes)[number];
  readonly locale: keyof typeof locales;
}

const looks: readonly Look[] = (Object.keys(widths) as (keyof typeof widths)[]).flatMap((size) =>
  themes.flatMap((theme) =>
    (Object.keys(locales) as (keyof typeof locales)[]).map((locale) => ({ size, theme, locale })),
  ),
);

const [folder, flag, only] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say where to put the pictures: npx tsx tools/screenshots.ts FOLDER');
const chosen = Object.entries(routes).filter(([name]) => flag !== '--only' || name === only);
mkdirSync(folder, { recursive: true });
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const site = await serve(await ensureBuilt(), { port: 0 });
const browser = await launchBrowser({ webgpu: false });
let wrong = 0;
try {
  for (const look of looks) wrong += await visit(browser, look, folder);
} finally {
  await browser.close();
  await site.close();
}
console.log(`${looks.length * (chosen.length + 1)} pictures in ${folder}; ${wrong} things to mend.`);
process.exitCode = wrong > 0 ? 1 : 0;

async function visit(browser: Browser, look: Look, folder: string): Promise<number> {
  const width = widths[look.size];
  const narrow = look.size === 'narrow';
  const context = await browser.newContext({
    viewport: { width, height: narrow ? 740 : 860 },
    colorScheme: look.theme,
    locale: locales[look.locale],
    hasTouch: narrow,
    isMobile: narrow,
    // The worker of an earlier build must not answer for this one.
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  let found = 0;
  page.on('pageerror', (error) => {
    found += 1;
    console.log(`error in the page: ${error.message}`);
  });
  try {
    const name = (route: string): string => `${route}-${look.size}-${look.theme}-${look.locale}`;
    const picture = async (route: string): Promise<void> => {
      // Fixed bars would lie in the middle of a tall picture.
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.screenshot({ path: join(folder, `${name(route)}.png`), fullPage: true });
      found += await inspect(page, name(route));
    };
    const runs = await fill(page, () => picture('running'));
    for (const [route, address] of chosen) {
      await open(page, address.replace('RUN', runs[0]).replace('OTHER', runs[1]));
      await picture(route);
    }
  } finally {
    await context.close();
  }
  return found;
}

/** Two runs of the embedded model on a few items; `atWork` is called while the second one runs. */
async function fill(page: Page, atWork: () => Promise<void>): Promise<readonly [string, string]> {
  await open(page, '/run');
  const first = await runItems(page, 6, () => Promise.resolve());
  const second = await runItems(page, 10, atWork);
  return [first, second];
}

async function runItems(page: Page, limit: number, atWork: () => Promise<void>): Promise<string> {
  await page.getByTestId('limit').fill(String(limit));
  await page.getByTestId('start').click();
  const status = page.getByTestId('run-status');
  await page.locator('[data-testid=run-status]:is([data-phase=running], [data-phase=failed])').waitFor();
  await atWork();
  await page
    .locator('[data-testid=run-status]:is([data-phase=finished], [data-phase=failed])')
    .waitFor({ timeout: 120_000 });
  if ((await status.getAttribute('data-phase')) === 'failed')
    throw new Error((await status.innerText()) + (await status.locator('pre').allTextContents()).join());
  return (await status.getAttribute('data-run')) ?? '';
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(`${site.url}#${address}`);
  await page.locator('main h1').waitFor();
  // What is read from storage and asked of the device comes a moment after the heading.
  await page.waitForTimeout(500);
}

/** Prints and counts what axe finds, and whether the page scrolls sideways. */
async function inspect(page: Page, name: string): Promise<number> {
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  if (sideways) console.log(`${name}: wider than the window`);
  const session = await page.context().newCDPSession(page);
  // Not by a script element: the page's content security policy forbids foreign ones.
  await session.send('Runtime.evaluate', { expression: axeSource });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ target, any }) => target.join(' ') + ' ' + (any[0]?.message ?? '')).slice(0, 3).join('; '))))`,
    awaitPromise: true,
  });
  await session.detach();
  const violations = JSON.parse(String(result.value)) as readonly string[];
  for (const violation of violations) console.log(`${name}: ${violation}`);
  return violations.length + (sideways ? 1 : 0);
}
