import { describe, expect, test } from 'vitest';
import { imported, inspect, preview, read } from './importing.ts';

describe('plain tables', () => {
  test.each([
    ['commas', 'question,answer\n"1+1, then?",2\n', 'csv'],
    ['tabs', 'question\tanswer\n1+1, then?\t2\n', 'csv'],
    ['semicolons', 'question;answer\n1+1, then?;2\n', 'csv'],
    ['JSON lines', '{"question":"1+1, then?","answer":2}\n', 'jsonl'],
    ['a JSON list', '[{"question":"1+1, then?","answer":"2"}]', 'json'],
    ['lines that end in CRLF, with a byte order mark', '\ufeffquestion,answer\r\n"1+1, then?",2\r\n', 'csv'],
  ])('with %s', async (_, text, layout) => {
    expect(await inspect(text)).toMatchObject({ layout, columns: ['question', 'answer'] });
    const { suite } = await imported(text, { format: 'table' });
    expect(suite.items).toMatchObject([{ question: '1+1, then?', gold: { value: '2', unit: '' } }]);
  });

  test('columns are guessed by their names and can be set otherwise', async () => {
    const text = 'id,input,target,note,lang\nr1,What?,Paris,Rome,zh_TW\n';
    expect(await inspect(text)).toMatchObject({
      recognised: false,
      formats: [{ id: 'table' }, { id: 'promptfoo' }, { id: 'multiple-choice' }],
      guessed: { id: 'id', question: 'input', answer: 'target', language: 'lang' },
    });
    const asGuessed = await imported(text);
    expect(asGuessed.suite.items).toMatchObject([{ id: 'r1', language: 'zh-Hant', gold: { value: 'Paris' } }]);
    const otherwise = await imported(text, { columns: { question: 'input', answer: 'note' } });
    expect(otherwise.suite.items).toMatchObject([{ id: 'q-1', language: 'en', gold: { value: 'Rome' } }]);
  });

  test('units: of a column, for all, or guessed', async () => {
    const text =
      'question,answer,unit\nA,"58,159,881",CNY:thousand\nB,12.5%,\nC,Paris,\nD,2024-12-31,date\nE,x,percent\n';
    const { suite, report } = await imported(text);
    expect(suite.items.map(({ gold }) => [gold.value, gold.unit])).toEqual([
      ['58159881', 'CNY:thousand'],
      ['12.5', 'percent'],
      ['Paris', 'text'],
      ['2024-12-31', 'date'],
    ]);
    expect(report.problems).toMatchObject([{ line: 6, code: 'not-a-number', params: { value: 'x' } }]);
    const all = await imported('question,answer\nA,5\nB,many\n', { unit: 'minute' });
    expect(all.suite.items.map(({ gold }) => gold)).toEqual([{ value: '5', unit: 'minute' }]);
    expect(all.report.skipped).toEqual({ 'not-a-number': 1 });
  });

  test('rows of Inspect: options in a list make a multiple choice, answers in a list aliases', async () => {
    const text = [
      { input: 'Largest?', target: 'B', choices: ['ant', 'whale'], id: 7 },
      { input: 'Capital?', target: ['Paris', 'Paname'] },
    ]
      .map((row) => JSON.stringify(row))
      .join('\n');
    const { suite } = await imported(text);
    expect(suite.items).toMatchObject([
      {
        id: '7',
        question: 'Largest?\nA. ant\nB. whale',
        gold: { value: 'B', unit: 'choice' },
        choices: ['ant', 'whale'],
      },
      { gold: { value: 'Paris', unit: 'text', aliases: ['Paname'] } },
    ]);
  });

  test('Excel’s Chinese CSV (GB 18030) is read as what it is', async () => {
    // 问题,答案 / 首都是哪里？,北京 in GB 18030.
    const bytes = Uint8Array.from([
      ...[0xce, 0xca, 0xcc, 0xe2, 0x2c, 0xb4, 0xf0, 0xb0, 0xb8, 0x0a],
      ...[0xca, 0xd7, 0xb6, 0xbc, 0xca, 0xc7, 0xc4, 0xc4, 0xc0, 0xef, 0xa3, 0xbf, 0x2c, 0xb1, 0xb1, 0xbe, 0xa9, 0x0a],
    ]);
    const { suite } = await imported(bytes);
    expect(suite.items).toMatchObject([{ question: '首都是哪里？', language: 'zh-Hans', gold: { value: '北京' } }]);
  });
});

describe('mistakes', () => {
  test('are told by line, quoted line ends counted, and the good lines stay', async () => {
    const text = 'question,answer\n"two\nlines",1\n,2\nB,3,4,5\nC,\n"D ""d""",4\n';
    const { suite, report } = await imported(text);
    expect(suite.items.map(({ question }) => question)).toEqual(['two\nlines', 'D "d"']);
    expect(report.problems.map(({ line, code, params }) => ({ line, code, params }))).toEqual([
      { line: 4, code: 'field-missing', params: { field: 'question' } },
      { line: 5, code: 'cells', params: { expected: '2', received: '4' } },
      { line: 6, code: 'field-missing', params: { field: 'answer' } },
    ]);
  });

  test('a quote that is never closed is told with the line where it begins', async () => {
    const { report } = await imported('question,answer\nA,1\n"B,2\nC,3\n');
    expect(report).toMatchObject({ found: 1, problems: [{ line: 3, code: 'unfinished' }] });
  });

  test('JSON that is broken in one entry loses that entry', async () => {
    const text = '[\n {"question":"A","answer":"1"},\n {"question":"B",},\n {"question":"C","answer":"3"}\n]';
    const { suite, report } = await imported(text);
    expect(suite.items.map(({ question }) => question)).toEqual(['A', 'C']);
    expect(report.problems).toMatchObject([{ line: 3, code: 'not-json' }]);
    const cut = await imported('[\n {"question":"A","answer":"1"},\n {"question":"B"');
    expect(cut.report.problems).toMatchObject([{ line: 3, code: 'unfinished' }]);
  });

  test('keys that every object inherits are refused wherever they stand', async () => {
    const text = '{"question":"A","answer":"1"}\n{"question":"B","answer":"2","meta":{"__proto__":{"x":1}}}\n';
    const { suite, report } = await imported(text);
    expect(suite.items).toHaveLength(1);
    expect(report.problems).toMatchObject([{ line: 2, code: 'forbidden-key', params: { field: '__proto__' } }]);
    const rows = await read('question,answer,constructor\nA,1,x\n');
    expect(rows).toMatchObject({ kind: 'nothing', report: { skipped: { 'forbidden-key': 1 } } });
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('texts that no suite can hold, and characters that could not be decoded', async () => {
    const text = `question,answer\nA,${'x'.repeat(2_001)}\nB\ufffd,1\nC,1\n`;
    const { report } = await imported(text);
    expect(report.skipped).toEqual({ 'too-long': 1, 'bad-characters': 1 });
  });

  test('ids that repeat or hold other characters are mended', async () => {
    const { suite } = await imported('id,question,answer\na/b c,A,1\na/b c,B,2\n***,C,3\n');
    expect(suite.items.map(({ id }) => id)).toEqual(['a-b-c', 'a-b-c-2', 'q-3']);
  });
});

test('the preview reads as the import will, and a change of the mapping shows at once', async () => {
  const text = 'a,b\nQ1,x\n,y\n';
  expect(await preview(text, { columns: { question: 'a', answer: 'b' } })).toMatchObject([
    { line: 2, ok: true, question: { question: 'Q1', gold: { value: 'x' } } },
    { line: 3, ok: false, problem: { code: 'field-missing' } },
  ]);
  expect(await preview(text, { columns: { question: 'b', answer: 'a' } })).toMatchObject([
    { ok: true, question: { question: 'x', gold: { value: 'Q1' } } },
    { ok: false, problem: { code: 'field-missing', params: { field: 'a' } } },
  ]);
});
