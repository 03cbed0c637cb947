/** The Suites page as a person uses it: a file with a mistake, mended in an editor, run, exported, imported again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeSuite, suiteHash, type Suite } from '#domain';
import { choose, openSite, whenOver, type Site } from './site.ts';

let site: Site;
let folder: string;
beforeAll(async () => {
  site = await openSite();
  folder = mkdtempSync(join(tmpdir(), 'tabeval-suites-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await site.close();
});

/** Two of the answers are no numbers; one line has no end. */
const MISTAKEN = [
  'question,answer,unit',
  'What is 2 + 3?,5,number',
  'What is 7 + 1?,eight,number',
  'How much is 10 % of 50?,5,number',
].join('\n');

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function exported(page: Page, button: ReturnType<Page['getByRole']>): Promise<Suite> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const decoded = decodeSuite(JSON.parse(readFileSync(await download.path(), 'utf8')));
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.problems));
  return decoded.suite;
}

it('a file with a mistake: told by its line, mended, edited, saved, run, exported, and equal when it comes back', async () => {
  const { page, ...visitor } = await site.visitor();
  await visitor.open('/suites');
  const input = page.getByTestId('import-suite-file');
  await input.setInputFiles(fileOf('sums.csv', MISTAKEN));
  await page.getByTestId('import-format').selectOption('table');
  await page.getByTestId('import-read').click();
  // Told by line; what can be used could be taken without it.
  const left = page.getByTestId('import-skipped');
  await left.waitFor();
  await page.getByText('Line by line').click();
  expect(await page.locator('.lines').innerText()).toContain('Line 3');
  await input.setInputFiles(fileOf('sums.csv', MISTAKEN.replace('eight', '8')));
  await page.getByTestId('import-title').fill('Sums of mine');
  await page.getByTestId('import-read').click();
  expect(await page.getByTestId('import-found').innerText()).toContain('3 items can be used');
  expect(await left.count()).toBe(0);
  await page.getByTestId('import-add').click();
  await page
    .getByRole('link', { name: 'Edit: Sums of mine' })
    .or(page.getByRole('link', { name: /Sums of mine/ }))
    .first()
    .click();

  // Edit: everything that a suite has.
  const question = page.getByTestId('item-question');
  await question.waitFor();
  await question.fill('');
  await page.locator('[data-testid=item-question][aria-invalid=true]').waitFor();
  expect(await page.getByTestId('editor-save').isDisabled()).toBe(true);
  await question.fill('What is 2 + 4?');
  await page.getByTestId('item-gold').fill('6');
  await page.getByTestId('item-solution').fill('2 + 4 = 6');
  await page.getByTestId('item-down').click();
  await page.getByTestId('item-delete').click();
  await page.getByTestId('item-undo').click();
  await page.getByTestId('item-add').click();
  await question.fill('Which is a colour?');
  await page.getByTestId('item-gold-unit').selectOption('choice');
  await page.getByTestId('choices-begin').click();
  await page.getByTestId('choice-A').fill('seven');
  await page.getByTestId('choice-B').fill('blue');
  await page.getByTestId('item-gold').fill('C');
  await page.locator('[data-testid=item-gold][aria-invalid=true]').waitFor();
  await page.getByTestId('item-gold').fill('B');
  await page.getByTestId('choices-into').click();
  expect(await question.inputValue()).toBe('Which is a colour?\nA. seven\nB. blue');
  await page.getByTestId('variant-add-step-by-step').click();
  await page.getByTestId('editor-prompt-step-by-step-withoutPassage-en').fill('Think first. {question}');
  await page.getByTestId('editor-prompt-system-en').fill('You are exact.');
  await page.getByTestId('editor-save').click();
  await page.locator('[data-testid=editor-state][data-changed=false]').waitFor();
  const mine = await exported(page, page.getByRole('button', { name: 'Export' }));
  expect(mine.items.map(({ question: asked }) => asked.split('\n')[0])).toEqual([
    'What is 7 + 1?',
    'What is 2 + 4?',
    'How much is 10 % of 50?',
    'Which is a colour?',
  ]);
  expect(mine.items[1]).toMatchObject({ gold: { value: '6' }, solution: '2 + 4 = 6' });
  expect(mine.items[3]).toMatchObject({ gold: { value: 'B', unit: 'choice' }, choices: ['seven', 'blue'] });
  expect(mine.variants).toMatchObject([{ id: 'step-by-step' }]);
  expect(mine.prompt.system).toEqual({ en: 'You are exact.' });

  // Run it.
  await visitor.open('/run');
  await choose(page.getByTestId(`suite-${mine.id}`));
  await page.getByTestId('device').selectOption('wasm');
  await page.getByTestId('start').click();
  expect((await whenOver(page)).phase).toBe('finished');

  // Another browser, which was never here, gets the same suite from the file.
  const other = await site.visitor();
  await other.open('/suites');
  await other.page
    .getByTestId('import-suite-file')
    .setInputFiles(fileOf('mine.json', `${JSON.stringify(mine, null, 1)}\n`));
  await other.page.getByTestId('import-read').click();
  await other.page.getByTestId('import-add').click();
  const card = other.page.getByTestId(`suite-card-${mine.id}`);
  await card.waitFor();
  const back = await exported(other.page, card.getByRole('button', { name: /Export/ }));
  expect(suiteHash(back)).toBe(suiteHash(mine));
  expect(site.complaints).toEqual([]);
});
