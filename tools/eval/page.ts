import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { EvalOptions } from './options.ts';
import { setDrawing } from './sampling.ts';
import { connectServer } from './server.ts';

/** What the page shows of a run: attributes of the element `run-status`. */
export interface Status {
  /** idle, loading, doubtful, running, stopped, finished, failed. */
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly run: string;
}

const OVER = new Set(['stopped', 'finished', 'failed']);

/** Sets the Run page up as a person would. Throws an Error with the page's own words where it refuses something. */
export async function prepare(page: Page, options: EvalOptions): Promise<void> {
  await page.getByTestId('start').waitFor();
  const { model } = options;
  if (model.kind === 'server') {
    await connectServer(page, model);
    await choose(page.getByTestId(`model-${model.name}`));
  } else if (model.kind === 'folder') await importFolder(page, model.path, options.build);
  else await choose(page.getByTestId('model-tabeval/embedded'));
  await chooseSuite(page, options);
  await chooseVariant(page, options);
  await setThinking(page, options);
  await page.getByTestId('device').selectOption(options.device);
  if (options.drawing !== undefined) await setDrawing(page, options.drawing);
  if (options.limit !== null) await page.getByTestId('limit').fill(String(options.limit));
}

/** Starts the run and calls `onChange` whenever the page shows progress; resolves with the last status. */
export async function follow(page: Page, onChange: (status: Status) => void): Promise<Status> {
  await page.getByTestId('start').click();
  let last = '';
  for (;;) {
    const status = await readStatus(page);
    const words = JSON.stringify(status);
    if (words !== last) onChange(status);
    last = words;
    // Between two runs of a queue one is over and the page is still at work.
    // The page asks whether a model that computes wrong is to be run. Nobody is there to say yes.
    if (status.phase === 'doubtful') return status;
    if (OVER.has(status.phase) && (await page.getByTestId('stop').count()) === 0) return status;
    await page.waitForTimeout(150);
  }
}

/** The record of a run, by the button with which a person saves it. */
export async function saveRecord(page: Page, runId: string): Promise<string> {
  await page.goto(`${page.url().replace(/#.*$/, '')}#/results/${runId}`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-record').click()]);
  return readFile(await download.path(), 'utf8');
}

/** All repeats of a run in one record, by the button with which a person saves them. */
export async function saveRepeats(page: Page, runId: string): Promise<string> {
  await page.goto(`${page.url().replace(/#.*$/, '')}#/repeats/${runId}`);
  const save = page.getByTestId('save-repeats-record');
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  return readFile(await download.path(), 'utf8');
}

/** What the repeats' page says of runs with the same seed; null where there are none. */
export async function repeatsExactly(page: Page): Promise<{ readonly equal: number; readonly both: number } | null> {
  const figures = page.getByTestId('repeats-figures');
  const [equal, both] = [await figures.getAttribute('data-equal'), await figures.getAttribute('data-both')];
  return equal === null || both === null ? null : { equal: Number(equal), both: Number(both) };
}

/** What the page says about why nothing came of it. */
export async function problemOf(page: Page): Promise<string> {
  const words = await page.getByTestId('run-status').innerText();
  return words.replace(/\n+/g, '\n').trim();
}

async function importFolder(page: Page, path: string, build: string | null): Promise<void> {
  await page.getByTestId('folder-input').setInputFiles(path);
  const report = page.getByTestId('folder-report');
  const begin = page.getByTestId('folder-import');
  await report.or(page.getByRole('alert')).first().waitFor();
  if (!(await begin.isVisible())) throw new Error(`The folder ${path} cannot be used:\n${await words(page, report)}`);
  if (build !== null && (await page.getByTestId('folder-build').count()) > 0) {
    await page.getByTestId('folder-build').selectOption(build);
  }
  await begin.click();
  await report.waitFor({ state: 'detached' });
  // The imported model is chosen by itself, alone, when it is there; until then Start would take another one.
  const imported = page.locator('input[name="model"]:checked:not([data-testid="model-tabeval/embedded"])');
  await imported
    .or(page.getByRole('alert'))
    .first()
    .waitFor({ timeout: 10 * 60_000 });
  if ((await imported.count()) === 0)
    throw new Error(`The folder ${path} was not imported:\n${await alertWords(page)}`);
}

/**
 * Checks this box and no other of its group. The label lies over its box, so that the whole card can be clicked: a click
 * on the box meets the label.
 */
export async function choose(choice: Locator): Promise<void> {
  await choice.check({ force: true });
  const group = choice.page().locator(`input[name="${(await choice.getAttribute('name')) ?? ''}"]`);
  const wanted = await choice.getAttribute('value');
  for (const other of await group.all()) {
    if ((await other.getAttribute('value')) !== wanted) await other.uncheck({ force: true });
  }
}

async function chooseSuite(page: Page, { suite }: EvalOptions): Promise<void> {
  if (suite.kind === 'builtIn') {
    const choice = page.getByTestId(`suite-${suite.id}`);
    if ((await choice.count()) === 0) {
      const known = await page.locator('input[name="suite"]').evaluateAll(idsOfChoices);
      throw new Error(`There is no built-in suite "${suite.id}". There are: ${known.join(', ')}.`);
    }
    await choose(choice);
    return;
  }
  const before = await page.locator('input[name="suite"]').count();
  await page.getByTestId('suite-file').setInputFiles(suite.path);
  const added = page.locator('input[name="suite"]').nth(before);
  const refused = page.getByRole('alert');
  await added.or(refused).first().waitFor();
  if (!(await added.isVisible())) throw new Error(`The suite ${suite.path} was refused:\n${await alertWords(page)}`);
  await choose(added);
}

async function chooseVariant(page: Page, { suite, variant }: EvalOptions): Promise<void> {
  const select = page.getByTestId('variant');
  if ((await select.locator(`option[value="${variant}"]`).count()) === 0) {
    const name = suite.kind === 'builtIn' ? suite.id : suite.path;
    throw new Error(`The suite ${name} does not offer the variant "${variant}".`);
  }
  await select.selectOption(variant);
}

/** The page has these fields only where the chosen model can think. */
async function setThinking(page: Page, { thinking, thinkingTokens }: EvalOptions): Promise<void> {
  if (thinking === undefined && thinkingTokens === undefined) return;
  const select = page.getByTestId('thinking');
  const absent = new Error('Nothing says that this model can think: leave --thinking and --thinking-tokens out.');
  await select.waitFor({ timeout: 5_000 }).catch(() => {
    throw absent;
  });
  if (thinking !== undefined && (await select.isDisabled()) && (await select.inputValue()) !== thinking) {
    throw new Error('This model always thinks: it cannot be told not to.');
  }
  if (thinking !== undefined && (await select.isEnabled())) await select.selectOption(thinking);
  if (thinkingTokens !== undefined) await page.getByTestId('thinking-budget').fill(String(thinkingTokens));
}

async function words(page: Page, report: Locator): Promise<string> {
  return (await report.count()) > 0 ? report.innerText() : alertWords(page);
}

async function alertWords(page: Page): Promise<string> {
  return (await page.getByRole('alert').allInnerTexts()).join('\n');
}

async function readStatus(page: Page): Promise<Status> {
  const attribute = (name: string): Promise<string | null> => page.getByTestId('run-status').getAttribute(name);
  const [phase, done, total, run] = await Promise.all([
    attribute('data-phase'),
    attribute('data-done'),
    attribute('data-total'),
    attribute('data-run'),
  ]);
  return { phase: phase ?? '', done: Number(done), total: Number(total), run: run ?? '' };
}

/** Runs in the page. */
function idsOfChoices(choices: Element[]): string[] {
  return choices.map((choice) => (choice.getAttribute('data-testid') ?? '').replace(/^suite-/, ''));
}
