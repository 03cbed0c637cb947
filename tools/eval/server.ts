import type { Page } from 'playwright-core';

export interface ServerChoice {
  /** As a person would type it; a path "/v1" is left out by the page. */
  readonly url: string;
  /** The model's name on the server. */
  readonly name: string;
  /** From the environment: a command line can be read by every user of the machine. */
  readonly key: string | null;
  readonly atOnce: number;
  /** How long a server that goes away is waited for; then its items are unscored. Absent: a minute. */
  readonly waitSeconds?: number;
}

/** Connects on the Models page as a person would and goes on to the Run page. Throws an Error with the page's words. */
export async function connectServer(page: Page, choice: ServerChoice): Promise<void> {
  const home = page.url().replace(/#.*$/, '');
  await page.goto(`${home}#/models`);
  await fillAndConnect(page, choice);
  const reload = page.getByRole('alert').getByRole('button', { name: 'Load the page again' });
  if (await reload.isVisible()) {
    await Promise.all([page.waitForEvent('load'), reload.click()]);
    await fillAndConnect(page, choice);
  }
  if ((await page.getByTestId('server').count()) === 0) {
    const words = (await page.getByRole('alert').allInnerTexts()).join('\n');
    const details = await page.getByTestId('server-problem').locator('pre').allTextContents();
    throw new Error(`The server ${choice.url} cannot be used:\n${[words, ...details].join('\n')}`);
  }
  await page.getByTestId('server-at-once').fill(String(choice.atOnce));
  await page.getByTestId('server-wait').fill(String(choice.waitSeconds ?? 60));
  const names = await page.getByTestId('server-model').locator('th').allTextContents();
  if (!names.map((name) => name.trim()).includes(choice.name)) {
    throw new Error(`The server ${choice.url} has no model "${choice.name}". It has: ${names.join(', ')}.`);
  }
  await page.goto(`${home}#/run`);
  await page.getByTestId('start').waitFor();
}

async function fillAndConnect(page: Page, { url, key }: ServerChoice): Promise<void> {
  await page.getByTestId('server-kind').selectOption('other');
  await page.getByTestId('server-address').fill(url);
  if (key !== null) await page.getByTestId('server-key').fill(key);
  await page.getByTestId('server-connect').click();
  // An address that the page refuses is said beside its field, not as an alert.
  const refused = page.locator('[data-testid="server-address"][aria-invalid="true"]');
  const problem = page.getByTestId('servers').getByRole('alert');
  await page.getByTestId('server').or(problem).or(refused).first().waitFor({ timeout: 90_000 });
  if ((await refused.count()) > 0) {
    const described = await refused.locator('xpath=..').locator('.error').innerText();
    throw new Error(`${url}: ${described}`);
  }
}
