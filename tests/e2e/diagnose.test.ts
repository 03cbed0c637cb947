import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const STEPS = ['device', 'storage', 'load', 'tests', 'items'];

it('probes, loads, tests, asks five questions, and exports a report without addresses', async () => {
  const { page, ...visitor } = await site.visitor();
  await visitor.open('/settings');
  await page.locator('a[href="#/diagnose"]').click();
  await page.getByTestId('diagnose-device').selectOption('wasm');
  await page.getByTestId('diagnose-start').click();
  const report = page.getByTestId('diagnose-report');
  await report.waitFor({ timeout: 120_000 });
  const steps = page.getByTestId('diagnose-step');
  const states = await steps.evaluateAll((rows) => rows.map((row) => [row.dataset.step, row.dataset.state]));
  expect(states).toEqual(STEPS.map((step) => [step, 'done']));

  const text = await report.innerText();
  expect(text).toContain('verdict: **valid**');
  expect(text.match(/^- .*tokens, first after/gm)).toHaveLength(5);
  expect(text).not.toContain(new URL(site.url).host);
  expect(text).not.toMatch(/localhost|127\.0\.0\.1|\/some\/path/);

  const saved = async (button: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
    return readFileSync(await download.path(), 'utf8');
  };
  expect((await saved('diagnose-markdown')).trim()).toBe(text.trim());
  const json = JSON.parse(await saved('diagnose-json')) as Record<string, unknown>;
  expect(json).toMatchObject({ format: 'tabeval-diagnosis', schema: 1, verdict: 'valid' });
  expect(json.items).toHaveLength(5);
  expect(JSON.stringify(json)).not.toContain(new URL(site.url).host);
  expect(site.complaints).toEqual([]);
});

it('a step that fails is told, what needs it is skipped, and the report says why', async () => {
  const { page, context, ...visitor } = await site.visitor('zh-CN');
  await context.route('**/model.onnx', (route) => route.fulfill({ status: 500 }));
  await visitor.open('/diagnose');
  await page.getByTestId('diagnose-device').selectOption('wasm');
  await page.getByTestId('diagnose-start').click();
  const report = page.getByTestId('diagnose-report');
  await report.waitFor({ timeout: 60_000 });
  const steps = page.getByTestId('diagnose-step');
  expect(await steps.evaluateAll((rows) => rows.map((row) => row.dataset.state))).toEqual([
    'done',
    'done',
    'failed',
    'skipped',
    'skipped',
  ]);
  expect(await report.innerText()).toContain('load: **failed**');
});

it('can be cancelled, and started again', async () => {
  const { page, context, ...visitor } = await site.visitor();
  await context.route('**/model.onnx', () => undefined);
  await visitor.open('/diagnose');
  await page.getByTestId('diagnose-device').selectOption('wasm');
  await page.getByTestId('diagnose-start').click();
  await page.locator('[data-step=load][data-state=running]').waitFor();
  await page.getByTestId('diagnose-cancel').click();
  await page.getByTestId('diagnose-report').waitFor();
  await context.unroute('**/model.onnx');
  await page.getByTestId('diagnose-start').click();
  await page.locator('[data-step=items][data-state=done]').waitFor({ timeout: 120_000 });
});
