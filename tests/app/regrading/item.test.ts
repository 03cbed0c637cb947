import { expect, it } from 'vitest';
import type { GradeInput, Graded, Verdict } from '#domain';
import { regrade } from '../../../src/app/regrading/item.ts';
import type { ItemDetail } from '../../../src/app/results.svelte.ts';
import { CORRECT, sampleHeader, sampleItem, WRONG } from '../../fixtures/sampleRun.ts';
import { sampleSuite } from '../../fixtures/sampleSuite.ts';

const header = sampleHeader();

function detail(change: Partial<ItemDetail> = {}): ItemDetail {
  return { header, index: 0, record: sampleItem(header, 0), suite: sampleSuite(), override: null, ...change };
}

function grader(verdict: Verdict, asked: GradeInput[] = []) {
  return (input: GradeInput): Promise<Graded> => {
    asked.push(input);
    return Promise.resolve({ verdict, grader: { id: 'numeric', version: '2' } });
  };
}

it('grades what is stored by the gold of the suite', async () => {
  const asked: GradeInput[] = [];
  await regrade(detail(), grader(CORRECT, asked));
  expect(asked).toEqual([
    {
      output: '京东健康2024年收入为581.6亿元。',
      finish: 'stop',
      gold: { value: '5', unit: '' },
      language: 'zh-Hant',
      question: '二加三是多少？',
    },
  ]);
});

it.each([
  ['none', CORRECT],
  ['explanation', { ...CORRECT, notes: [] }],
  ['verdict', WRONG],
  ['verdict', { kind: 'noAnswer', reason: 'abstained', notes: [] }],
] as const)('tells a change of %s', async (change, verdict) => {
  expect(await regrade(detail(), grader(verdict))).toMatchObject({ kind: 'regraded', change });
});

it('says why it cannot be graded', async () => {
  const failed = sampleItem(header, 0, { finish: null });
  expect(await regrade(detail({ record: failed }), grader(CORRECT))).toEqual({
    kind: 'impossible',
    because: 'no-output',
  });
  expect(await regrade(detail({ suite: null }), grader(CORRECT))).toEqual({
    kind: 'impossible',
    because: 'suite-missing',
  });
});
