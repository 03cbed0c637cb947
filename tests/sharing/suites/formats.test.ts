import { describe, expect, test } from 'vitest';
import { grade } from '#domain/grading';
import { sampleSuite } from '../../fixtures/sampleSuite.ts';
import { imported, inspect, read } from './importing.ts';

const lines = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('GSM8K', () => {
  const file = lines(
    { question: 'Clips?', answer: 'In May 48/2 = <<48/2=24>>24.\nIn all 72.\n#### 72' },
    { question: 'Profit?', answer: '#### $1,070,000' },
    { question: 'No mark', answer: 'It is 5.' },
    { question: 'Words', answer: '#### five' },
    { answer: '#### 5' },
  );

  test('is recognised, its final numbers are golds, its solutions kept without the calculator', async () => {
    expect(await inspect(file)).toMatchObject({
      layout: 'jsonl',
      recognised: true,
      formats: [{ id: 'gsm8k', roles: [] }, { id: 'table' }, { id: 'squad' }, { id: 'tat-qa' }, { id: 'lm-eval' }],
    });
    const { suite, report } = await imported(file);
    expect(suite.items.map(({ gold }) => gold)).toEqual([
      { value: '72', unit: '' },
      { value: '1070000', unit: '' },
    ]);
    expect(suite.items[0]?.solution).toBe('In May 48/2 = 24.\nIn all 72.');
    expect(suite.kind).toBe('mathematics');
    expect(report.found).toBe(2);
  });

  test('tells the lines that it could not use, and keeps the others', async () => {
    const { report } = await imported(file);
    expect(report.problems.map(({ line, code, at }) => [line, code, at])).toEqual([
      [3, 'no-final-answer', 'answer'],
      [4, 'not-a-number', 'answer'],
      [5, 'field-missing', 'question'],
    ]);
    expect(report.skipped).toEqual({ 'no-final-answer': 1, 'not-a-number': 1, 'field-missing': 1 });
  });
});

describe('SQuAD and CMRC', () => {
  const squad = {
    version: 'v2.0',
    data: [
      {
        title: 'Normans',
        paragraphs: [
          {
            context: 'The Normans came to Normandy in the 10th century.',
            qas: [
              {
                id: '56ddde6b9a695914005b9628',
                question: 'When did they come?',
                answers: [
                  { text: 'in the 10th century', answer_start: 29 },
                  { text: '10th century', answer_start: 36 },
                  { text: '10th century', answer_start: 36 },
                ],
                is_impossible: false,
              },
              { id: 'x', question: 'Who was Rollo?', answers: [], plausible_answers: [], is_impossible: true },
              { id: 'x', question: 'Broken?', answers: [] },
              { id: 'y', answers: [] },
            ],
          },
        ],
      },
    ],
  };

  test('several answers are aliases, the unanswerable has its gold, questions on one text share its passage', async () => {
    for (const text of [JSON.stringify(squad), JSON.stringify(squad, null, 2)]) {
      expect((await inspect(text)).formats[0]?.id).toBe('squad');
      const { suite, report } = await imported(text);
      expect(suite.passages).toHaveLength(1);
      expect(suite.items.map(({ id, gold, passage, proof }) => ({ id, gold, passage, proof }))).toEqual([
        {
          id: '56ddde6b9a695914005b9628',
          gold: { value: 'in the 10th century', unit: 'text', aliases: ['10th century'] },
          passage: 'p-1',
          proof: { kind: 'span', span: 'in the 10th century' },
        },
        { id: 'x', gold: { value: 'unanswerable', unit: 'text' }, passage: 'p-1', proof: { kind: 'stated' } },
      ]);
      expect(report.problems.map(({ code, at }) => [code, at])).toEqual([
        ['no-answer', 'paragraphs[0].qas[2]'],
        ['field-missing', 'paragraphs[0].qas[3].question'],
      ]);
    }
  });

  test('CMRC 2018 as it was published: a list of texts', async () => {
    const cmrc = [
      {
        context_id: 'DEV_0',
        context_text: '《战国无双3》是由光荣和ω-force开发的系列的正统第三续作。',
        qas: [
          {
            query_id: 'DEV_0_QUERY_0',
            query_text: '《战国无双3》是由哪两个公司合作开发的？',
            answers: ['光荣和ω-force', '光荣和ω-force'],
          },
        ],
      },
    ];
    const { suite } = await imported(JSON.stringify(cmrc));
    expect(suite.items).toMatchObject([
      { id: 'DEV_0_QUERY_0', language: 'zh-Hans', gold: { value: '光荣和ω-force', unit: 'text' } },
    ]);
    expect(suite.prompt.withPassage['zh-Hans']).toContain('{passage}');
  });
});

describe('TAT-QA', () => {
  const question = { order: 1, derivation: '', answer_type: 'span', scale: '' };
  const document = {
    table: {
      uid: 't',
      table: [
        ['(in millions)', '2019', '2018'],
        ['Revenue', '$1,496.5', '$1,202.9'],
        ['Loss', '(12.0)', '3.0'],
      ],
    },
    paragraphs: [
      { uid: 'p2', order: 2, text: 'Second paragraph.' },
      { uid: 'p1', order: 1, text: 'First paragraph.' },
    ],
    questions: [
      { ...question, uid: 'a', question: 'What was revenue in 2019?', answer: ['1,496.5'], scale: 'million' },
      {
        ...question,
        uid: 'b',
        question: 'Change in revenue?',
        answer: 293.6,
        answer_type: 'arithmetic',
        scale: 'million',
        derivation: '1,496.5-1,202.9',
      },
      {
        ...question,
        uid: 'c',
        question: 'Percentage change?',
        answer: 24.41,
        answer_type: 'arithmetic',
        scale: 'percent',
      },
      { ...question, uid: 'd', question: 'How many years?', answer: 2, answer_type: 'count' },
      { ...question, uid: 'e', question: 'Which paragraph?', answer: ['First paragraph'] },
      { ...question, uid: 'f', question: 'Which years?', answer: ['2019', '2018'], answer_type: 'multi-span' },
      { ...question, uid: 'g', question: 'In which year?', answer: ['2019'] },
      { ...question, uid: 'h', question: 'What was the loss?', answer: ['(12.0)'], scale: 'million' },
    ],
  };
  const noCurrency = {
    ...document,
    table: { uid: 'u', table: [['Shares', '12']] },
    questions: [{ ...question, question: 'Shares?', answer: 12, answer_type: 'arithmetic', scale: 'million' }],
  };

  test('the scale is part of the gold, so that the grader converts it', async () => {
    const text = JSON.stringify([document, noCurrency], null, 1);
    expect((await inspect(text)).formats[0]?.id).toBe('tat-qa');
    const { suite, report } = await imported(text);
    expect(suite.items.map(({ id, gold }) => [id, gold.value, gold.unit])).toEqual([
      ['a', '1496.5', 'USD:million'],
      ['b', '293.6', 'USD:million'],
      ['c', '24.41', 'percent'],
      ['d', '2', ''],
      ['e', 'First paragraph', 'text'],
      ['g', '2019', 'text'],
      ['h', '-12.0', 'USD:million'],
    ]);
    expect(report.skipped).toEqual({ 'multi-span': 1, 'scale-without-currency': 1 });
    expect(suite.passages[0]?.text).toBe(
      '(in millions)\t2019\t2018\nRevenue\t$1,496.5\t$1,202.9\nLoss\t(12.0)\t3.0\n\nFirst paragraph.\n\nSecond paragraph.',
    );
    expect(suite.items[1]?.solution).toBe('1,496.5-1,202.9');
  });

  test.each([
    ['$1,496.5 million', true],
    ['1,496.5', true],
    ['$1.4965 billion', true],
    ['$1,496.5 thousand', false],
    ['$1,202.9 million', false],
  ])('the answer %s is graded %s', async (output, correct) => {
    const { suite } = await imported(JSON.stringify([document]));
    const [item] = suite.items;
    if (item === undefined) throw new Error('no item');
    const { verdict } = await grade({
      output,
      gold: item.gold,
      language: 'en',
      finish: 'stop',
      question: item.question,
    });
    expect(verdict).toMatchObject({ kind: 'graded', correct });
  });
});

describe('multiple choice', () => {
  const expected = {
    question: 'What is 2 + 2?\nA. 3\nB. 4\nC. 5\nD. 6',
    gold: { value: 'B', unit: 'choice' },
    choices: ['3', '4', '5', '6'],
  };

  test.each([
    ['MMLU, without a head', 'What is 2 + 2?,3,4,5,6,B\n"Sea, ""open"" or not?\nSay.",1,2,3,4,D\n'],
    ['C-Eval', 'id,question,A,B,C,D,answer,explanation\n0,What is 2 + 2?,3,4,5,6,B,Add.\n1,Q,a,b,c,d,E,\n'],
    ['CMMLU', ',Question,A,B,C,D,Answer\n0,What is 2 + 2?,3,4,5,6,Ｂ\n'],
  ])('%s', async (_, text) => {
    const inspection = await inspect(text);
    expect(inspection.formats[0]?.id).toBe('multiple-choice');
    expect((await imported(text)).suite.items[0]).toMatchObject(expected);
  });

  test('a letter without an option is told with its line', async () => {
    const { report } = await imported('id,question,A,B,C,D,answer\n0,Q,a,b,c,d,A\n1,Q,a,b,c,d,E\n2,Q,a,,,,A\n');
    expect(report.problems).toMatchObject([
      { line: 3, code: 'not-a-choice', params: { value: 'E', most: 'D' } },
      { line: 4, code: 'too-few-choices' },
    ]);
  });
});

describe('promptfoo', () => {
  test('keeps what names an answer and counts what does not', async () => {
    const text = [
      'city,question,__expected,__metric',
      'Paris,Capital of France?,equals: Paris,x',
      'x,Sum?,42,x',
      'x,Colour?,"contains-any: red, crimson",x',
      'x,Q,llm-rubric: is polite,x',
      'x,Q,"javascript: output.length < 3",x',
      'x,Q,not-contains: a,x',
      'x,Q,,x',
      'x,Q,Note: closed,x',
      'x,Q,is-json,x',
    ].join('\r\n');
    expect((await inspect(text)).formats[0]?.id).toBe('promptfoo');
    const { suite, report } = await imported(text);
    expect(suite.items.map(({ gold }) => gold)).toEqual([
      { value: 'Paris', unit: 'text' },
      { value: '42', unit: '' },
      { value: 'red', unit: 'text', aliases: ['crimson'] },
      { value: 'Note: closed', unit: 'text' },
    ]);
    expect(report.skipped).toEqual({ assertion: 4, 'field-missing': 1 });
    expect(report.problems.map(({ line, params }) => [line, params.value ?? params.field])).toEqual([
      [5, 'llm-rubric'],
      [6, 'javascript'],
      [7, 'not-contains'],
      [8, '__expected'],
      [10, 'is-json'],
    ]);
  });
});

describe('a suite of ours', () => {
  test('comes back equal, on one line or on many', async () => {
    for (const space of [undefined, 2]) {
      const { suite } = await imported(JSON.stringify(sampleSuite(), null, space));
      expect(suite).toEqual(sampleSuite());
    }
  });

  test('is refused whole where it is wrong', async () => {
    const text = JSON.stringify({ ...sampleSuite(), items: [] });
    expect(await read(text)).toMatchObject({ kind: 'refused', problems: [{ path: 'items', code: 'empty' }] });
    const cut = JSON.stringify(sampleSuite(), null, 1).slice(0, -5);
    await expect(read(cut)).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
  });
});
