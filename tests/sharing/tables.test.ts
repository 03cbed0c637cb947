import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sha256Hex, type Override } from '#domain';
import { modelTable, RUN_FORMATS, type ModelRow } from '#sharing';
import { csvCell } from '../../src/sharing/csv.ts';
import { escapeCell } from '../../src/sharing/markdown.ts';
import { afterItems, sampleHeader, sampleItem, WRONG } from '../fixtures/sampleRun.ts';

const HEADS = { type: '模型类型', model: '模型', result: '评估结果' };
const [, csvFormat, markdownFormat] = RUN_FORMATS;

/** The table that people write by hand today. Absent where the project was cloned by itself. */
const SEED = new URL('../../../shared/seeds/003_0bebd205ae7bb998.txt', import.meta.url);

describe('the table of models in Markdown', () => {
  test('is the one that people write by hand', () => {
    const rows: ModelRow[] = [
      { type: '语言模型', model: 'small-0.5B', result: false },
      { type: '语言模型', model: 'small-1.5B', result: true },
      { type: '推理模型', model: 'deep/think-32B', result: null },
    ];
    expect(modelTable(rows, HEADS)).toBe(
      [
        '| 模型类型 | 模型 | 评估结果 |',
        '| --- | --- | --- |',
        '| 语言模型 | small-0.5B | ❌ |',
        '|         | small-1.5B | ✅ |',
        '| 推理模型 | deep/think-32B | – |',
        '',
      ].join('\n'),
    );
  });

  test.skipIf(!existsSync(SEED))('gives seed 003 back byte for byte from its rows', () => {
    const written = readFileSync(SEED, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(0, 17);
    let type = '';
    const rows = written.slice(2).map((line) => {
      const [, typeCell = '', model = '', result = ''] = line.split('|').map((cell) => cell.trim());
      type = typeCell === '' ? type : typeCell;
      return { type, model, result: result === '✅' };
    });
    expect(rows).toHaveLength(15);
    expect(modelTable(rows, HEADS)).toBe(`${written.join('\n')}\n`);
  });

  test.each([
    ['a|b', 'a\\|b'],
    ['a\\|b', 'a\\\\\\|b'],
    ['line\nline', 'line line'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['[x](y) ![z]', '\\[x\\](y) !\\[z\\]'],
    ['`code` *b* ~s~', '\\`code\\` \\*b\\* \\~s\\~'],
    ['_a_ my_model_1', '\\_a\\_ my_model_1'],
    ['&lt;', '\\&lt;'],
    ['Qwen/QwQ-32B-AWQ', 'Qwen/QwQ-32B-AWQ'],
  ])('a cell says what it says: %j', (text, cell) => {
    expect(escapeCell(text)).toBe(cell);
  });
});

const header = sampleHeader();
const items = [
  sampleItem(header, 0),
  sampleItem(header, 1, { verdict: WRONG, output: '=HYPERLINK("http://x")\nsecond, line' }),
  sampleItem(header, 2, {
    verdict: { kind: 'unscored', failure: { code: 'gpu-error', detail: '', retryable: true } },
    finish: null,
    usage: null,
    timing: null,
  }),
];
const record = { header: afterItems(header, items), items, suite: null };
const WORDS = { item: '题目', answer: '答案', result: '结果', judged: '人工判定' };
const SOURCE = `run run-1 · suite sha256 ${'ab'.repeat(32)} · prompts sha256 ${sha256Hex(items.map((item) => item.promptHash).join(''))}`;

/** A person took the wrong answer for right after all. */
const override: Override = {
  schema: 1,
  runId: header.id,
  index: 1,
  judged: 'right',
  note: 'a | b',
  judgedAt: '2026-03-02T00:00:00.000Z',
};
const judged = { ...record, overrides: [override] };

test('the items of a run in Markdown', () => {
  expect(markdownFormat.write(record, WORDS)).toBe(
    [
      'SmolLM2-135M-Instruct (q4) · reading@1.0.0',
      '',
      '| 题目 | 答案 | 结果 |',
      '| --- | --- | --- |',
      '| tbl-hk-01 | 581.6亿元 | ✅ |',
      '| tbl-hk-02 | 581.6亿元 | ❌ |',
      '| span-en-01 |  | – |',
      '',
      SOURCE,
      '',
    ].join('\n'),
  );
});

test('a suite with several questions says how many, one with a single question says its mark', () => {
  const rows: ModelRow[] = [
    { type: '语言模型', model: 'a', result: { correct: 13, of: 20 } },
    { type: '语言模型', model: 'b', result: { correct: 1, of: 1 } },
    { type: '代码模型', model: 'c', result: { correct: 0, of: 1 } },
  ];
  expect(modelTable(rows, HEADS).split('\n').slice(2, 5)).toEqual([
    '| 语言模型 | a | 13/20 |',
    '|         | b | ✅ |',
    '| 代码模型 | c | ❌ |',
  ]);
});

test("a person's judgement stands beside the verdict in Markdown, marked as such", () => {
  const lines = markdownFormat.write(judged, WORDS).split('\n');
  expect(lines[2]).toBe('| 题目 | 答案 | 结果 | 人工判定 |');
  expect(lines[4]).toBe('| tbl-hk-01 | 581.6亿元 | ✅ |  |');
  expect(lines[5]).toBe('| tbl-hk-02 | 581.6亿元 | ❌ | ✅ ✍ a \\| b |');
});

describe('CSV', () => {
  test('reads back to what it was, but for the apostrophe before a formula', () => {
    const [head, ...lines] = parse(csvFormat.write(record, WORDS).slice(1));
    const column = (name: string): (string | undefined)[] => lines.map((line) => line[(head ?? []).indexOf(name)]);
    expect(csvFormat.write(record, WORDS).startsWith('\ufeffindex,item,')).toBe(true);
    expect(lines).toHaveLength(3);
    expect(lines.every((line) => line.length === head?.length)).toBe(true);
    expect(column('verdict')).toEqual(['correct', 'incorrect', 'unscored']);
    expect(column('reason')).toEqual(['', 'wrong-scale', 'gpu-error']);
    expect(column('judged_by_hand')).toEqual(['', '', '']);
    expect(column('run')).toEqual(['run-1', 'run-1', 'run-1']);
    expect(new Set(column('suite_sha256'))).toEqual(new Set([header.spec.suite.hash]));
    expect(column('prompt_sha256')).toEqual(items.map(({ promptHash }) => promptHash));
    expect(column('first_token_ms')).toEqual(['812.5', '812.5', '']);
    expect(column('prompt')).toEqual(items.map(({ prompt }) => prompt));
    expect(column('output')).toEqual([items[0]?.output, `'${items[1]?.output}`, items[2]?.output]);
  });

  test("leaves the verdict as it is beside a person's judgement", () => {
    const [head, ...lines] = parse(csvFormat.write(judged, WORDS).slice(1));
    const column = (name: string): (string | undefined)[] => lines.map((line) => line[(head ?? []).indexOf(name)]);
    expect(column('verdict')).toEqual(['correct', 'incorrect', 'unscored']);
    expect(column('judged_by_hand')).toEqual(['', 'right', '']);
    expect(column('judgement_note')).toEqual(['', 'a | b', '']);
    expect(column('judged_at')).toEqual(['', override.judgedAt, '']);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+A1', "'+A1"],
    ['-cmd', "'-cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['\t=1', "'\t=1"],
    ['-5', '-5'],
    ['+3.25', '+3.25'],
    ['-5+cmd', "'-5+cmd"],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['a\r\nb', '"a\r\nb"'],
    ['=a,"b"', '"\'=a,""b"""'],
    [-5, '-5'],
    [false, 'false'],
    [null, ''],
  ])('a cell: %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

/** A reader of RFC 4180, character by character. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let n = 0; n < text.length; n += 1) {
    const char = text[n] ?? '';
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[n + 1] === '"') cell += text[(n += 1)];
      else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',' || char === '\r') {
      row.push(cell);
      cell = '';
    } else if (char === '\n') {
      rows.push(row);
      row = [];
    } else cell += char;
  }
  return rows;
}
