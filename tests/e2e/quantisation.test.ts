/** Two builds of one model side by side: from a run's page to the figures, with a record that stands for the other build. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeIds, encodeIds, type ItemRecord, type VerdictLetter } from '#domain';
import { readRecord, type RunRecord } from '../../src/sharing/index.ts';
import { runsFile } from '../../src/sharing/record.ts';
import { saveRecord } from '../../tools/eval/page.ts';
import { openSite, runSuite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const ITEMS = 6;

it('says what changed, where the outputs part, and what else differs', async () => {
  const visitor = await site.visitor();
  const { page } = visitor;
  const fine = await recordOf(page, await runSuite(visitor, 'mathematics-short', ITEMS));
  for (const { outputIds, usage, finish } of fine.items) {
    expect(finish).toBe('stop');
    expect(decodeIds(outputIds ?? '')).toHaveLength((usage?.outputTokens ?? 0) - 1);
  }

  const coarse = otherBuild(fine);
  await visitor.open('/results');
  await importRecord(page, coarse);
  await visitor.open(`/results/${fine.header.id}`);
  const compare = page.getByTestId('compare');
  expect((await compare.innerText()).trim()).toBe('Compare with q4');
  await compare.click();
  const said = page.getByTestId('quantisation-said');
  await said.waitFor();
  const worse = [...fine.header.verdicts.slice(0, 2)].filter((letter) => letter === 'c').length;
  expect(await said.innerText()).toContain(
    `q4 instead of fp32 changed the answer to 2 of ${ITEMS} items: ${worse} got worse, 0 got better, ${2 - worse} stayed wrong`,
  );
  const figure = (id: string): Promise<string> => page.getByTestId(`divergence-${id}`).innerText();
  expect(await figure('answers')).toContain(`2 of ${ITEMS}`);
  expect(await figure('outputs')).toContain(`2 of ${ITEMS}`);
  expect(await figure('flips')).toBe(`right → wrong ${worse} · wrong → right 0`);
  // The first item parts at its first token, the second where the other one ended.
  const last = decodeIds(fine.items[1]?.outputIds ?? '').length + 1;
  expect(await figure('places')).toBe(`${(1 + last) / 2} (median of 2 items; 1 to ${last})`);
  expect(await figure('p')).toBe('p = 1.000');
  expect(await page.getByTestId('besides').count()).toBe(0);

  const second = page.locator(`[data-item="${fine.items[1]?.itemId}"]`);
  expect(await second.getByTestId('parting').innerText()).toBe(`They part at token ${last}`);
  await second.locator('summary').first().click();
  expect(await second.getByTestId('parting-place').allInnerTexts()).toEqual([
    `${fine.items[1]?.output}(ended here)`,
    `${fine.items[1]?.output} or so`,
  ]);

  // The same build on another engine: no longer the quantisation alone, and no ids to go by.
  const elsewhere = otherEngine(coarse);
  await visitor.open('/results');
  await importRecord(page, elsewhere);
  await visitor.open(`/compare/${elsewhere.header.id}/${fine.header.id}`);
  await page.locator('[data-besides="other-engine"]').waitFor();
  await said.waitFor();
  expect(await said.innerText()).toContain(`From fp32 to q4, 2 of ${ITEMS} items have another answer`);
  expect(await page.getByTestId('quantisation').innerText()).toContain('First character that differs');
  expect(site.complaints).toEqual([]);
});

async function recordOf(page: Page, run: string): Promise<RunRecord> {
  const read = readRecord(await saveRecord(page, run));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.record;
}

async function importRecord(page: Page, record: RunRecord): Promise<void> {
  await page.getByTestId('run-row').first().waitFor();
  const before = await page.getByTestId('run-row').count();
  const text = runsFile([record], record.suite);
  const file = { name: 'run.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByTestId('import-record').setInputFiles(file);
  await page.getByTestId('run-row').nth(before).waitFor();
}

/** As a coarser build might have answered: the first item otherwise from its first token on, the second at greater length. */
function otherBuild({ header, items, suite }: RunRecord): RunRecord {
  const { model } = header.spec;
  const changed = items.map((item, place): ItemRecord => {
    const ids = decodeIds(item.outputIds ?? '');
    if (place === 0) return answering(item, 'It is 987654321', [2559, ...ids], '987654321');
    return place === 1 ? answering(item, `${item.output} or so`, [...ids, 7, 8], '123456789') : item;
  });
  return {
    suite,
    items: changed.map((item) => ({ ...item, runId: 'coarse' })),
    header: {
      ...header,
      id: 'coarse',
      spec: { ...header.spec, model: { ...model, revision: 'b', build: { ...model.build, quantisation: 'q4' } } },
      verdicts: withLetters(header.verdicts, 'ii'),
    },
  };
}

function otherEngine({ header, items, suite }: RunRecord): RunRecord {
  const engine = { id: 'web-llm', version: '0.2.86' };
  return {
    suite,
    items: items.map(withoutIds),
    header: { ...header, id: 'elsewhere', environment: { ...header.environment, engine } },
  };
}

function withoutIds(item: ItemRecord): ItemRecord {
  const { outputIds, ...others } = item;
  expect(outputIds).toBeDefined();
  return { ...others, runId: 'elsewhere' };
}

function answering(item: ItemRecord, output: string, ids: readonly number[], text: string): ItemRecord {
  return {
    ...item,
    output,
    outputIds: encodeIds(ids),
    finish: 'stop',
    verdict: {
      kind: 'graded',
      correct: false,
      reason: 'wrong-value',
      answer: { span: { start: 0, end: 1 }, text },
      commitment: 'last-number',
      rejected: [],
      notes: [],
    },
  };
}

function withLetters(verdicts: string, letters: `${VerdictLetter}${VerdictLetter}`): string {
  return letters + verdicts.slice(letters.length);
}
