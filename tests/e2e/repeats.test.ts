import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRecords, type RunRecord } from '#sharing';
import { choose, openSite, type Site, type Visitor } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const ITEMS = 4;

it('draws three repeats with other seeds, says what they come to, and takes them along', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  await setUp(visitor);
  await start(page);
  const greedy = (await page.getByTestId('run-status').getAttribute('data-run')) ?? '';

  await draw(page, { repeats: 3, seed: 7 });
  await start(page);
  expect(await page.getByTestId('queue-job').evaluateAll(states)).toEqual(['ended', 'ended', 'ended']);
  await page.getByTestId('queue-compare').click();
  const figures = page.getByTestId('repeats-figures');
  await figures.waitFor();
  expect(await figures.getAttribute('data-repeats')).toBe('3');
  expect(await page.getByTestId('pass-row').count()).toBe(3);
  expect(await page.getByTestId('repeated-item').count()).toBe(ITEMS);

  const records = await saved(page);
  expect(records.map(({ header }) => header.spec.sampling)).toEqual(
    [7, 8, 9].map((seed) => ({
      ...{ kind: 'sampled', temperature: 1.3, topP: 0.95, topK: 40, minP: 0, repetitionPenalty: 1 },
      seed,
    })),
  );
  // Drawn, not greedy: three draws of a small model at this temperature do not say the same.
  expect(new Set(records.map(outputs)).size).toBeGreaterThan(1);
  const right = records.map(({ header }) => header.verdicts.replaceAll(/[^c]/g, '').length);
  expect(Number(await figures.getAttribute('data-mean'))).toBeCloseTo(right.reduce((a, b) => a + b) / (3 * ITEMS), 12);

  const lines = await samplesOfLmEval(page);
  expect(lines.filter(({ filter }) => filter === 'tabeval').map(({ resps }) => resps)).toEqual(
    records[0].items.map(({ index }) => [records.map(({ items }) => items[index]?.output)]),
  );
  const shares = lines.flatMap((line) => (line.filter === 'tabeval' ? [line.exact_match] : []));
  expect(shares.reduce((a, b) => a + b) / ITEMS).toBeCloseTo(Number(await figures.getAttribute('data-mean')), 12);

  // The same seed again says the same, letter for letter, and does not count twice.
  await visitor.open('/run');
  await draw(page, { repeats: 1, seed: 8 });
  await start(page);
  const [{ header }] = records;
  await visitor.open(`/repeats/${header.id}`);
  await page.locator('[data-testid=repeat-row]').nth(3).waitFor();
  expect(await page.getByTestId('repeat-row').count()).toBe(4);
  expect(await figures.getAttribute('data-repeats')).toBe('3');
  expect([await figures.getAttribute('data-equal'), await figures.getAttribute('data-both')]).toEqual(['4', '4']);

  await visitor.open(`/compare/${header.id}/${greedy}`);
  await page.getByTestId('repeats-conclusion').waitFor();
  expect(await page.getByTestId('cautions').innerText()).toContain('chose tokens differently');
  expect(await page.locator('[data-testid=repeats-conclusion] ~ ul').innerText()).toContain('over 3 repeats');

  // Elsewhere they come to the same.
  const mean = Number(await readMean(visitor, header.id));
  const other = await site.visitor();
  await other.open('/results');
  const file = { name: 'repeats.json', mimeType: 'application/json', buffer: Buffer.from(lastSaved) };
  await other.page.getByTestId('import-record').setInputFiles(file);
  await other.page.getByTestId('run-row').nth(2).waitFor();
  expect(Number(await readMean(other, header.id))).toBe(mean);
  expect(site.complaints).toEqual([]);
});

it('runs twice greedily, to check that it repeats exactly', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  await setUp(visitor);
  await page.getByTestId('twice').check();
  await start(page);
  await page.getByTestId('queue-compare').click();
  const figures = page.getByTestId('repeats-figures');
  await figures.waitFor();
  expect([await figures.getAttribute('data-equal'), await figures.getAttribute('data-both')]).toEqual(['4', '4']);
  expect(await figures.getAttribute('data-repeats')).toBe('1');
  expect(site.complaints).toEqual([]);
});

it('refuses values that cannot be run, and says what may stand there', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  await setUp(visitor);
  await draw(page, { repeats: 33, seed: 1 });
  expect(await page.getByTestId('start').isDisabled()).toBe(true);
  expect(await page.getByText('A whole number from 1 to 32.').count()).toBe(1);
  await page.getByTestId('repeats').fill('2');
  expect(await page.getByTestId('start').isEnabled()).toBe(true);
  await page.getByTestId('sampling-topP').fill('1.5');
  expect(await page.getByTestId('start').isDisabled()).toBe(true);
  await page.getByTestId('drawing').selectOption('greedy');
  expect(await page.getByTestId('start').isEnabled()).toBe(true);
});

async function setUp(visitor: Visitor): Promise<void> {
  await visitor.open('/run');
  await choose(visitor.page.getByTestId('suite-mathematics-short'));
  await visitor.page.getByTestId('device').selectOption('wasm');
  await visitor.page.getByTestId('limit').fill(String(ITEMS));
}

async function draw(page: Page, { repeats, seed }: { repeats: number; seed: number }): Promise<void> {
  await page.getByTestId('drawing').selectOption('own');
  await page.getByTestId('repeats').fill(String(repeats));
  await page.getByTestId('seed').fill(String(seed));
  await page.getByTestId('sampling-temperature').fill('1.3');
  await page.getByTestId('sampling-topP').fill('0.95');
  await page.getByTestId('sampling-topK').fill('40');
}

async function start(page: Page): Promise<void> {
  await page.getByTestId('start').click();
  await page.getByTestId('stop').waitFor();
  await page.getByTestId('start').waitFor({ timeout: 240_000 });
}

let lastSaved = '';
async function saved(page: Page): Promise<readonly [RunRecord, ...RunRecord[]]> {
  const save = page.getByTestId('save-repeats-record');
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  lastSaved = await readFile(await download.path(), 'utf8');
  const read = readRecords(lastSaved);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.records;
}

interface LmEvalLine {
  readonly filter: string;
  readonly resps: readonly (readonly string[])[];
  readonly exact_match: number;
}

async function samplesOfLmEval(page: Page): Promise<readonly LmEvalLine[]> {
  const save = page.getByTestId('save-repeats-lm-eval');
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  expect(download.suggestedFilename()).toMatch(/\.repeats\.lm-eval\.zip$/);
  const files = Object.entries(unzipSync(await readFile(await download.path())));
  const samples = files.find(([path]) => path.includes('/samples_'));
  return strFromU8(samples?.[1] ?? new Uint8Array())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LmEvalLine);
}

async function readMean(visitor: Visitor, runId: string): Promise<string | null> {
  await visitor.open(`/repeats/${runId}`);
  await visitor.page.locator('[data-testid=repeats-figures][data-repeats="3"]').waitFor();
  return visitor.page.getByTestId('repeats-figures').getAttribute('data-mean');
}

function outputs({ items }: RunRecord): string {
  return JSON.stringify(items.map(({ output }) => output));
}

/** Runs in the page. */
function states(rows: Element[]): (string | null)[] {
  return rows.map((row) => row.getAttribute('data-state'));
}
