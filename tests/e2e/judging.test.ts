import { afterAll, beforeAll, expect, it } from 'vitest';
import { suiteRef, type ItemRecord, type RunHeader, type Verdict } from '#domain';
import { RUN_FORMATS } from '#sharing';
import { parseCases } from '../../tools/grade/cases.ts';
import { afterItems, sampleHeader, sampleItem } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';
import { openSite, type Site, type Visitor } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const NOTHING: Verdict = { kind: 'noAnswer', reason: 'nothing-found', notes: [] };
const OUTPUTS = [
  'The answer is 5.',
  '<think>So 7 × 8 is 56. No: 7 × 8 = 54.</think>The answer is 54.',
  'It sleeps in the kitchen.',
];

/** A run that an older grader judged: it found no answer anywhere. */
function record(): string {
  const suite = sampleSuite();
  const empty = sampleHeader({ state: { kind: 'finished' } });
  const header: RunHeader = { ...empty, spec: { ...empty.spec, suite: suiteRef(suite) } };
  const grader = { id: 'numeric', version: '0' };
  const items = OUTPUTS.map((output, n): ItemRecord => sampleItem(header, n, { output, verdict: NOTHING, grader }));
  return RUN_FORMATS[0].write(
    { header: afterItems(header, items), items, suite },
    { item: '', answer: '', result: '', judged: '' },
  );
}

async function importRecord(visitor: Visitor): Promise<void> {
  await visitor.open('/results');
  const file = { name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(record()) };
  await visitor.page.locator('input[type=file]').setInputFiles(file);
  await visitor.page.getByTestId('run-row').first().waitFor();
}

it('a person judges beside the grader, grades the run again, sees where the thinking failed and copies a case', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  await importRecord(visitor);

  await visitor.open('/results/run-1');
  await page.getByTestId('regrade').click();
  const changes = page.getByTestId('regrade-change');
  await changes.first().waitFor();
  const seen = await changes.evaluateAll((rows) =>
    rows.map((row) => `${row.dataset.from ?? ''}${row.dataset.to ?? ''}`),
  );
  expect(seen).toEqual(['nc', 'ni', 'ni']);
  const accuracy = page.getByTestId('accuracy').first();
  expect(await accuracy.getAttribute('data-correct')).toBe('0');
  await page.getByTestId('regrade-confirm').click();
  await page.locator('[data-testid="regrade-state"][data-state="written"]').waitFor();
  expect(await accuracy.getAttribute('data-correct')).toBe('1');

  await visitor.open('/results/run-1/1');
  await page.getByTestId('earlier-verdicts').waitFor();
  await page.getByTestId('thinking-findings').waitFor();
  const buckets = await page.locator('[data-bucket]').evaluateAll((rows) => rows.map((row) => row.dataset.bucket));
  expect(buckets).toEqual(['gold-abandoned', 'false-step']);
  await page.getByTestId('judge-note').fill('the working is there');
  await page.getByTestId('judge-right').click();
  await page.getByTestId('judge-withdraw').waitFor();
  await page.getByTestId('grading-case').click();
  const [line] = parseCases(await page.getByTestId('case-line').inputValue(), 'copied');
  expect(line).toMatchObject({
    output: OUTPUTS[1],
    gold: '56',
    unit: '',
    verdict: 'correct',
    why: 'the working is there',
  });

  await page.reload();
  await page.getByTestId('judge-withdraw').waitFor();
  await visitor.open('/results/run-1');
  expect(await page.getByTestId('by-hand').first().innerText()).toMatch(/1 of 3.*2 of 3/s);
  expect(await accuracy.getAttribute('data-correct')).toBe('1');
  await page.getByTestId('mark-judged').click();
  expect(await page.getByTestId('item-row').count()).toBe(1);
  await page.getByTestId('mark-judged').click();
  expect(await page.getByTestId('item-row').count()).toBe(3);

  await visitor.open('/results/run-1/1');
  await page.getByTestId('judge-withdraw').click();
  await page.getByTestId('judge-withdraw').waitFor({ state: 'detached' });
  await visitor.open('/results/run-1');
  await page.getByTestId('item-row').first().waitFor();
  expect(await page.getByTestId('by-hand').count()).toBe(0);
  expect(site.complaints).toEqual([]);
});
