/** Files as people have them: what Excel, Hugging Face and editors write, and what is chosen by mistake. */
import { describe, expect, test } from 'vitest';
import { suiteRef, type Item } from '#domain';
import { lmEvalArchive } from '../../../src/sharing/lmEval.ts';
import { inspectFile } from '../../../src/sharing/suites/inspect.ts';
import { afterItems, sampleHeader, sampleItem } from '../../fixtures/sampleRun.ts';
import { sampleSuite } from '../../fixtures/sampleSuite.ts';
import { AS_FOUND, imported, inspect, read } from './importing.ts';

const bytes = (base64: string): Buffer<ArrayBuffer> => Buffer.from(base64, 'base64');

/** Tables of multiple choice as Excel saves them in China and in Taiwan; a German table with accents. */
const GB18030 = bytes(
  'aWQscXVlc3Rpb24sQSxCLEMsRCxhbnN3ZXINCjAs1tC5+rXEyte2vMrHxMTA76O/LMnPuqMssbG+qSy549bdLMnu29osQg0KMSyhsLSyx7DD99TCueKhsbXE1/fV38rHy62jvyy2xbimLLDXvtPS1yzA7rDXLM31zqwsQw0K',
);
const BIG5 = bytes(
  'aWQscXVlc3Rpb24sQSxCLEMsRCxhbnN3ZXINCjAsu0/GV7PMsKqquqRzrE+t/qRArnmhSCyzt6RzLKXJpHMspljFd6RzLLanqfqkcyxCDQoxLKF1p8mrZan6pOul+qF2qrqnQKrMrE+91qFILKf5qGospdWpfqn2LKf1pdUspP26+yxDDQo=',
);
const WINDOWS_1252 = bytes(
  'cXVlc3Rpb247YW5zd2VyDQpXaWUgaGVp33QgZGllIEhhdXB0c3RhZHQgdm9uINZzdGVycmVpY2g/O1dpZW4NClF1ZWwgZXN0IGxlIGNhZukgcHLpZuly6SDgIMl2aWFuPztjcuhtZSBicvts6WUNCg==',
);
const SIMPLIFIED = new TextDecoder('gb18030').decode(GB18030);

function utf16(text: string, order: 'le' | 'be', mark: boolean): Buffer<ArrayBuffer> {
  const written = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return order === 'le' ? written : written.swap16();
}

describe('encodings', () => {
  test.each([
    ['gb18030', GB18030, false, '中国的首都是哪里？'],
    ['big5', BIG5, false, '臺灣最高的山是哪一座？'],
    ['windows-1252', WINDOWS_1252, false, 'Wie heißt die Hauptstadt von Österreich?'],
    ['utf-8', Buffer.from(`\ufeff${SIMPLIFIED}`), true, '中国的首都是哪里？'],
    ['utf-16le', utf16(SIMPLIFIED, 'le', true), true, '中国的首都是哪里？'],
    ['utf-16be', utf16(SIMPLIFIED, 'be', true), true, '中国的首都是哪里？'],
    ['utf-16le', utf16(SIMPLIFIED, 'le', false), false, '中国的首都是哪里？'],
    ['utf-16be', utf16(SIMPLIFIED, 'be', false), false, '中国的首都是哪里？'],
  ] as const)('%s is found out, and said where it is a guess', async (encoding, file, encodingCertain, question) => {
    expect(await inspect(file)).toMatchObject({ encoding, encodingCertain });
    const { suite, report } = await imported(file);
    expect(report).toEqual({ found: 2, skipped: {}, problems: [] });
    expect(suite.items[0]?.question.split('\n')[0]).toBe(question);
  });

  test('a guess can be set right; characters that do not decode are told with their line', async () => {
    const writing = { ...AS_FOUND, encoding: 'utf-8' } as const;
    const wrong = await read(GB18030, { writing });
    expect(wrong).toMatchObject({ kind: 'nothing', report: { skipped: { 'bad-characters': 2 } } });
    const other = await imported(BIG5, { writing: { ...AS_FOUND, encoding: 'big5' } });
    expect(other.suite.items[1]).toMatchObject({ language: 'zh-Hant', choices: ['杜甫', '白居易', '李白', '王維'] });
  });

  test('Chinese after a long English beginning is told, not taken', async () => {
    const english = 'question,answer\n'.concat('How many words are there in this line?,8\n'.repeat(30_000));
    const file = new Blob([english, bytes('1tC5+rXEytq2vCwxCg==')]);
    const { report } = await imported(await file.arrayBuffer());
    expect(report).toMatchObject({ found: 30_000, problems: [{ line: 30_002, code: 'bad-characters' }] });
  });
});

describe('rows', () => {
  const rows = [
    { question: '1,5 + 1,5?', value: '3' },
    { question: 'Hauptstadt?', value: 'Wien' },
  ];

  test.each([
    ['semicolons where the comma is decimal', 'question;answer\r\n1,5 + 1,5?;3\r\nHauptstadt?;Wien\r\n'],
    ['Excel’s own line above the head', 'sep=;\r\nquestion;answer\r\n1,5 + 1,5?;3\r\nHauptstadt?;Wien\r\n'],
    ['tabs', 'question\tanswer\n1,5 + 1,5?\t3\nHauptstadt?\tWien\n'],
    ['bars', 'question|answer\n1,5 + 1,5?|3\nHauptstadt?|Wien\n'],
    ['lone CR', 'question,answer\r"1,5 + 1,5?",3\rHauptstadt?,Wien\r'],
    ['a comma at every end', 'question,answer,\n"1,5 + 1,5?",3,\nHauptstadt?,Wien,\n'],
    ['blank lines', '\n\nquestion,answer\n\n"1,5 + 1,5?",3\n,\n\nHauptstadt?,Wien\n\n'],
  ])('with %s', async (_, text) => {
    expect((await inspect(text)).columns).toEqual(['question', 'answer']);
    const { suite, report } = await imported(text);
    expect(suite.items.map(({ question, gold }) => ({ question, value: gold.value }))).toEqual(rows);
    expect(report.problems).toEqual([]);
  });

  test('the line above the head is counted', async () => {
    const { report } = await imported('sep=;\nquestion;answer\nA;1\n;2\n');
    expect(report.problems).toMatchObject([{ line: 4, code: 'field-missing' }]);
  });

  test('what parts the cells can be said', async () => {
    const text = 'question,x;answer\nA,1;2\n';
    const writing = { ...AS_FOUND, delimiter: ',' } as const;
    expect((await inspect(text, writing)).columns).toEqual(['question', 'x;answer']);
  });

  test('a table without a head loses no question', async () => {
    const writing = { ...AS_FOUND, head: false };
    const text = 'What is 2+2?,4\nWhat is 3+3?,6\n';
    expect((await inspect(text, writing)).columns).toEqual(['#1', '#2']);
    const { suite } = await imported(text, { writing, columns: { question: '#1', answer: '#2' } });
    expect(suite.items.map(({ gold }) => gold.value)).toEqual(['4', '6']);
  });

  test('columns of the same name and without a name can all be chosen', async () => {
    const text = 'question,answer,answer,\nA?,1,2,3\n';
    expect((await inspect(text)).columns).toEqual(['question', 'answer', 'answer (2)', '#4']);
    const last = await imported(text, { columns: { question: 'question', answer: '#4' } });
    expect(last.suite.items).toMatchObject([{ gold: { value: '3' } }]);
  });

  test('quotes that are not doubled are told with the line where the cell begins', async () => {
    const { suite, report } = await imported('question,answer\nA?,1\n"B" or "C"?,2\n"D?",4\n');
    expect(suite.items.map(({ gold }) => gold.value)).toContain('1');
    expect(report.problems[0]).toMatchObject({ line: 3, code: 'quotes' });
  });

  test.each([
    ['rows', `question,answer\n"${'x'.repeat(6_000_000)}",1\nB?,2\n`, 2],
    ['lines', `{"question":"${'x'.repeat(6_000_000)}","answer":"1"}\n{"question":"B?","answer":"2"}\n`, 1],
  ])('of %s, one that is too long is told once, and the next one is read', async (_, text, line) => {
    const { suite, report } = await imported(text);
    expect(report.problems.map((problem) => [problem.line, problem.code])).toEqual([[line, 'entry-too-long']]);
    expect(suite.items.map(({ question }) => question)).toEqual(['B?']);
  });
});

describe('JSON', () => {
  test.each([
    ['the first line', 1, '{"question":"A","answer":}\n{"question":"B","answer":"2"}\n{"question":"C","answer":"3"}\n'],
    ['a line in the middle', 2, '{"question":"A","answer":"1"}\n{"question":\n{"question":"C","answer":"3"}\n'],
  ])('Lines with %s broken keep the others', async (_, line, text) => {
    const { report } = await imported(text);
    expect(report).toMatchObject({ found: 2, problems: [{ line, code: 'not-json' }] });
  });

  test('a comma behind the last entry is no mistake', async () => {
    const { report } = await imported('[\n{"question":"A","answer":"1"},\n{"question":"B","answer":"2"},\n]\n');
    expect(report).toEqual({ found: 2, skipped: {}, problems: [] });
  });

  test('a list that is not under "data" is told', async () => {
    expect(await read('{"name":"x","data":{"rows":[1]}}')).toMatchObject({ report: { skipped: { 'no-list': 1 } } });
  });

  test('Hugging Face’s squad_v2: a question on each line, no answer where it is impossible', async () => {
    const context = 'The Normans came in the 10th century.';
    const text = [
      {
        id: '1',
        context,
        question: 'When?',
        answers: { text: ['10th century', 'the 10th century'], answer_start: [24, 20] },
      },
      { id: '2', context, question: 'Who?', answers: { text: [], answer_start: [] } },
    ].map((row) => `${JSON.stringify(row)}\n`);
    const { suite } = await imported(text.join(''));
    expect(suite.passages).toHaveLength(1);
    expect(suite.items.map(({ gold }) => gold)).toEqual([
      { value: '10th century', unit: 'text', aliases: ['the 10th century'] },
      { value: 'unanswerable', unit: 'text' },
    ]);
  });

  test('Hugging Face’s mmlu: the answer is the place of an option, also where options are figures', async () => {
    const { suite } = await imported('{"question":"3+3?","choices":["3","4","5","6"],"answer":3}\n');
    expect(suite.items).toMatchObject([{ gold: { value: 'D', unit: 'choice' } }]);
    const byText = await imported('{"question":"3+3?","choices":["3","4","5","6"],"answer":"6"}\n');
    expect(byText.suite.items).toMatchObject([{ gold: { value: 'D' } }]);
  });

  test('Inspect’s input as messages: one is a question, several are told', async () => {
    const ask = { role: 'user', content: 'Capital?' };
    const text = [[ask], [{ role: 'system', content: 'Be brief.' }, ask]].map((input) =>
      JSON.stringify({ input, target: 'Paris' }),
    );
    const { suite, report } = await imported(text.join('\n'));
    expect(suite.items).toMatchObject([{ question: 'Capital?' }]);
    expect(report.problems).toMatchObject([{ line: 2, code: 'several-messages' }]);
  });
});

describe('multiple choice', () => {
  test('with Chinese heads keeps its options', async () => {
    const { suite } = await imported('题目,选项A,选项B,正确答案\n首都？,上海,北京,B\n');
    expect(suite.items).toMatchObject([{ choices: ['上海', '北京'], gold: { value: 'B', unit: 'choice' } }]);
  });

  test('without answers (C-Eval’s test split) invents none', async () => {
    const result = await read('id,question,A,B,C,D\n0,Q,a,b,c,d\n1,R,a,b,c,d\n');
    expect(result).toMatchObject({ kind: 'nothing', report: { skipped: { 'field-missing': 2 } } });
  });
});

test('the samples of our lm-eval export hold the questions of their suite', async () => {
  const suite = sampleSuite();
  const empty = sampleHeader({ state: { kind: 'finished' } });
  const itemIds = suite.items.map(({ id }) => id);
  const header = { ...empty, spec: { ...empty.spec, suite: suiteRef(suite), itemIds } };
  const items = itemIds.map((_, n) => sampleItem(header, n));
  const files = lmEvalArchive.files({ header: afterItems(header, items), items, suite });
  const samples = files.find(({ path }) => path.includes('samples_'))?.text ?? '';
  const back = await imported(samples);
  expect((await inspect(samples)).formats[0]?.id).toBe('lm-eval');
  const asked = ({ id, language, question, gold, tags }: Item): object => ({ id, language, question, gold, tags });
  expect(back.suite.items.map(asked)).toEqual(suite.items.map(asked));
  expect(back.suite.passages.map(({ text }) => text)).toEqual(suite.passages.map(({ text }) => text));
});

test('units that no grader knows are told by line', async () => {
  const units = ['CNY:gazillion', 'wibble', 'RMB', '万元', 'CNY:million', 'kg', '%', '', 'number', '文本'];
  const { suite, report } = await imported(`question,answer,unit\n${units.map((unit) => `A,5,${unit}\n`).join('')}`);
  expect(report.problems.map(({ line, code, params }) => [line, code, params.value])).toEqual([
    [2, 'unknown-scale', 'gazillion'],
    [3, 'unknown-unit', 'wibble'],
    [4, 'unknown-currency', 'RMB'],
    [5, 'unknown-unit', '万元'],
  ]);
  expect(suite.items.map(({ gold }) => gold.unit)).toEqual(['CNY:million', 'kg', 'percent', '', '', 'text']);
});

describe('files that hold no entries say what they are', () => {
  const zip = (name: string): string => `PK\u0003\u0004\u0014\u0000\u0000\u0000${name}`;
  test.each([
    ['empty', ''],
    ['empty', '\ufeff \n\n'],
    ['spreadsheet', zip('[Content_Types].xml xl/workbook.xml')],
    ['document', zip('[Content_Types].xml word/document.xml')],
    ['archive', zip('data.csv')],
    ['document', '%PDF-1.7\n'],
    ['parquet', 'PAR1\u0015\u0004'],
    ['web-page', '\n<!DOCTYPE html>\n<html>'],
    ['lfs-pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n'],
    ['binary', '\u0001\u0002\u0003\u0004\u0005question,answer'],
    ['no-list', '{\n "question": "A",\n "answer": "1"\n}'],
    ['run', '{"format":"tabeval-run","schema":1}'],
  ])('%s', async (what, text) => {
    expect(await inspectFile(new Blob([text]), AS_FOUND)).toEqual({ kind: 'unreadable', what });
  });

  test.each([
    ['spreadsheet', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]],
    ['archive', [0x1f, 0x8b, 0x08, 0x00]],
    ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ])('%s, by its bytes', async (what, first) => {
    const file = new Blob([Uint8Array.from(first)]);
    expect(await inspectFile(file, AS_FOUND)).toEqual({ kind: 'unreadable', what });
  });

  test('a head without rows is read, and holds nothing', async () => {
    expect(await read('question,answer\n')).toMatchObject({ kind: 'nothing', report: { skipped: {} } });
  });
});
