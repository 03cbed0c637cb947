import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grade-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Result {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: string;
}

async function run(content: string, ...options: readonly string[]): Promise<Result> {
  const file = join(folder, 'cases.jsonl');
  await writeFile(file, content);
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'tools/grade.ts', ...options, file],
      { cwd: ROOT },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out.trimEnd().split('\n'), err });
      },
    );
  });
}

const RIGHT = {
  id: 'a',
  output: 'The answer is 18.',
  gold: '18',
  unit: '',
  lang: 'en',
  verdict: 'correct',
  why: 'plain',
  extra: 1,
};

describe('the grade command', () => {
  it('ends with one line of JSON', async () => {
    const { code, out } = await run(`${JSON.stringify(RIGHT)}\n\n`);
    expect(code).toBe(0);
    expect(JSON.parse(out.at(-1) ?? '')).toEqual({ agree: 1, of: 1, falseAccepts: 0, falseRejects: 0 });
  }, 60_000);

  it('prints each disagreement and counts false accepts and false rejects', async () => {
    const cases = [
      { ...RIGHT, verdict: 'incorrect' },
      { ...RIGHT, id: 'b', output: 'The answer is 19.' },
      { ...RIGHT, id: 'c', output: '', verdict: 'truncated' },
    ];
    const { code, out } = await run(cases.map((c) => JSON.stringify(c)).join('\n'));
    expect(code).toBe(1);
    expect(out.join('\n')).toContain('b: expected correct, got incorrect');
    expect(out.join('\n')).toContain('"19" by phrase');
    expect(JSON.parse(out.at(-1) ?? '')).toEqual({ agree: 0, of: 3, falseAccepts: 1, falseRejects: 1 });
  }, 60_000);

  it('grades solutions of which only right and wrong is known', async () => {
    const known = [
      { question: 'q', answer: 'So 9 * 2 = <<9*2=18>>18.\n#### 18', solution: 'It is 18.\n#### 18', correct: true },
      { question: 'q', answer: 18, solution: 'The answer is 19.', correct: false },
      { question: 'q', answer: '1,800', solution: '#### 1800', correct: false },
      { question: 'q', answer: '18', solution: '', correct: false },
    ];
    const { code, out } = await run(known.map((k) => JSON.stringify(k)).join('\n'), '--gsm8k');
    expect(code).toBe(1);
    expect(out.join('\n')).toContain('line 3: expected incorrect, got correct');
    expect(JSON.parse(out.at(-1) ?? '')).toEqual({ agree: 3, of: 4, falseAccepts: 1, falseRejects: 0 });
    const noGold = JSON.stringify({ question: 'q', answer: 'many', solution: '1', correct: true });
    expect((await run(noGold, '--gsm8k')).err).toMatch(/cases\.jsonl:1: no number to grade by/);
  }, 60_000);

  it('says how it is used when told two things at once', async () => {
    const { code, err } = await run('', '--generate', '5');
    expect(code).toBe(2);
    expect(err).toMatch(/^usage: /);
  }, 60_000);

  it('names file and line of a malformed case', async () => {
    const { code, err } = await run(`${JSON.stringify(RIGHT)}\n{"id": "x"}\n`);
    expect(code).toBe(2);
    expect(err).toMatch(/cases\.jsonl:2: not a grading case: .*output/);
    expect((await run('{nope')).err).toMatch(/cases\.jsonl:1: not JSON/);
  }, 60_000);
});
