import { expect, it } from 'vitest';
import { encodeIds, verdictLetter, type Divergence, type ItemRecord, type Verdict } from '#domain';
import { compareDetails } from '../../src/app/comparison.ts';
import { divergenceOfRuns } from '../../src/app/divergence.ts';
import type { RunDetail } from '../../src/app/results.svelte.ts';
import { runHeader } from '../fixtures/runs.ts';
import { sampleItem } from '../fixtures/sampleRun.ts';
import { sampleSuite } from '../fixtures/sampleSuite.ts';

const suite = sampleSuite();
const NOTHING: Verdict = { kind: 'noAnswer', reason: 'nothing-found', notes: [] };
const FAILED: Verdict = { kind: 'unscored', failure: { code: 'gpu-error', detail: '', retryable: true } };

function graded(text: string, correct: boolean): Verdict {
  const extraction = {
    answer: { span: { start: 0, end: text.length }, text },
    commitment: 'whole-output',
    rejected: [],
  };
  return correct
    ? { kind: 'graded', correct, ...extraction, commitment: 'whole-output', notes: [] }
    : { kind: 'graded', correct, reason: 'wrong-value', ...extraction, commitment: 'whole-output', notes: [] };
}

type Answer = readonly [output: string, verdict: Verdict, ids: readonly number[] | null];

/** A run of the three questions of the sample suite. */
function run(
  id: string,
  quantisation: string,
  answers: readonly Answer[],
  change: Partial<ItemRecord> = {},
): RunDetail {
  const verdicts = answers.map(([, verdict]) => verdictLetter(verdict)).join('');
  const base = runHeader(verdicts);
  const model = { ...base.spec.model, build: { ...base.spec.model.build, quantisation } };
  const header = runHeader(verdicts, { id, spec: { itemIds: suite.items.map((item) => item.id), model } });
  const items = answers.map(([output, verdict, ids], index) =>
    sampleItem(header, index, { output, verdict, ...(ids === null ? {} : { outputIds: encodeIds(ids) }), ...change }),
  );
  return { header, items, suite, overrides: [] };
}

function diverge(first: RunDetail, second: RunDetail): Promise<Divergence> {
  const compared = compareDetails(first, second);
  if (compared.kind !== 'compared') throw new Error(compared.because);
  return divergenceOfRuns([first, second], compared.rows);
}

const fine = run('fine', 'fp32', [
  ['5', graded('5', true), [5]],
  ['It is 54', graded('54', false), [9, 8, 5, 4]],
  ['on the roof', graded('on the roof', true), [20, 21, 22]],
]);

it('takes equal answers in other words for one answer, and a wrong one in place of a right one for another', async () => {
  const coarse = run('coarse', 'q4', [
    ['2+3=5', graded('5', true), [2, 10, 3, 11, 5]],
    ['It is 54.0', graded('54.0', false), [9, 8, 5, 4, 12]],
    ['on the mat', graded('on the mat', false), [20, 21, 23]],
  ]);
  const found = await diverge(fine, coarse);
  expect(found.answers).toMatchObject({ count: 1, n: 3 });
  expect(found.outputs).toMatchObject({ count: 3, n: 3 });
  // Places 1, 5 (the other one ended there) and 3.
  expect(found.places).toEqual({ by: 'token', items: 3, median: 3, least: 1, most: 5 });
});

it('counts an answer that is gone, and leaves out what was not scored on one side', async () => {
  const coarse = run('coarse', 'q4', [
    ['', NOTHING, null],
    ['', FAILED, null],
    ['on the roof', graded('on the roof', true), [20, 21, 22]],
  ]);
  const found = await diverge(fine, coarse);
  expect(found.answers).toMatchObject({ count: 1, n: 2 });
  expect(found.noTokens).toBeNull();
  expect(found.places).toMatchObject({ items: 1, median: 1 });
});

it('does not call a character a token: without ids, and with another tokenizer', async () => {
  const bare = run('bare', 'q4', [
    ['5', graded('5', true), null],
    ['It is 55', graded('55', false), null],
    ['on the roof', graded('on the roof', true), null],
  ]);
  expect(await diverge(fine, bare)).toMatchObject({ noTokens: 'no-ids', places: { by: 'character', median: 8 } });
  const other = run('other', 'q4', [['5', graded('5', true), [1]]], { tokenIdsHash: 'other' });
  expect(await diverge(fine, other)).toMatchObject({ noTokens: 'other-tokenizer' });
});

it('knows no answers where the suite is not here', async () => {
  const away = { ...fine, suite: null };
  const found = await diverge(away, { ...run('b', 'q4', [['6', graded('6', false), [6]]]), suite: null });
  expect(found).toMatchObject({ answers: null, outputs: { count: 1, n: 1 } });
});
